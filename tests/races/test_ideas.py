"""Votes, budgets and the end of a contest under many hands at once."""

from __future__ import annotations

from functools import partial

import pytest
from django.utils import timezone

from community.models import Activity, Ballot, Contest, Idea, IdeaVote, Member, Placing
from community.services import contests, idea_decisions, idea_votes, ideas
from tests import factories
from tests.races.crowd import at_once, differences

pytestmark = pytest.mark.django_db(transaction=True)
CROWD = 24


def give(idea: Idea, voter: Member) -> None:
    idea_votes.give(idea=idea, voter=voter, at=timezone.now())


def test_one_member_with_many_tabs_never_spends_more_than_the_budget() -> None:
    contest, voter = factories.contest(vote_budget=3), factories.member()
    entries = [factories.idea(contest=contest) for _ in range(8)]

    outcome = at_once([partial(give, idea, voter) for idea in entries for _twice in range(3)])

    assert (outcome.errors, set(outcome.refusals)) == ([], {"votes_spent"})
    assert (IdeaVote.objects.filter(voter=voter).count(), Ballot.objects.get().spent) == (3, 3)
    assert differences() == []


def test_many_votes_for_one_idea_are_all_counted() -> None:
    idea, voters = factories.idea(), factories.many(factories.member, CROWD)

    outcome = at_once([partial(give, idea, voter) for voter in voters])

    assert (outcome.errors, outcome.refusals, Idea.objects.get().vote_count) == ([], [], CROWD)


def test_the_end_comes_once_and_its_result_is_what_was_voted() -> None:
    contest, voters = factories.contest(vote_budget=5), factories.many(factories.member, 12)
    idea = factories.idea(contest=contest)

    def close() -> bool:
        return contests.close(contest_id=contest.pk, at=contest.ends_at)

    outcome = at_once([*[partial(give, idea, voter) for voter in voters], *[close] * 4])

    assert (outcome.errors, outcome.answers.count(True)) == ([], 1)
    assert set(outcome.refusals) <= {"contest_not_voting"}
    placing = Placing.objects.get()
    assert placing.votes == Idea.objects.get().vote_count == IdeaVote.objects.count()
    assert Activity.objects.filter(verb="idea.won").count() == int(placing.votes > 0)


def test_merging_deleting_and_voting_at_once_leave_every_ballot_right() -> None:
    contest, voters = factories.contest(vote_budget=2), factories.many(factories.member, 6)
    first, second, third = (factories.idea(contest=contest) for _ in range(3))
    by, at = contest.host, timezone.now()

    def merge(idea: Idea, into: Idea) -> None:
        idea_decisions.merge(idea=idea, into=into, by=by, at=at)

    outcome = at_once(
        [
            *[partial(give, idea, voter) for voter in voters for idea in (first, second, third)],
            partial(merge, first, second),
            partial(merge, second, first),
            partial(ideas.delete, idea=third, by=by, at=at),
        ]
    )

    assert outcome.errors == []
    assert differences() == []
    assert Contest.objects.get().idea_count == 1
