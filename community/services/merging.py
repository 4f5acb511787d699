"""Merging: one question that was asked twice becomes one thread, for good."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from community import activity
from community.models import Answer, Comment, Follow, Member, MeToo, Thread
from community.refusals import Refusal
from community.search import index
from community.services import answers, metoos, threads


class SameThread(Refusal):
    """A thread cannot be merged into itself."""

    code = "same_thread"
    message = _("That is the same question. Name the other one.")
    field = "into"
    status = 422


class OthersAnswered(Refusal):
    """Who asked moves nobody else's answers."""

    code = "others_answered"
    message = _("Others have answered here already. A moderator can merge it for you.")
    status = 403


@transaction.atomic
def merge(*, source: Thread, into: Thread, by: Member, moderator: bool, at: datetime) -> Thread:
    """Merge ``source`` into the thread ``into``, which is returned; there is no way back.

    Answers with their votes, comments, followers and everybody who has the question too move along. Where somebody is
    on both sides they count once, and what they chose for ``into`` stands. The address of ``source`` leads to ``into``,
    so do those of whatever was merged into ``source`` before. Its text stays readable below the question of ``into``.

    Points stay as they are, because every deed stays done. An unsolved ``into`` takes over the solution of ``source``.
    A solved one keeps its own: two questions were answered, both acceptances keep what they earned, and the answer
    that solved ``source`` stands among the others until who asked ``into`` prefers it. Of two official answers the one
    of ``into`` stands.

    Who asked may close their own question as a duplicate as long as nobody else has answered it; ``moderator`` says
    that ``by`` may merge any. Raises ``SameThread``, ``OthersAnswered`` and ``threads.Gone``.
    """
    if source.pk == into.pk:
        raise SameThread
    # Both rows in one order, or two merges in opposite directions would wait for one another in a circle.
    locked = {pk: threads.lock(pk) for pk in sorted((source.pk, into.pk))}
    source, into = locked[source.pk], locked[into.pk]
    if not (source.is_visible and into.is_visible):
        raise threads.Gone
    if not moderator and source.answers.exclude(author=by).exists():
        raise OthersAnswered
    solved = _move_slots(source, into, by, at)
    _move_posts(source, into)
    _move_people(source, into, at)
    Thread.objects.filter(pk=source.pk).update(
        deleted_at=at, deleted_by=by, merged_into=into, answer_count=0, comment_count=0, score=0
    )
    Thread.objects.filter(merged_into=source).update(merged_into=into)
    answers.settle_state(source.pk)
    answers.settle_state(into.pk)
    threads.count(source, -1)
    index.remove(source)
    _record(source, into, by, at, solved=solved)
    into.refresh_from_db()
    index.put(into)
    return into


def _move_slots(source: Thread, into: Thread, by: Member, at: datetime) -> bool:
    """Settle which answers are accepted and official afterwards; return whether ``into`` was solved by it."""
    accepted, official = source.accepted_answer_id, source.official_answer_id
    Thread.objects.filter(pk=source.pk).update(official_answer=None)
    if official and not into.official_answer_id:
        Thread.objects.filter(pk=into.pk).update(official_answer=official)
    elif official:
        lost = Answer.objects.select_related("author").get(pk=official)
        key = answers.official_key(lost, lost.official_rounds)
        activity.undo(key=key, verb=activity.ANSWER_OFFICIAL_WITHDRAWN, actor=by, at=at)
    if not accepted or into.accepted_answer_id:
        return False
    Thread.objects.filter(pk=source.pk).update(accepted_answer=None, state=Thread.State.OPEN)
    Thread.objects.filter(pk=into.pk).update(accepted_answer=accepted, state=Thread.State.SOLVED)
    return True


def _move_posts(source: Thread, into: Thread) -> None:
    """Answers and comments change their thread, deleted and hidden ones too, and what it counts goes along."""
    Answer.objects.filter(thread=source).update(thread=into)
    Comment.objects.filter(thread=source).update(thread=into)
    Thread.objects.filter(pk=into.pk).update(
        answer_count=F("answer_count") + source.answer_count,
        comment_count=F("comment_count") + source.comment_count,
        score=F("score") + source.score,
        active_at=max(source.active_at, into.active_at),
    )


def _move_people(source: Thread, into: Thread, at: datetime) -> None:
    """Followers and everybody who has the question too, each once; who asked ``source`` evidently has it."""
    known = list(Follow.objects.filter(thread=into).values_list("member", flat=True))
    Follow.objects.filter(thread=source).exclude(member__in=known).update(thread=into)
    Follow.objects.filter(thread=source).delete()
    waiting = MeToo.objects.filter(thread=source, value=1).select_related("member").order_by("member_id")
    members = [row.member for row in waiting]
    for member in members:
        metoos.set_value(thread=source, member=member, value=0, at=at)
    for member in (*members, source.author):
        if member.pk != into.author_id:
            metoos.set_value(thread=into, member=member, value=1, at=at)


def _record(source: Thread, into: Thread, by: Member, at: datetime, *, solved: bool) -> None:
    activity.record(
        verb=activity.THREAD_MERGED,
        key=f"{activity.THREAD_MERGED}:{source.pk}",
        actor=by,
        subject=("thread", into.pk),
        at=at,
        facts={**threads.facts(into), "merged": source.pk, "solved": solved},
    )
