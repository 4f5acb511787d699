"""Reads of products and topics: the shelf and the choices of forms and filters."""

from __future__ import annotations

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


def topics() -> QuerySet[Topic]:
    """Every topic, in the brand's order."""
    return Topic.objects.order_by(*ORDER)
