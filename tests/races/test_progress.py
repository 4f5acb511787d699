"""Seasons, quests, revocations and quiet mode under many hands at once."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest
from django.utils import timezone

from community.models import Role
from community.services import deliveries, votes
from gamification.models import Award, Entry, Quest, QuestCompletion, Quiet, Revocation, Season, SeasonDay
from gamification.services import boards, quests, revocations, seasons
from tests import factories
from tests.races.crowd import at_once, differences

pytestmark = pytest.mark.django_db(transaction=True)
FIRST = date(2026, 3, 1)
DAY = timedelta(days=1)


def name(slug: str, first: date) -> None:
    season = Season(slug=slug, name="Spring", first_day=first, last_day=first + DAY * 9)
    seasons.keep(season=season, at=timezone.now())


def work() -> None:
    while deliveries.consume(consumer="gamification", at=timezone.now()):
        pass


def test_of_seasons_that_share_days_one_is_named() -> None:
    outcome = at_once([partial(name, f"season-{n}", FIRST + DAY * n) for n in range(8)])
    assert (outcome.errors, set(outcome.refusals)) == ([], {"season_overlaps"})
    assert (Season.objects.count(), SeasonDay.objects.count()) == (1, 10)


def test_a_quest_is_paid_once_however_many_workers_see_its_last_step() -> None:
    today = timezone.localdate()
    made = Quest(slug="autumn", name="Autumn", first_day=today - DAY, last_day=today + DAY, credits=40)
    quests.keep(quest=made, steps={"helpful_votes": 3}, by=None, at=timezone.now() - DAY)
    answer = factories.answer()
    for _ in range(6):
        votes.cast(answer=answer, voter=factories.member(), value=1, at=timezone.now())

    outcome = at_once([work] * 8)
    work()

    assert outcome.errors == []
    assert QuestCompletion.objects.filter(member=answer.author, stands=True).count() == 1
    assert list(Entry.objects.filter(rule_version__rule=made.rule).values_list("amount", flat=True)) == [40]
    assert differences() == []


def test_a_badge_is_taken_back_once_while_more_is_earned() -> None:
    manager, answer = factories.member("Clara Vogt", Role.MANAGER), factories.accepted_answer()
    work()
    award = Award.objects.select_related("grade", "member").get(member=answer.author)
    for _ in range(6):
        factories.accepted_answer(author=answer.author)

    def revoke() -> None:
        revocations.revoke(grade=award.grade, member=award.member, reason="Copied.", by=manager, at=timezone.now())

    outcome = at_once([*[revoke] * 6, *[work] * 4])
    work()

    assert (outcome.errors, set(outcome.refusals)) == ([], {"not_held"})
    assert Revocation.objects.count() == 1
    assert not Award.objects.filter(grade=award.grade, member=award.member).exists()
    assert differences() == []


def test_hiding_in_many_tabs_hides_once() -> None:
    member = factories.member()
    outcome = at_once([partial(boards.show, member=member, shown=False, at=timezone.now())] * 8)
    assert (outcome.errors, Quiet.objects.count()) == ([], 1)
