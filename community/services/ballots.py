"""Ballots: the budget of votes that each member has in a contest. It is spent by conditional updates only."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from community import activity
from community.models import Ballot, Contest, Idea, IdeaVote, Member
from community.refusals import Refusal


class BudgetSpent(Refusal):
    """Every vote of this member is given away."""

    code = "votes_spent"
    message = _("You have given all your votes. Take one back somewhere and give it here.")
    status = 409


def spend(*, contest: Contest, member: Member) -> None:
    """Take one vote from the member's budget. Raises ``BudgetSpent``."""
    Ballot.objects.get_or_create(contest=contest, member=member)
    if not _spend(contest, member.pk):
        raise BudgetSpent


def refund(*, contest: Contest, members: list[int]) -> None:
    """Give one vote back to each; rows are taken in one order, or two merges would wait in a circle."""
    rows = Ballot.objects.filter(contest=contest, member__in=members)
    list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    rows.filter(spent__gt=0).update(spent=F("spent") - 1)


def give_back(idea: Idea) -> None:
    """An idea is gone: its voters may vote elsewhere. The votes wait in case it comes back."""
    if idea.contest is not None and idea.contest.closed_at is None:
        refund(contest=idea.contest, members=_voters(idea))


def take_again(idea: Idea, *, at: datetime) -> None:
    """The idea is back: its votes count again where the budget still allows, and end where it does not."""
    if idea.contest is None or idea.contest.closed_at is not None:
        return
    for vote in IdeaVote.objects.filter(idea=idea).select_related("voter").order_by("voter_id"):
        if not _spend(idea.contest, vote.voter_id):
            withdraw(vote, contest=True, at=at)


def withdraw(vote: IdeaVote, *, contest: bool, at: datetime) -> None:
    """End one vote, with everything that it earned; the kept counter moves along."""
    given = activity.CONTEST_VOTE_GIVEN if contest else activity.IDEA_FOUND_GOOD
    back = activity.CONTEST_VOTE_WITHDRAWN if contest else activity.IDEA_VOTE_WITHDRAWN
    activity.undo(key=f"{given}:{vote.pk}", verb=back, actor=vote.voter, at=at)
    Idea.objects.filter(pk=vote.idea_id).update(vote_count=F("vote_count") - 1)
    IdeaVote.objects.filter(pk=vote.pk).delete()


def _spend(contest: Contest, member: int) -> bool:
    affordable = Ballot.objects.filter(contest=contest, member=member, spent__lt=contest.vote_budget)
    return bool(affordable.update(spent=F("spent") + 1))


def _voters(idea: Idea) -> list[int]:
    return list(IdeaVote.objects.filter(idea=idea).order_by("voter_id").values_list("voter_id", flat=True))
