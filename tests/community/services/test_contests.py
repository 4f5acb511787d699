"""Contests: stored in order, scored by their jury, closed once with a result."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from community import tasks
from community.models import Activity, Ballot, Contest, Idea, JuryScore, Member, Notification, Placing
from community.services import contests, idea_votes, ideas
from tests import factories
from tests.races.crowd import differences

pytestmark = pytest.mark.django_db
TICK = timedelta(microseconds=1)


@pytest.fixture
def contest() -> Contest:
    """In its voting stage, with a jury and one prize."""
    return factories.contest("vote", vote_budget=3)


def vote(idea: Idea, *voters: Member) -> None:
    for voter in voters:
        idea_votes.give(idea=idea, voter=voter, at=timezone.now())


def score(idea: Idea, juror: Member, points: int | None, contest: Contest) -> None:
    contests.score(idea=idea, juror=juror, points=points, at=contest.jury_from or contest.ends_at)


class TestStoring:
    def test_stages_must_follow_one_another(self, contest: Contest) -> None:
        contest.vote_from = contest.ends_at
        with pytest.raises(contests.NotOrdered):
            contests.store(contest=contest)
        assert Contest.objects.get().vote_from < contest.ends_at

    def test_nobody_may_lose_a_vote_that_was_given(self, contest: Contest, member: Member) -> None:
        vote(factories.idea(contest=contest), member)
        vote(factories.idea(contest=contest), member)
        contest.vote_budget = 1
        with pytest.raises(contests.BudgetLowered):
            contests.store(contest=contest)
        assert Contest.objects.get().vote_budget == 3

    def test_what_is_decided_stays(self, contest: Contest) -> None:
        contests.close(contest_id=contest.pk, at=contest.ends_at)
        fresh = Contest.objects.get()
        fresh.winner_count = 5
        with pytest.raises(contests.Decided):
            contests.store(contest=fresh)
        fresh = Contest.objects.get()
        fresh.title = "Better words"
        contests.store(contest=fresh)
        assert (Contest.objects.get().title, Contest.objects.get().winner_count) == ("Better words", 1)


class TestJury:
    def test_points_are_given_changed_and_taken_back_in_the_jurys_time(self, contest: Contest, member: Member) -> None:
        idea = factories.idea(contest=contest)
        for points in (7, 9):
            score(idea, member, points, contest)
        assert list(JuryScore.objects.values_list("juror", "points")) == [(member.pk, 9)]
        score(idea, member, None, contest)
        assert not JuryScore.objects.exists()

    def test_outside_it_nothing_is_scored(self, contest: Contest, member: Member) -> None:
        idea = factories.idea(contest=contest)
        assert contest.jury_from is not None
        for at in (contest.jury_from - TICK, contest.ends_at):
            with pytest.raises(contests.NotJuryTime):
                contests.score(idea=idea, juror=member, points=5, at=at)
        assert not JuryScore.objects.exists()

    def test_not_ones_own_idea(self, contest: Contest, member: Member) -> None:
        idea = factories.idea(member, contest=contest)
        with pytest.raises(contests.OwnEntry):
            score(idea, member, 10, contest)
        assert not JuryScore.objects.exists()


class TestClosing:
    def test_it_waits_for_the_end(self, contest: Contest) -> None:
        assert contests.close(contest_id=contest.pk, at=contest.ends_at - TICK) is False
        assert contests.due(at=contest.ends_at - TICK) == []
        assert contests.due(at=contest.ends_at) == [contest.pk]

    def test_the_result_is_published_once_and_winners_are_honoured_and_told(
        self, contest: Contest, member: Member
    ) -> None:
        others = [factories.member(f"Voter {number}") for number in range(3)]
        good, better = factories.idea(contest=contest), factories.idea(contest=contest)
        vote(good, *others, member)
        vote(better, member)
        score(good, member, 2, contest)
        score(better, member, 10, contest)

        done = [contests.close(contest_id=contest.pk, at=contest.ends_at) for _twice in range(2)]
        factories.work_off(at=contest.ends_at)

        assert done == [True, False]
        assert list(Placing.objects.values_list("place", "idea", "votes", "jury_points", "score", "is_winner")) == [
            (1, better.pk, 1, Decimal("10.00"), Decimal("62.500"), True),
            (2, good.pk, 4, Decimal("2.00"), Decimal("60.000"), False),
        ]
        won = Activity.objects.get(verb="idea.won")
        assert (won.beneficiary, won.actor, won.facts["place"]) == (better.author, contest.host, 1)
        told = set(Notification.objects.values_list("kind", "member"))
        assert told == {
            ("idea.won", better.author_id),
            *(("contest.closed", one.pk) for one in (good.author, better.author, member, *others)),
        }
        assert list(differences()) == []

    def test_what_is_hidden_deleted_or_merged_has_no_place(self, contest: Contest) -> None:
        hidden, deleted, seen = (factories.idea(contest=contest) for _ in range(3))
        ideas.hide(idea=hidden, by=contest.host, at=timezone.now())
        ideas.delete(idea=deleted, by=contest.host, at=timezone.now())
        contests.close(contest_id=contest.pk, at=contest.ends_at)
        assert list(Placing.objects.values_list("idea", "is_winner")) == [(seen.pk, False)]
        assert Contest.objects.get().idea_count == 1

    def test_afterwards_no_vote_changes(self, contest: Contest, member: Member) -> None:
        idea = factories.idea(contest=contest)
        contests.close(contest_id=contest.pk, at=contest.ends_at)
        with pytest.raises(idea_votes.NotVoting):
            vote(idea, member)
        assert Ballot.objects.count() == 0

    def test_the_clock_closes_what_is_over(self, member: Member) -> None:
        over, running = factories.contest("ended"), factories.contest("vote")
        tasks.close_contests()
        tasks.close_contests()
        assert dict(Contest.objects.values_list("pk", "closed_at"))[running.pk] is None
        assert list(Activity.objects.filter(verb="contest.closed").values_list("subject_id")) == [(over.pk,)]
