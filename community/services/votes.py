"""Votes: find an answer helpful, and take that back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from community import activity
from community.models import Answer, Member, Thread, Vote
from community.refusals import Refusal
from community.services import answers, threads


class OwnAnswer(Refusal):
    """Nobody votes for themselves."""

    code = "own_answer"
    message = _("This is your own answer. Others decide whether it helped.")
    status = 403


class NotTrustedYet(Refusal):
    """Voting down needs a trust that this member has not earned yet."""

    code = "not_trusted_yet"
    message = _("Voting down comes later. Write a comment that says what is missing.")
    status = 403


@transaction.atomic
def cast(*, answer: Answer, voter: Member, value: int, at: datetime) -> Answer:
    """Set the voter's opinion of ``answer`` to 1, or to 0 to take it back; the same again changes nothing.

    Returns the answer with its new score. Raises ``OwnAnswer``, ``NotTrustedYet`` and ``threads.Gone``.
    """
    if value < 0:
        raise NotTrustedYet
    answer = answers.lock(answer)
    thread = answer.thread
    if answer.author_id == voter.pk:
        raise OwnAnswer
    if not (answer.is_visible and thread.is_visible):
        raise threads.Gone
    vote, _created = Vote.objects.get_or_create(answer=answer, voter=voter, defaults={"at": at})
    if vote.value == value:
        return answer
    step = value - vote.value
    vote.value, vote.at, vote.rounds = value, at, vote.rounds + value
    vote.save(update_fields=["value", "at", "rounds"])
    Answer.objects.filter(pk=answer.pk).update(score=F("score") + step)
    Thread.objects.filter(pk=thread.pk).update(score=F("score") + step)
    Member.objects.filter(pk=answer.author_id).update(helpful_count=F("helpful_count") + step)
    key = f"{activity.ANSWER_FOUND_HELPFUL}:{answer.pk}:{voter.pk}:{vote.rounds}"
    if value:
        activity.record(
            verb=activity.ANSWER_FOUND_HELPFUL,
            key=key,
            actor=voter,
            beneficiary=answer.author,
            subject=("answer", answer.pk),
            at=at,
            facts=answers.facts(answer),
        )
    else:
        activity.undo(key=key, verb=activity.ANSWER_HELPFUL_WITHDRAWN, actor=voter, at=at)
    answer.score += step
    return answer
