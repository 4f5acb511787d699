"""The community's pages in the admin, one module for each noun."""

from community.admin import (  # noqa: F401 - importing registers the pages
    answers,
    brand,
    catalogue,
    comments,
    contests,
    deliveries,
    finding,
    ideas,
    journal,
    mailings,
    members,
    moderation,
    news,
    notifications,
    privacy,
    reviews,
    sanctions,
    shop,
    threads,
)
