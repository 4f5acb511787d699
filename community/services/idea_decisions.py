"""What the brand decides about ideas: their status, with a reason, and which of them are one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from community import activity, words
from community.models import Contest, Idea, IdeaVote, Member, StatusChange
from community.refusals import Refusal
from community.services import ballots, ideas


class ReasonMissing(Refusal):
    """Who proposed and who voted are owed a reason."""

    code = "reason_missing"
    message = _("Say why. The author and everybody who voted will read it.")
    field = "reason"
    status = 400


class NotMergeable(Refusal):
    """These two cannot become one."""

    code = "not_mergeable"
    message = _("Both ideas must be there, be two, and belong to the same running contest or to none.")
    field = "into"
    status = 409


@transaction.atomic
def decide(*, idea: Idea, status: Idea.Status, reason: str, by: Member, at: datetime) -> Idea:
    """Set the status of an idea; the same status with the same reason changes nothing.

    Raises ``ReasonMissing`` where it is declined without one, and ``ideas.IdeaGone``.
    """
    idea = ideas.lock_present(idea.pk)
    reason = words.line(reason)
    if status == Idea.Status.DECLINED and not reason:
        raise ReasonMissing
    if (idea.status, idea.status_reason) == (status, reason):
        return idea
    former, idea.status, idea.status_reason, idea.status_at = idea.status, status, reason, at
    idea.save(update_fields=["status", "status_reason", "status_at"])
    change = StatusChange.objects.create(idea=idea, status=status, reason=reason, by=by, at=at)
    activity.record(
        verb=activity.IDEA_STATUS_CHANGED,
        key=f"{activity.IDEA_STATUS_CHANGED}:{change.pk}",
        actor=by,
        beneficiary=idea.author,
        subject=("idea", idea.pk),
        at=at,
        facts={**ideas.facts(idea), "change": change.pk, "status": str(status), "from": former},
    )
    return idea


@transaction.atomic
def merge(*, idea: Idea, into: Idea, by: Member, at: datetime) -> Idea:
    """Make ``idea`` one with ``into``, which gets its voters and stays; each voter keeps one vote.

    Who voted for both gets one back, as does the author of the idea that stays. Raises ``NotMergeable``.
    """
    first, second = sorted((idea, into), key=lambda one: one.pk)
    locked = {one.pk: ideas.lock_with_contest(one) for one in (first, second)}
    idea, into = locked[idea.pk], locked[into.pk]
    if not _mergeable(idea, into):
        raise NotMergeable
    _unite_voters(idea, into, at)
    Idea.objects.filter(merged_into=idea).update(merged_into=into)
    Idea.objects.filter(pk=idea.pk).update(merged_into=into)
    if idea.contest_id and idea.hidden_at is None:
        Contest.objects.filter(pk=idea.contest_id).update(idea_count=F("idea_count") - 1)
    activity.record(
        verb=activity.IDEA_MERGED,
        key=f"{activity.IDEA_MERGED}:{idea.pk}",
        actor=by,
        beneficiary=idea.author,
        subject=("idea", idea.pk),
        at=at,
        facts={**ideas.facts(idea), "into": into.pk},
    )
    into.refresh_from_db(fields=["vote_count"])
    return into


def _mergeable(idea: Idea, into: Idea) -> bool:
    there = all(one.deleted_at is None and one.merged_into_id is None for one in (idea, into))
    running = idea.contest is None or idea.contest.closed_at is None
    return there and running and idea.pk != into.pk and idea.contest_id == into.contest_id


def _unite_voters(idea: Idea, into: Idea, at: datetime) -> None:
    has_both = set(IdeaVote.objects.filter(idea=into).values_list("voter_id", flat=True)) | {into.author_id}
    votes = list(IdeaVote.objects.filter(idea=idea).select_related("voter").order_by("voter_id"))
    surplus = [vote for vote in votes if vote.voter_id in has_both]
    if idea.contest is not None:
        ballots.refund(contest=idea.contest, members=[vote.voter_id for vote in surplus])
    for vote in surplus:
        ballots.withdraw(vote, contest=idea.contest is not None, at=at)
    moved = IdeaVote.objects.filter(idea=idea).update(idea=into)
    Idea.objects.filter(pk=idea.pk).update(vote_count=F("vote_count") - moved)
    Idea.objects.filter(pk=into.pk).update(vote_count=F("vote_count") + moved)
