"""Reads for search engines and feed readers: every public thread and idea, in slices whose cost does not grow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from django.db.models import Max, QuerySet

from community.models import Contest, Idea, Thread

#: Threads or ideas of one sitemap at most; slices go by id, so an old one never changes its borders.
SLICE = 5000

Row = TypeVar("Row", Thread, Idea)


def slices(rows: QuerySet[Row]) -> range:
    """The numbers of the sitemaps that hold ``rows``."""
    newest: int | None = rows.order_by().aggregate(newest=Max("pk"))["newest"]
    return range(0 if newest is None else newest // SLICE + 1)


def threads(shown: QuerySet[Thread], number: int) -> Iterator[Thread]:
    """The threads of one sitemap, with no more than an address and a date need."""
    return _slice(shown, number).only("pk", "title", "active_at", "edited_at").iterator(chunk_size=1000)


def ideas(shown: QuerySet[Idea], number: int) -> Iterator[Idea]:
    """The ideas of one sitemap, likewise."""
    rows = _slice(shown, number).only("pk", "title", "created_at", "edited_at", "status_at")
    return rows.iterator(chunk_size=1000)


def contests(shown: QuerySet[Contest], count: int) -> QuerySet[Contest]:
    """The newest contests, for their addresses."""
    return shown.only("slug").order_by("-id")[:count]


def _slice(rows: QuerySet[Row], number: int) -> QuerySet[Row]:
    return rows.filter(pk__gte=number * SLICE, pk__lt=(number + 1) * SLICE).order_by("pk")
