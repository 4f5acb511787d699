"""Reads of products and topics: the shelf and the choices of forms and filters."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from community import keyset
from community.models import Product, Topic

ORDER = ("position", "id")
#: Lists to choose from end here; a brand with more articles needs a search instead.
CHOICES = 200


def page(*, cursor: str | None, size: int = 24) -> keyset.Page[Product]:
    """One page of the active products, in the brand's order."""
    return keyset.paginate(active(), order=ORDER, cursor=cursor, size=size)


def active(*, also: int | None = None) -> QuerySet[Product]:
    """Every product on sale in the brand's order, and ``also`` one that is kept although it left the shop."""
    return Product.objects.filter(Q(is_active=True) | Q(pk=also)).order_by(*ORDER)


def named(slugs: Sequence[str]) -> dict[str, Product]:
    """The products on sale that somebody calls by ``slugs``, by the slug as it was written, in capitals or not."""
    found = {product.slug: product for product in active().filter(slug__in={*slugs, *map(str.lower, slugs)})}
    return {slug: found.get(slug) or found[slug.lower()] for slug in slugs if slug in found or slug.lower() in found}


def topics() -> QuerySet[Topic]:
    """Every topic, in the brand's order."""
    return Topic.objects.order_by(*ORDER)
