"""Me too: say that one has the same question, and take that back; hear when it is solved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from community import activity
from community.models import Activity, Answer, Follow, Member, MeToo, Notification, Thread
from community.queries import follows
from community.refusals import Refusal
from community.services import follows as following
from community.services import telling, threads
from community.services.telling import Told

#: The kind of notification.
SOLVED = "thread.solved"


class OwnQuestion(Refusal):
    """Who asked has the question anyway."""

    code = "own_question"
    message = _("This is your own question. You hear of every answer already.")
    status = 403


@transaction.atomic
def say(*, thread: Thread, member: Member, value: int, at: datetime) -> Thread:
    """Set whether ``member`` has this question too: 1, or 0 to take it back; the same again changes nothing.

    Saying it follows the thread, unless a level was chosen before; taking it back follows on.
    Returns the thread with its new count. Raises ``OwnQuestion`` and ``threads.Gone``.
    """
    thread = threads.lock(thread.pk)
    if thread.author_id == member.pk:
        raise OwnQuestion
    if not thread.is_visible:
        raise threads.Gone
    if set_value(thread=thread, member=member, value=value, at=at):
        if value:
            following.follow_own(member=member, thread=thread, level=Follow.Level.ALL, at=at)
        thread.me_too_count += 1 if value else -1
    return thread


def set_value(*, thread: Thread, member: Member, value: int, at: datetime) -> bool:
    """Set the value in a locked thread, with its counter and the journal; return whether it was another one."""
    row, _created = MeToo.objects.get_or_create(thread=thread, member=member, defaults={"at": at})
    if row.value == value:
        return False
    row.value, row.at, row.rounds = value, at, row.rounds + value
    row.save(update_fields=["value", "at", "rounds"])
    Thread.objects.filter(pk=thread.pk).update(me_too_count=F("me_too_count") + (1 if value else -1))
    key = f"{activity.THREAD_ME_TOO}:{thread.pk}:{member.pk}:{row.rounds}"
    if value:
        subject = ("thread", thread.pk)
        activity.record(
            verb=activity.THREAD_ME_TOO,
            key=key,
            actor=member,
            beneficiary=thread.author,
            subject=subject,
            at=at,
            facts=threads.facts(thread),
        )
    else:
        activity.undo(key=key, verb=activity.THREAD_ME_TOO_WITHDRAWN, actor=member, at=at)
    return True


def answer_accepted(deed: Activity, answer: Answer) -> Iterator[Told]:
    """An accepted answer: who helped, and everybody who waits for a solution, as long as it stands."""
    yield from telling.answer_accepted(deed, answer)
    if answer.thread.accepted_answer_id == answer.pk:
        yield _solved(answer.thread, answer.pk, _waiting(answer.thread))


def thread_merged(deed: Activity, thread: Thread) -> Iterator[Told]:
    """A merger that solved ``thread``: whoever waited there; those who came along heard it when it was accepted."""
    solution = thread.accepted_answer_id
    if deed.facts.get("solved") and solution:
        told = Notification.objects.filter(kind=SOLVED, subject_kind="answer", subject_id=solution).order_by()
        asker = Thread.objects.filter(pk=deed.facts["merged"]).values_list("author_id", flat=True)
        know = {*told.values_list("member_id", flat=True), *asker}
        yield _solved(thread, solution, _waiting(thread) - know)


def _solved(thread: Thread, solution: int, readers: set[int]) -> Told:
    return Told(readers - {thread.author_id}, thread=thread.pk, kind=SOLVED, facts={"answer": solution})


def _waiting(thread: Thread) -> set[int]:
    """Who has the question too, and who follows all of it."""
    said = follows.levels_of(thread)
    too = MeToo.objects.filter(thread=thread, value=1).order_by().values_list("member_id", flat=True)
    return {member for member in too if said.get(member) != Follow.Level.OFF} | follows.hearing(thread, said)
