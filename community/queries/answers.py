"""Reads of answers and comments: a thread's page in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from community import keyset
from community.models import Answer, Comment, Member, Thread, Vote, visible

ORDERS: dict[str, tuple[str, ...]] = {"helpful": ("-score", "id"), "new": ("-created_at", "-id")}
#: Comments shown under one post; further ones are left to the API.
COMMENTS = 50


def page(
    thread: Thread,
    *,
    viewer: Member | None,
    moderator: bool = False,
    sort: str = "helpful",
    without: int | None = None,
    cursor: str | None = None,
    size: int = 20,
) -> keyset.Page[Answer]:
    """One page of a thread's answers, ``without`` one that stands elsewhere. Raises ``keyset.BadCursor``.

    Deleted answers appear to their authors and to a ``moderator``.
    """
    rows = _shown(thread, viewer, moderator=moderator)
    if without is not None:
        rows = rows.exclude(pk=without)
    found = keyset.paginate(rows, order=ORDERS[sort], cursor=cursor, size=size)
    for answer in found:
        answer.thread = thread
    return found


def accepted(thread: Thread) -> Answer | None:
    """The accepted answer with its byline, if there is one."""
    if thread.accepted_answer_id is None:
        return None
    answer = Answer.objects.select_related("author__standing").get(pk=thread.accepted_answer_id)
    answer.thread = thread
    return answer


def voted(viewer: Member | None, answers: Iterable[Answer]) -> set[int]:
    """Which of ``answers`` the viewer found helpful."""
    if viewer is None:
        return set()
    votes = Vote.objects.filter(voter=viewer, value=1, answer_id__in=[answer.pk for answer in answers])
    return set(votes.order_by().values_list("answer_id", flat=True))


def comments_of(thread: Thread, answers: Sequence[Answer]) -> dict[int | None, list[Comment]]:
    """The first ``COMMENTS`` comments of each answer, and those under the question at ``None``."""
    place = Window(RowNumber(), partition_by=F("answer"), order_by=[F("created_at").asc(), F("id").asc()])
    here = Q(answer=None) | Q(answer__in=[answer.pk for answer in answers])
    rows = (
        Comment.objects.visible()
        .filter(here, thread=thread)
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
