"""Answers: write, edit, delete and restore, accept and take back the acceptance."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from community import activity, words
from community.models import Answer, Draft, Follow, Member, Thread
from community.refusals import Refusal
from community.services import drafts, follows, mentions, revisions, screening, texts, threads, uploads


class NotAsker(Refusal):
    """Only who asked may say what solved it."""

    code = "not_asker"
    message = _("Only the person who asked can say what solved it.")
    status = 403


@transaction.atomic
def create(*, thread: Thread, author: Member, body: str, draft: int | None = None, at: datetime) -> Answer:
    """Answer a question; what somebody has to look at first is stored and not shown.

    ``draft`` is the version of the draft that it was, where a form knew one. Raises ``threads.Gone`` where the question
    was deleted meanwhile, and what ``screening.check`` raises.
    """
    body = words.lines(body)
    finding = screening.check(author=author, texts=(body,))
    thread = threads.lock(thread.pk)
    if not thread.is_visible:
        raise threads.Gone
    answer = Answer.objects.create(
        thread=thread,
        author=author,
        body=body,
        html=texts.stored(body, author=author),
        created_at=at,
        hidden_at=at if finding.hides else None,
    )
    follows.follow_own(member=author, thread=thread, level=Follow.Level.MINE, at=at)
    screening.queue(kind="answer", post=answer, finding=finding, at=at)
    place = drafts.Place(Draft.Kind.NEW_ANSWER, thread.pk)
    drafts.settle(member=author, place=place, version=draft, texts=(body,))
    if answer.is_visible:
        _appear(answer)
        _note_creation(answer, at)
    return answer


@transaction.atomic
def edit(*, answer: Answer, by: Member, body: str, change: revisions.Change = revisions.PLAIN, at: datetime) -> Answer:
    """Change the text of an answer and keep what it said before.

    Raises ``threads.Gone`` where it was deleted meanwhile, and what ``screening.check`` raises.
    """
    body = words.lines(body)
    finding = screening.check(author=by, texts=(body,), new=False)
    screening.queue(kind="answer", post=answer, finding=finding, at=at)
    answer = lock(answer)
    if answer.deleted_at or answer.thread.deleted_at:
        raise threads.Gone
    formerly = answer.body
    revisions.keep(post=answer, by=by, body=body, change=change, at=at)
    answer.body, answer.edited_at = body, at
    answer.html = texts.stored(body, author=answer.author, by=by, formerly=formerly)
    answer.save(update_fields=["body", "html", "edited_at"])
    uploads.release(post=answer, formerly=formerly, at=at)
    place = drafts.Place(Draft.Kind.ANSWER_EDIT, answer.pk)
    drafts.settle(member=by, place=place, version=change.draft, texts=(body,))
    if answer.is_visible and answer.thread.is_visible:
        mentions.record(post=answer, by=by, at=at)
    _note(answer, activity.ANSWER_EDITED, by, at)
    if finding.hides:
        hide(answer=answer, by=by, at=at)
    return answer


@transaction.atomic
def accept(*, answer: Answer, by: Member, at: datetime) -> None:
    """Mark ``answer`` as what solved the thread, in place of any other. Accepting it again changes nothing.

    Raises ``NotAsker`` and ``threads.Gone``.
    """
    answer = lock(answer)
    thread = answer.thread
    if thread.author_id != by.pk:
        raise NotAsker
    if not (answer.is_visible and thread.is_visible):
        raise threads.Gone
    if thread.accepted_answer_id == answer.pk:
        return
    if thread.accepted_answer_id is not None:
        former = Answer.objects.select_related("author").get(pk=thread.accepted_answer_id)
        _lock_authors(former, answer)
        _withdraw(former, by, at)
    merged = Thread.objects.filter(accepted_answer=answer).update(accepted_answer=None, state=Thread.State.UNANSWERED)
    Thread.objects.filter(pk=thread.pk).update(accepted_answer=answer, state=Thread.State.SOLVED)
    if merged:
        # Accepted by who asked in the thread that was merged into this one: it has earned already and moves here.
        return
    Answer.objects.filter(pk=answer.pk).update(accept_rounds=F("accept_rounds") + 1)
    Member.objects.filter(pk=answer.author_id).update(accepted_count=F("accepted_count") + 1)
    activity.record(
        verb=activity.ANSWER_ACCEPTED,
        key=_accept_key(answer, answer.accept_rounds + 1),
        actor=by,
        beneficiary=answer.author,
        subject=("answer", answer.pk),
        at=at,
        facts=facts(answer),
    )


@transaction.atomic
def unaccept(*, answer: Answer, by: Member, at: datetime) -> None:
    """Take the acceptance back, and with it everything that it earned. Twice is once. Raises ``NotAsker``."""
    answer = lock(answer)
    if answer.thread.author_id != by.pk:
        raise NotAsker
    if answer.thread.accepted_answer_id == answer.pk:
        _withdraw(answer, by, at)


@transaction.atomic
def delete(*, answer: Answer, by: Member, at: datetime) -> None:
    """Hide an answer; an accepted one is un-accepted first. Twice is once."""
    answer = lock(answer)
    if answer.deleted_at:
        return
    _disappear(answer, by, at)
    Answer.objects.filter(pk=answer.pk).update(deleted_at=at, deleted_by=by)
    _note(answer, activity.ANSWER_DELETED, by, at)


@transaction.atomic
def restore(*, answer: Answer, by: Member, at: datetime) -> None:
    """Show a deleted answer again, not accepted. Twice is once."""
    answer = lock(answer)
    if not answer.deleted_at:
        return
    Answer.objects.filter(pk=answer.pk).update(deleted_at=None, deleted_by=None)
    if not answer.is_hidden:
        _appear(answer)
    _note(answer, activity.ANSWER_RESTORED, by, at)


@transaction.atomic
def hide(*, answer: Answer, by: Member, at: datetime) -> None:
    """Take an answer away from everybody but its author and moderators; an accepted one is un-accepted first.

    Twice is once.
    """
    answer = lock(answer)
    if answer.hidden_at:
        return
    _disappear(answer, by, at)
    Answer.objects.filter(pk=answer.pk).update(hidden_at=at)
    _note(answer, activity.ANSWER_HIDDEN, by, at)


@transaction.atomic
def show(*, answer: Answer, by: Member, at: datetime) -> None:
    """Show a hidden answer, not accepted; one that waited from the start counts as written now. Twice is once."""
    answer = lock(answer)
    if not answer.hidden_at:
        return
    Answer.objects.filter(pk=answer.pk).update(hidden_at=None)
    _note(answer, activity.ANSWER_SHOWN, by, at)
    if answer.deleted_at:
        return
    _appear(answer)
    if not activity.recorded(_creation(answer)):
        _note_creation(answer, at)


def step_down(*, answer: Answer, by: Member, at: datetime) -> None:
    """Let a locked answer be accepted and official no longer, wherever it was."""
    if Thread.objects.filter(accepted_answer=answer).exists():
        _withdraw(answer, by, at)
    withdraw_official(answer=answer, by=by, at=at)


def withdraw_official(*, answer: Answer, by: Member, at: datetime) -> None:
    """Let a locked answer be official no longer."""
    if Thread.objects.filter(official_answer=answer).update(official_answer=None):
        key = official_key(answer, answer.official_rounds)
        activity.undo(key=key, verb=activity.ANSWER_OFFICIAL_WITHDRAWN, actor=by, at=at)


def official_key(answer: Answer, round_: int) -> str:
    """Name in the journal of the deed that made ``answer`` official."""
    return f"{activity.ANSWER_MADE_OFFICIAL}:{answer.pk}:{round_}"


def facts(answer: Answer) -> dict[str, object]:
    """What the journal keeps of an answer: ids and the classification of its thread."""
    return {
        **threads.facts(answer.thread),
        "answer": answer.pk,
        "asker": answer.thread.author_id,
        "author": answer.author_id,
    }


def lock(answer: Answer) -> Answer:
    """Lock the thread, then read the answer as it is now."""
    thread = threads.lock(answer.thread_id)
    fresh = Answer.objects.select_related("author").get(pk=answer.pk)
    if fresh.thread_id != thread.pk:
        # Its thread was merged while we waited. A merged thread is final, so nobody waits for us in return.
        return lock(fresh)
    fresh.thread = thread
    return fresh


def _lock_authors(*answers: Answer) -> None:
    """Take both rows in one order, or two threads that swap helpers would wait for one another in a circle."""
    authors = Member.objects.filter(pk__in={answer.author_id for answer in answers}).order_by("pk")
    list(authors.select_for_update(no_key=True).values_list("pk"))


def _appear(answer: Answer) -> None:
    _count(answer, 1)
    settle_state(answer.thread_id)


def _disappear(answer: Answer, by: Member, at: datetime) -> None:
    """Take back the acceptance of an answer that goes, and its place in the counters; one that is hidden has none."""
    if not answer.is_visible:
        return
    step_down(answer=answer, by=by, at=at)
    _count(answer, -1)
    settle_state(answer.thread_id)


def _withdraw(answer: Answer, by: Member, at: datetime) -> None:
    holders = Thread.objects.filter(accepted_answer=answer)
    holders.filter(merged_into=None).update(accepted_answer=None, state=Thread.State.OPEN)
    # A merged thread that kept its own solution has no answers any more.
    holders.update(accepted_answer=None, state=Thread.State.UNANSWERED)
    Member.objects.filter(pk=answer.author_id).update(accepted_count=F("accepted_count") - 1)
    activity.undo(key=_accept_key(answer, answer.accept_rounds), verb=activity.ANSWER_UNACCEPTED, actor=by, at=at)


def _accept_key(answer: Answer, round_: int) -> str:
    return f"{activity.ANSWER_ACCEPTED}:{answer.pk}:{round_}"


def _count(answer: Answer, step: int) -> None:
    Thread.objects.filter(pk=answer.thread_id).update(
        answer_count=F("answer_count") + step, score=F("score") + step * answer.helpful_count
    )
    Member.objects.filter(pk=answer.author_id).update(answer_count=F("answer_count") + step)


def settle_state(thread_id: int) -> None:
    """An unsolved thread is open with answers and unanswered without."""
    unsolved = Thread.objects.filter(pk=thread_id, accepted_answer=None)
    unsolved.filter(answer_count=0).update(state=Thread.State.UNANSWERED)
    unsolved.filter(answer_count__gt=0).update(state=Thread.State.OPEN)


def _creation(answer: Answer) -> str:
    return f"{activity.ANSWER_CREATED}:{answer.pk}"


def _note_creation(answer: Answer, at: datetime) -> None:
    """Write down that it is there for everybody now."""
    Thread.objects.filter(pk=answer.thread_id).update(active_at=at)
    activity.record(
        verb=activity.ANSWER_CREATED,
        key=_creation(answer),
        actor=answer.author,
        beneficiary=answer.thread.author,
        subject=("answer", answer.pk),
        at=at,
        facts=facts(answer),
    )
    mentions.record(post=answer, by=answer.author, at=at)


def _note(answer: Answer, verb: str, by: Member, at: datetime) -> None:
    activity.repeat(verb=verb, actor=by, subject=("answer", answer.pk), at=at, facts=facts(answer))
