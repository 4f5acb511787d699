"""The handlers, one module for each resource: through a door, one service call, an answer."""
