"""The official answer: what the brand says to a question, beside what solved it for its asker."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from community import activity
from community.models import Answer, Member, Thread
from community.services import answers, threads


@transaction.atomic
def choose(*, answer: Answer, by: Member, at: datetime) -> None:
    """Make ``answer`` the official one of its thread, in place of any other. Again changes nothing.

    Raises ``threads.Gone``.
    """
    answer = answers.lock(answer)
    thread = answer.thread
    if not (answer.is_visible and thread.is_visible):
        raise threads.Gone
    if thread.official_answer_id == answer.pk:
        return
    if thread.official_answer_id is not None:
        former = Answer.objects.select_related("author").get(pk=thread.official_answer_id)
        answers.withdraw_official(answer=former, by=by, at=at)
    Thread.objects.filter(pk=thread.pk).update(official_answer=answer)
    Answer.objects.filter(pk=answer.pk).update(official_rounds=F("official_rounds") + 1)
    activity.record(
        verb=activity.ANSWER_MADE_OFFICIAL,
        key=answers.official_key(answer, answer.official_rounds + 1),
        actor=by,
        beneficiary=answer.author,
        subject=("answer", answer.pk),
        at=at,
        facts=answers.facts(answer),
    )


@transaction.atomic
def withdraw(*, answer: Answer, by: Member, at: datetime) -> None:
    """Let ``answer`` be one like any other again. Twice is once."""
    answer = answers.lock(answer)
    if answer.thread.official_answer_id == answer.pk:
        answers.withdraw_official(answer=answer, by=by, at=at)
