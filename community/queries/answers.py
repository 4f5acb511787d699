"""Reads of answers and comments: a thread's page in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from community import keyset
from community.models import Answer, Comment, Member, Thread, Vote, visible

ORDERS: dict[str, tuple[str, ...]] = {
    "helpful": ("-score", "id"),
    "new": ("-created_at", "-id"),
    "old": ("created_at", "id"),
}
SIZE = 20
#: Comments shown under one post; further ones are left to the API.
COMMENTS = 50


def page(
    thread: Thread,
    *,
    viewer: Member | None,
    moderator: bool = False,
    sort: str = "helpful",
    without: Collection[int] = (),
    cursor: str | None = None,
    size: int = SIZE,
) -> keyset.Page[Answer]:
    """One page of a thread's answers, ``without`` those that stand elsewhere. Raises ``keyset.BadCursor``.

    Deleted answers appear to their authors and to a ``moderator``.
    """
    rows = _shown(thread, viewer, moderator=moderator)
    if without:
        rows = rows.exclude(pk__in=without)
    found = keyset.paginate(rows, order=ORDERS[sort], cursor=cursor, size=size)
    for answer in found:
        answer.thread = thread
    return found


def slots(thread: Thread) -> dict[int, Answer]:
    """The accepted and the official answer by id, with their bylines, as far as everybody sees them."""
    wanted = {pk for pk in (thread.accepted_answer_id, thread.official_answer_id) if pk}
    if not wanted:
        return {}
    found = Answer.objects.visible().select_related("author__standing").in_bulk(wanted)
    for answer in found.values():
        answer.thread = thread
    return found


def cursor_to(
    answer: Answer,
    *,
    viewer: Member | None,
    moderator: bool = False,
    sort: str = "helpful",
    without: Collection[int] = (),
    before: int = 0,
) -> str | None:
    """The cursor of a page that shows ``answer`` behind ``before`` others; ``None`` where the first page does."""
    order = ORDERS[sort]
    rows = _shown(answer.thread, viewer, moderator=moderator).exclude(pk__in=without)
    # One page backwards from the answer: shorter than a page, and the answer is on the first.
    ahead = keyset.before(rows, answer, order=order, count=SIZE)
    return keyset.after(ahead[before], order=order) if len(ahead) == SIZE else None


def opinions(viewer: Member | None, answers: Iterable[Answer]) -> dict[int, int]:
    """What the viewer thinks of those of ``answers`` that they voted on: 1 or -1."""
    if viewer is None:
        return {}
    votes = Vote.objects.filter(voter=viewer, answer_id__in=[answer.pk for answer in answers]).exclude(value=0)
    return dict(votes.order_by().values_list("answer_id", "value"))


def comments_of(
    thread: Thread, answers: Sequence[Answer], *, viewer: Member | None = None
) -> dict[int | None, list[Comment]]:
    """The first ``COMMENTS`` comments of each answer, and those under the question at ``None``.

    Hidden ones appear to their authors, who see that they wait for a look.
    """
    place = Window(RowNumber(), partition_by=F("answer"), order_by=[F("created_at").asc(), F("id").asc()])
    here = Q(answer=None) | Q(answer__in=[answer.pk for answer in answers])
    shown = visible() | Q(author=viewer, deleted_at=None) if viewer else visible()
    rows = (
        Comment.objects.filter(shown, here, thread=thread)
        .annotate(place=place)
        .filter(place__lte=COMMENTS)
        .select_related("author")
        .order_by("created_at", "id")
    )
    found: dict[int | None, list[Comment]] = {None: [], **{answer.pk: [] for answer in answers}}
    for comment in rows:
        found[comment.answer_id].append(comment)
    return found


def _shown(thread: Thread, viewer: Member | None, *, moderator: bool) -> QuerySet[Answer]:
    rows = Answer.objects.filter(thread=thread).select_related("author__standing")
    if moderator:
        return rows
    return rows.filter(visible() | Q(author=viewer)) if viewer else rows.filter(visible())
