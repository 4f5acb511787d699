"""The community's pages in the admin, one module for each noun."""

from community.admin import (  # noqa: F401 - importing registers the pages
    answers,
    brand,
    catalogue,
    comments,
    deliveries,
    finding,
    journal,
    mailings,
    members,
    news,
    notifications,
    shop,
    threads,
)
