"""Doors: what somebody may have of this floor. Missing and forbidden look alike (``community.access.NotFound``)."""
