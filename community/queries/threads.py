"""Reads of threads: filtered, ordered lists in keyset pages, and the few that other pages show."""

from __future__ import annotations

from django.core.cache import cache
from django.db.models import Count, QuerySet

from community import keyset
from community.models import Phase, Thread
from community.search import index, ranking

#: The orders of the list; ``unanswered`` is the newest among those without an answer.
ORDERS: dict[str, tuple[str, ...]] = {
    "new": ("-created_at", "-id"),
    "active": ("-active_at", "-id"),
    "top": ("-score", "-id"),
    "unanswered": ("-created_at", "-id"),
}
COUNTS_KEPT = 120
SIMILAR_KEPT = 600


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
    # PostgreSQL cannot even compare with a null character.
    kept = {name: value.replace("\0", "") for name, value in chosen.items()}
    rows = threads.filter(**{name: value for name, value in kept.items() if value})
    return keyset.paginate(with_bylines(rows), order=ORDERS[sort], cursor=cursor, size=size)


def with_bylines(threads: QuerySet[Thread]) -> QuerySet[Thread]:
    """Join what a row of a list shows, so that it costs no further query."""
    return threads.select_related("author__standing", "topic", "product")


def latest(threads: QuerySet[Thread], count: int) -> QuerySet[Thread]:
    """The newest questions."""
    return with_bylines(threads).order_by(*ORDERS["new"])[:count]


def unanswered(threads: QuerySet[Thread], count: int) -> QuerySet[Thread]:
    """The newest questions that nobody has answered yet."""
    waiting = threads.filter(state=Thread.State.UNANSWERED)
    return with_bylines(waiting).order_by(*ORDERS["unanswered"])[:count]


def merged_into(thread: Thread) -> QuerySet[Thread]:
    """The questions that were merged into ``thread``, oldest first."""
    rows = Thread.objects.filter(merged_into=thread, hidden_at=None)
    return rows.select_related("author").order_by("created_at", "id")


def shown(pk: int | None) -> Thread | None:
    """The thread behind an id that a journal or ledger kept, unless it is hidden by now."""
    return Thread.objects.visible().filter(pk=pk).first() if pk else None


def counts_by_phase() -> dict[str, int]:
    """How many questions each phase has, counted every two minutes at most."""
    counts: dict[str, int] | None = cache.get("threads-by-phase")
    if counts is None:
        rows = Thread.objects.visible().order_by("phase").values_list("phase").annotate(Count("id"))
        counts = dict.fromkeys(Phase.values, 0) | dict(rows)
        cache.set("threads-by-phase", counts, COUNTS_KEPT)
    return counts


def similar(threads: QuerySet[Thread], title: str, *, count: int = 5) -> list[Thread]:
    """Threads like one with ``title``, the solved ones first."""
    return _by_ids(threads, index.similar(title, limit=count))


def similar_to(threads: QuerySet[Thread], thread: Thread, *, count: int = 5) -> list[Thread]:
    """Threads like ``thread``, the solved ones first; searched for every ten minutes at most."""
    key = f"similar:{thread.pk}"
    ids: list[int] | None = cache.get(key)
    if ids is None:
        ids = index.similar(thread.title, limit=count + 1, least=ranking.RELATED)
        cache.set(key, ids, SIMILAR_KEPT)
    return _by_ids(threads, [pk for pk in ids if pk != thread.pk][:count])


def _by_ids(threads: QuerySet[Thread], ids: list[int]) -> list[Thread]:
    found = with_bylines(threads).in_bulk(ids)
    listed = [found[pk] for pk in ids if pk in found]
    return sorted(listed, key=lambda thread: thread.state != Thread.State.SOLVED)
