"""Votes: find an answer helpful or not, and take that back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from community import activity, freshness
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
    message = _("To say that an answer does not help comes later. Write a comment that says what is missing.")
    status = 403


@transaction.atomic
def cast(*, answer: Answer, voter: Member, value: int, at: datetime) -> Answer:
    """Set the voter's opinion of ``answer`` to 1, to -1, or to 0 to take it back; the same again changes nothing.

    A -1 puts the answer further down and is told to nobody: no deed, no points. Returns the answer with its new
    counts. Raises ``OwnAnswer``, ``NotTrustedYet`` and ``threads.Gone``.
    """
    if value < 0 and voter.trust < Vote.DOWN_FROM_TRUST:
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
    step, helpful = value - vote.value, (value == 1) - (vote.value == 1)
    vote.value, vote.at, vote.rounds = value, at, vote.rounds + (value == 1)
    vote.save(update_fields=["value", "at", "rounds"])
    Answer.objects.filter(pk=answer.pk).update(score=F("score") + step, helpful_count=F("helpful_count") + helpful)
    answer.score, answer.helpful_count = answer.score + step, answer.helpful_count + helpful
    if helpful:
        Thread.objects.filter(pk=thread.pk).update(score=F("score") + helpful)
        Member.objects.filter(pk=answer.author_id).update(helpful_count=F("helpful_count") + helpful)
        _note(answer, vote, voter, at)
    else:
        # No deed drops the kept pages, whose order may be another one now.
        transaction.on_commit(freshness.changed, robust=True)
    return answer


def _note(answer: Answer, vote: Vote, voter: Member, at: datetime) -> None:
    """Write into the journal that the voter found it helpful, or does no longer."""
    key = f"{activity.ANSWER_FOUND_HELPFUL}:{answer.pk}:{voter.pk}:{vote.rounds}"
    if vote.value == 1:
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
