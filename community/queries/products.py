"""Reads of products and topics: the shelf and the choices of forms and filters."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from community import keyset
from community.models import FormerSlug, Product, Topic

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
    """The products on sale that somebody calls by ``slugs``, former ones too, by the slug as it was written."""
    wanted = {*slugs, *map(str.lower, slugs)}
    former = FormerSlug.objects.filter(slug__in=wanted, product__is_active=True).select_related("product")
    found = {row.slug: row.product for row in former}
    found |= {product.slug: product for product in active().filter(slug__in=wanted)}
    return {slug: found.get(slug) or found[slug.lower()] for slug in slugs if slug in found or slug.lower() in found}


def called(name: str) -> Product | None:
    """The product on sale that the shop calls so, by its SKU, or that we call so, by its slug, a former one at last."""
    if not (name := name.replace("\0", "")):
        return None
    found = {product.sku == name: product for product in active().filter(Q(sku=name) | Q(slug=name.lower()))}
    return found.get(True) or found.get(False) or named([name]).get(name)


def topics() -> QuerySet[Topic]:
    """Every topic, in the brand's order."""
    return Topic.objects.order_by(*ORDER)
