"""Reads of threads: filtered, ordered lists in keyset pages, and the few that other pages show."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.cache import cache
from django.db.models import Count, QuerySet

from community import keyset
from community.models import Phase, Thread

#: The orders of the list; ``unanswered`` is the newest among those without an answer.
ORDERS: dict[str, tuple[str, ...]] = {
    "new": ("-created_at", "-id"),
    "active": ("-active_at", "-id"),
    "top": ("-score", "-id"),
    "unanswered": ("-created_at", "-id"),
}
COUNTS_KEPT = 120


def page(
    threads: QuerySet[Thread],
    *,
    phase: str = "",
    topic: str = "",
    product: str = "",
    state: str = "",
    sort: str = "new",
    cursor: str | None = None,
    size: int = 20,
) -> keyset.Page[Thread]:
    """One page of ``threads``; topic and product are slugs. Raises ``keyset.BadCursor``."""
    if sort == "unanswered":
        state = Thread.State.UNANSWERED
    chosen = {"phase": phase, "topic__slug": topic, "product__slug": product, "state": state}
    rows = threads.filter(**{name: value for name, value in chosen.items() if value})
    return keyset.paginate(with_bylines(rows), order=ORDERS[sort], cursor=cursor, size=size)


def with_bylines(threads: QuerySet[Thread]) -> QuerySet[Thread]:
    """Join what a row of a list shows, so that it costs no further query."""
    return threads.select_related("author__standing", "topic", "product")


def latest(threads: QuerySet[Thread], count: int) -> Sequence[Thread]:
    """The newest questions."""
    return with_bylines(threads).order_by(*ORDERS["new"])[:count]


def unanswered(threads: QuerySet[Thread], count: int) -> Sequence[Thread]:
    """The newest questions that nobody has answered yet."""
    waiting = threads.filter(state=Thread.State.UNANSWERED)
    return with_bylines(waiting).order_by(*ORDERS["unanswered"])[:count]


def counts_by_phase() -> dict[str, int]:
    """How many questions each phase has, counted every two minutes at most."""
    counts: dict[str, int] | None = cache.get("threads-by-phase")
    if counts is None:
        rows = Thread.objects.filter(deleted_at=None).order_by("phase").values_list("phase").annotate(Count("id"))
        counts = dict.fromkeys(Phase.values, 0) | dict(rows)
        cache.set("threads-by-phase", counts, COUNTS_KEPT)
    return counts
