"""The brand: one row, read on every page and therefore cached under its version."""

from __future__ import annotations

from django.core.cache import cache

from community.models import Brand

CACHE_KEY = "brand"


def current() -> Brand:
    """Return the brand; a community without one is called Kundenkreis."""
    brand: Brand | None = cache.get(CACHE_KEY)
    if brand is None:
        brand = Brand.objects.first() or Brand(pk=1, name="Kundenkreis", version=0)
        cache.set(CACHE_KEY, brand, 60)
    return brand


def changed() -> None:
    """Forget the cached brand after a change."""
    cache.delete(CACHE_KEY)
