"""The brand: one row, read on every page and therefore cached under its version."""

from __future__ import annotations

from django.core.cache import cache
from django.db import transaction
from django.db.models import F

from community.models import Brand

CACHE_KEY = "brand"


def current() -> Brand:
    """Return the brand; a community without one is called Kundenkreis."""
    brand: Brand | None = cache.get(CACHE_KEY)
    if brand is None:
        brand = Brand.objects.first() or Brand(pk=1, name="Kundenkreis", version=0)
        cache.set(CACHE_KEY, brand, 60)
    return brand


@transaction.atomic
def store(*, brand: Brand) -> None:
    """Store the brand under its next version, so that every copy of its stylesheet is asked for anew."""
    brand.pk = 1
    brand.save()
    Brand.objects.filter(pk=1).update(version=F("version") + 1)
    brand.refresh_from_db(fields=["version"])
    transaction.on_commit(changed)


def changed() -> None:
    """Forget the cached brand after a change."""
    cache.delete(CACHE_KEY)
