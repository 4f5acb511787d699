"""The chat's pages in the admin, one module for each noun."""

from chat.admin import replies, reports, responders, widgets  # noqa: F401 - importing registers the pages
