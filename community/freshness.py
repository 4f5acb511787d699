"""The version of what everybody sees. It moves with every change; pages kept for visitors are dropped by it."""

from __future__ import annotations

import logging
import secrets

from django.core.cache import cache
from redis.exceptions import RedisError

#: The cache of the pages themselves; the version stands in the one that all processes share.
CACHE = "pages"
KEY = "visitor-pages"

logger = logging.getLogger("kundenkreis.freshness")


def version() -> str:
    """The present version. To be read before the rows that a page is made of: then no page is newer than its key."""
    found: str | None = cache.get(KEY)
    return found or _next()


def changed() -> None:
    """Drop every kept page; to be called after the commit of what changed, and never failing that."""
    try:
        _next()
    except RedisError:
        # Who reads kept pages fails there as well; what comes back later is older than a page may get.
        logger.warning("kept pages not dropped", exc_info=True)


def _next() -> str:
    # Chance instead of a counter: one that was evicted and started anew would find pages of the past.
    name = secrets.token_hex(8)
    cache.set(KEY, name, None)
    return name
