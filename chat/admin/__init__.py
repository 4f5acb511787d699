"""The chat's pages in the admin, one module for each noun."""

from chat.admin import after, replies, reports, responders, routing, widgets  # noqa: F401 - importing registers the pages
