"""Reads of news: what is published, for everybody or about one product, and what is due."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from community import keyset
from community.models import News, Product, visible

ORDER = ("-published_at", "-id")


def published() -> QuerySet[News]:
    """What everybody may read, with what its lists show."""
    return News.objects.filter(visible(), published_at__isnull=False).select_related("product", "author__standing")


def page(*, cursor: str | None, size: int = 10) -> keyset.Page[News]:
    """The latest news, of the brand and of every product."""
    return keyset.paginate(published(), order=ORDER, cursor=cursor, size=size)


def latest(size: int, *, product: Product | None = None) -> list[News]:
    """The latest ``size``, or those about ``product``."""
    rows = published() if product is None else published().filter(product=product)
    return list(rows.order_by(*ORDER)[:size])


def others(item: News, size: int) -> list[News]:
    """What else there is to read: of the same product first."""
    rows = published().exclude(pk=item.pk)
    same = list(rows.filter(product=item.product).order_by(*ORDER)[:size])
    rest = rows.filter(~Q(pk__in=[found.pk for found in same])).order_by(*ORDER)
    return [*same, *rest[: size - len(same)]] if len(same) < size else same


def due(at: datetime) -> list[int]:
    """Ids of what is to be published by now."""
    rows = News.objects.filter(visible(), published_at=None, publish_at__lte=at)
    return list(rows.order_by("publish_at", "id").values_list("pk", flat=True))
