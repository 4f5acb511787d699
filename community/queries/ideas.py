"""Reads of ideas: the board, a contest's entries, the roadmap, similar ones, comments and history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Count, Q, QuerySet

from community import keyset
from community.models import Contest, Idea, IdeaComment, IdeaVote, Member, StatusChange, visible
from community.search import analysis

ORDERS = {"new": ("-created_at", "-id"), "top": ("-vote_count", "-id")}
#: Ideas of one column of the roadmap.
COLUMN = 4
#: Fewer typed characters say too little.
SHORTEST_TITLE = 10
CANDIDATES = 60
#: The share of the typed words that a similar idea must have.
SIMILAR = 0.4
OPEN = (Idea.Status.NEW, Idea.Status.UNDER_REVIEW, Idea.Status.PLANNED, Idea.Status.BUILDING)


def with_bylines(ideas: QuerySet[Idea]) -> QuerySet[Idea]:
    """Join what a row of a list shows."""
    return ideas.select_related("author__standing", "product", "contest")


def with_facts(ideas: QuerySet[Idea]) -> QuerySet[Idea]:
    """Join what programs are told beside that."""
    return ideas.select_related("topic", "configuration")


def board(ideas: QuerySet[Idea]) -> QuerySet[Idea]:
    """The open board: ideas without a contest, and those of contests whose result is out."""
    return ideas.filter(Q(contest=None) | Q(contest__closed_at__isnull=False))


def page(
    ideas: QuerySet[Idea],
    *,
    contest: Contest | None = None,
    status: str = "",
    product: str = "",
    author: Member | None = None,
    sort: str = "top",
    cursor: str | None = None,
    size: int = 20,
) -> keyset.Page[Idea]:
    """One page of the board, or of a contest. While votes are blind no order follows them."""
    rows = ideas.filter(contest=contest) if contest else board(ideas)
    if status:
        rows = rows.filter(status=status)
    if product:
        rows = rows.filter(product__slug=product)
    if author:
        rows = rows.filter(author=author)
    if contest and contest.hides_votes:
        sort = "new"
    return keyset.paginate(with_bylines(rows), order=ORDERS[sort], cursor=cursor, size=size)


def voted(member: Member | None, ideas: Sequence[Idea]) -> set[int]:
    """Which of ``ideas`` the member voted for."""
    if member is None or not ideas:
        return set()
    return set(IdeaVote.objects.filter(voter=member, idea__in=ideas).values_list("idea_id", flat=True))


def merged_counts(ideas: Sequence[Idea]) -> dict[int, int]:
    """How many ideas became one with each of ``ideas``."""
    rows = Idea.objects.filter(merged_into__in=ideas).order_by().values_list("merged_into").annotate(Count("id"))
    return dict(rows)


def roadmap(ideas: QuerySet[Idea]) -> dict[str, list[Idea]]:
    """The best of each status but the first, for the columns of the roadmap; one query for each column."""
    rows = board(ideas).only("id", "title", "language", "vote_count", "status")
    shown = [status for status in Idea.Status if status != Idea.Status.NEW]
    return {status: list(rows.filter(status=status).order_by("-vote_count", "-id")[:COLUMN]) for status in shown}


def status_counts(ideas: QuerySet[Idea]) -> dict[str, int]:
    """How many ideas of the board have each status."""
    rows = board(ideas).order_by().values_list("status").annotate(Count("id"))
    return dict.fromkeys(Idea.Status.values, 0) | dict(rows)


def shipped(ideas: QuerySet[Idea], *, count: int = 3) -> list[Idea]:
    """What was built because somebody proposed it, the latest first."""
    rows = board(ideas).filter(status=Idea.Status.SHIPPED, status_at__isnull=False)
    return list(rows.select_related("author", "product").order_by("-status_at", "-id")[:count])


def comments(idea: Idea, *, cursor: str | None, size: int = 50) -> keyset.Page[IdeaComment]:
    """One page of the comments under an idea, oldest first."""
    rows = IdeaComment.objects.visible().filter(idea=idea).select_related("author__standing")
    return keyset.paginate(rows, order=("created_at", "id"), cursor=cursor, size=size)


def history(idea: Idea, *, count: int = 20) -> list[StatusChange]:
    """What was decided about an idea, the latest first."""
    return list(StatusChange.objects.filter(idea=idea).select_related("by__standing").order_by("-at", "-id")[:count])


def remixes(idea: Idea, *, count: int = 6) -> list[Idea]:
    """What others made of a composed idea."""
    rows = Idea.objects.filter(visible(), remix_of=idea, merged_into=None).select_related("author")
    return list(rows.order_by("-created_at", "-id")[:count])


def stems_of(title: str) -> str:
    """The stems of a title as they are stored, each with a blank before it."""
    return "".join(f" {stem}" for stem in analysis.document(title, "").title)[:1000]


def similar(ideas: QuerySet[Idea], title: str, *, count: int = 5) -> list[Idea]:
    """Ideas like one with ``title``, the nearest first."""
    if len(title.strip()) < SHORTEST_TITLE:
        return []
    words = [word.stems for word in analysis.query(title)]
    if not words:
        return []
    any_word = _any_of({stem for stems in words for stem in stems if len(stem) > 2})
    if not any_word:
        return []
    found = ideas.filter(any_word).select_related("author", "contest").order_by("-id")[:CANDIDATES]
    scored = [(_covered(idea, words), idea) for idea in found]
    near = sorted(((share, idea) for share, idea in scored if share >= SIMILAR), key=lambda one: (-one[0], -one[1].pk))
    return [idea for _share, idea in near[:count]]


def in_order(ideas: QuerySet[Idea], ids: Sequence[int]) -> list[Idea]:
    """The ideas with these ids, in their order, as far as they are among ``ideas``."""
    rows = ideas.select_related("author", "contest").defer("body", "html").in_bulk(ids) if ids else {}
    return [rows[pk] for pk in ids if pk in rows]


def _any_of(stems: Iterable[str]) -> Q:
    """That a title has one of ``stems``, or a word that begins like it."""
    one = Q()
    for stem in stems:
        one |= Q(stems__contains=f" {stem}")
    return one


def _covered(idea: Idea, words: Sequence[tuple[str, ...]]) -> float:
    """The share of ``words`` that the title has in some form."""
    return sum(any(f" {stem}" in idea.stems for stem in stems) for stems in words) / len(words)
