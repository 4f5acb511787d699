"""Counts in the shared cache, which may forget everything at any moment and then counts anew."""

from __future__ import annotations

from django.core.cache import cache


def count(key: str, *, kept: int) -> int:
    """Count one more under ``key``, which is kept for ``kept`` seconds after its first; return how many those are."""
    if cache.add(key, 1, kept):
        return 1
    try:
        return cache.incr(key)
    except ValueError:
        # Forgotten between the two: evicted, or the cache was started anew.
        cache.add(key, 1, kept)
        return 1
