"""Reads for search engines and feed readers: every public thread, in slices whose cost does not grow."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Max, QuerySet

from community.models import Thread

#: Threads of one sitemap at most; slices go by id, so an old one never changes its borders.
SLICE = 5000


def slices(threads: QuerySet[Thread]) -> range:
    """The numbers of the sitemaps that hold ``threads``."""
    newest: int | None = threads.order_by().aggregate(newest=Max("pk"))["newest"]
    return range(0 if newest is None else newest // SLICE + 1)


def slice_of(threads: QuerySet[Thread], number: int) -> Iterator[Thread]:
    """The threads of one sitemap, with no more than an address and a date need."""
    rows = threads.filter(pk__gte=number * SLICE, pk__lt=(number + 1) * SLICE)
    return rows.only("pk", "title", "active_at", "edited_at").order_by("pk").iterator(chunk_size=1000)
