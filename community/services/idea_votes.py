"""Votes for ideas: give one, and take it back. In a contest they come from a budget."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from community import activity
from community.models import Contest, Idea, IdeaVote, Member
from community.refusals import Refusal
from community.services import ballots, ideas


class OwnIdea(Refusal):
    """Nobody votes for themselves."""

    code = "own_idea"
    message = _("This is your own idea. Others decide whether it is a good one.")
    status = 403


class NotVoting(Refusal):
    """Votes do not count now."""

    code = "contest_not_voting"
    message = _("Voting in this contest is not open now.")
    status = 409


@transaction.atomic
def give(*, idea: Idea, voter: Member, at: datetime) -> Idea:
    """Vote for an idea; a second time changes nothing. Returns it with its new number of votes.

    Raises ``ideas.IdeaGone``, ``OwnIdea``, ``NotVoting`` and ``ballots.BudgetSpent``.
    """
    idea = _open(idea, voter, at)
    vote, created = IdeaVote.objects.get_or_create(idea=idea, voter=voter, defaults={"at": at})
    if not created:
        return idea
    if idea.contest is not None:
        ballots.spend(contest=idea.contest, member=voter)
    Idea.objects.filter(pk=idea.pk).update(vote_count=F("vote_count") + 1)
    verb = activity.CONTEST_VOTE_GIVEN if idea.contest else activity.IDEA_FOUND_GOOD
    activity.record(
        verb=verb,
        key=f"{verb}:{vote.pk}",
        actor=voter,
        # What is blind must not show in the author's points: a vote in a contest honours nobody before the end.
        beneficiary=None if idea.contest else idea.author,
        subject=("idea", idea.pk),
        at=at,
        facts=ideas.facts(idea),
    )
    idea.vote_count += 1
    return idea


@transaction.atomic
def withdraw(*, idea: Idea, voter: Member, at: datetime) -> Idea:
    """Take a vote back; without one nothing changes. Raises what ``give`` raises."""
    idea = _open(idea, voter, at)
    vote = IdeaVote.objects.select_related("voter").filter(idea=idea, voter=voter).first()
    if vote is None:
        return idea
    if idea.contest is not None:
        ballots.refund(contest=idea.contest, members=[voter.pk])
    ballots.withdraw(vote, contest=idea.contest is not None, at=at)
    idea.vote_count -= 1
    return idea


def _open(idea: Idea, voter: Member, at: datetime) -> Idea:
    """Lock the idea where its votes may change. The contest is read under the lock: a result that is out stays."""
    idea = ideas.lock_present(idea.pk)
    if not idea.is_visible:
        raise ideas.IdeaGone
    if idea.author_id == voter.pk:
        raise OwnIdea
    if idea.contest_id and not _takes_votes(idea.contest_id, at):
        raise NotVoting
    return idea


def _takes_votes(contest_id: int, at: datetime) -> bool:
    contest = Contest.objects.get(pk=contest_id)
    return contest.closed_at is None and contest.takes_votes(at)
