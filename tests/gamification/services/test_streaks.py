"""Streaks kept by the worker: the doer's own calendar, undone exactly, whatever the order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from community.models import Activity, Answer, Member
from community.services import votes
from gamification import verification
from gamification.models import Decision, Rule, RuleVersion, Simulation, Streak, StreakDay, StreakRun
from gamification.services import replays, rules, simulations, streaks
from tests import factories

pytestmark = pytest.mark.django_db
#: Still Sunday in New York, already Monday in Berlin.
NIGHT = datetime(2026, 3, 2, 3, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def streak(db: None) -> Streak:
    Streak.objects.all().delete()
    return Streak.objects.create(
        slug="here", name="Here", verbs=["answer.found_helpful", "thread.created"], freeze_every=2, freeze_most=1
    )


@pytest.fixture
def traveller(db: None) -> Member:
    return factories.member("Ida Holm", timezone="America/New_York")


def vote(by: Member, at: datetime) -> Answer:
    answer = factories.answer(at=at - timedelta(hours=1))
    votes.cast(answer=answer, voter=by, value=1, at=at)
    return answer


def run(member: Member) -> tuple[int, int, int, date | None]:
    factories.work_off()
    assert list(verification.CHECKS["streaks"]()) == []
    row = StreakRun.objects.filter(member=member).first()
    return (row.length, row.best, row.freezes, row.last_day) if row else (0, 0, 0, None)


def test_a_deed_fills_the_day_of_its_doers_calendar(traveller: Member, member: Member) -> None:
    vote(traveller, NIGHT)
    vote(member, NIGHT)
    assert run(traveller) == (1, 1, 0, date(2026, 3, 1))
    assert run(member) == (1, 1, 0, date(2026, 3, 2))


def test_whoever_moves_keeps_the_days_as_they_were(traveller: Member) -> None:
    answer = vote(traveller, NIGHT)
    vote(traveller, NIGHT + DAY)
    Member.objects.filter(pk=traveller.pk).update(timezone="Europe/Berlin")
    traveller.refresh_from_db()
    assert run(traveller) == (2, 2, 1, date(2026, 3, 2))
    votes.cast(answer=answer, voter=traveller, value=0, at=NIGHT + DAY * 2)
    assert run(traveller) == (1, 1, 0, date(2026, 3, 2))


def test_two_deeds_of_a_day_are_one_day_until_both_are_taken_back(member: Member) -> None:
    first, second = vote(member, NIGHT), vote(member, NIGHT)
    votes.cast(answer=first, voter=member, value=0, at=NIGHT)
    assert run(member) == (1, 1, 0, date(2026, 3, 2))
    votes.cast(answer=second, voter=member, value=0, at=NIGHT)
    assert run(member) == (0, 0, 0, None)


def test_a_deed_that_is_handled_late_joins_what_was_apart(member: Member) -> None:
    for at in (NIGHT, NIGHT + DAY * 2, NIGHT + DAY):
        vote(member, at)
        factories.work_off()
    assert run(member) == (3, 3, 1, date(2026, 3, 4))


def test_a_freeze_bridges_a_missed_day_and_is_gone(member: Member) -> None:
    for days in (0, 1, 3):
        vote(member, NIGHT + DAY * days)
    assert run(member) == (3, 3, 0, date(2026, 3, 5))


class TestRules:
    """A rule meets the streak of each deed as it was then, live as in a replay."""

    @pytest.fixture(autouse=True)
    def asking(self, small_world: None) -> Rule:
        condition = {"streak": "here", "is": "ge", "value": 2}
        versions = RuleVersion.objects.filter(verb="answer.found_helpful")
        versions.update(recipient="actor", condition=condition)
        return versions.get().rule

    def test_deeds_of_one_batch_and_of_many_meet_the_same(self, member: Member, traveller: Member) -> None:
        for days in range(3):
            vote(member, NIGHT + DAY * days)
        first = vote(traveller, NIGHT)
        factories.work_off()
        vote(traveller, NIGHT + DAY)
        factories.work_off()
        assert met() == [(member.pk, 1), (member.pk, 2), (member.pk, 3), (traveller.pk, 1), (traveller.pk, 2)]
        votes.cast(answer=first, voter=traveller, value=0, at=NIGHT + DAY)
        factories.work_off()
        vote(traveller, NIGHT + DAY * 2)
        vote(traveller, NIGHT + DAY * 5)
        factories.work_off()
        assert met()[5:] == [(traveller.pk, 2), (traveller.pk, 1)]
        assert replays.compare()[0] == []

    def test_what_is_undone_or_late_in_one_batch_counts_so(self, member: Member) -> None:
        vote(member, NIGHT)
        factories.work_off()
        gone = vote(member, NIGHT + DAY)
        votes.cast(answer=gone, voter=member, value=0, at=NIGHT + DAY)
        vote(member, NIGHT + DAY * 3)
        vote(member, NIGHT + DAY)
        factories.work_off()
        assert [length for _member, length in met()] == [1, 2, 1, 3]
        assert replays.compare()[0] == []

    def test_a_draft_meets_the_past_as_it_was(self, member: Member, asking: Rule) -> None:
        for days in range(3):
            vote(member, NIGHT + DAY * days)
        factories.work_off()
        terms = replace(rules.terms_of(asking.versions.get()), condition={"streak": "here", "is": "ge", "value": 3})
        simulations.ask(version=rules.write(rule=asking, terms=terms, by=None), by=member, at=NIGHT + DAY * 3)
        simulations.work_off(at=NIGHT + DAY * 3)
        assert Simulation.objects.get().result["outcomes"] == {"refused": 2, "granted": 1}


def met() -> list[tuple[int, int]]:
    """Whose streak was how long when a rule asked for it, deed by deed."""
    rows = Decision.objects.filter(facts__has_key="found").order_by("activity_id")
    return [(row.member_id, row.facts["found"][0][2]) for row in rows]


def test_asking_is_enough_where_the_manager_says_so(member: Member) -> None:
    factories.thread(member, at=NIGHT)
    assert run(member)[0] == 1


def test_the_journal_keeps_the_day_only_where_it_is_another_one(traveller: Member, member: Member) -> None:
    for doer in (traveller, member):
        vote(doer, NIGHT)
    kept = Activity.objects.filter(verb="answer.found_helpful").order_by("id").values_list("facts__day", flat=True)
    assert list(kept) == ["2026-03-01", None]


def test_the_journal_keeps_the_day_of_whom_a_deed_is_for(traveller: Member, member: Member) -> None:
    votes.cast(answer=factories.answer(author=traveller, at=NIGHT), voter=member, value=1, at=NIGHT)
    kept = Activity.objects.get(verb="answer.found_helpful").facts
    assert (kept["their_day"], "day" in kept) == ("2026-03-01", False)


@pytest.mark.parametrize("number", [1, 20])
def test_a_batch_costs_the_same_however_long_it_is(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    voters = factories.many(factories.member, number)
    for voter in voters:
        vote(voter, NIGHT)
    deeds = list(Activity.objects.filter(verb="answer.found_helpful").select_related("undoes"))
    with django_assert_num_queries(4):
        streaks.fill(deeds)
    assert StreakDay.objects.count() == number
