"""Soft landing: told once, in time, with the date and the deed that is missing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from community.models import Member, Notification
from gamification.models import BoardScore, Season, Streak, StreakRun
from gamification.services import landing, seasons
from tests import factories

pytestmark = pytest.mark.django_db
LAST = date(2026, 3, 5)
#: Six in the evening in Berlin, noon in New York.
EVENING = datetime(2026, 3, 5, 17, tzinfo=UTC)


def run(member: Member, *, length: int = 5, until: date = LAST) -> StreakRun:
    return StreakRun.objects.create(
        streak=Streak.objects.get(), member=member, length=length, best=length, last_day=until, holds_until=until
    )


def told() -> list[tuple[str, dict[str, object]]]:
    rows = Notification.objects.filter(kind__endswith=".ending").order_by("id")
    return [(row.member.display_name, row.facts) for row in rows.select_related("member")]


def test_a_streak_is_told_of_once_on_its_last_evening(member: Member) -> None:
    run(member)
    for hours in (-3, 0, 1, 3):
        landing.warn(at=EVENING + timedelta(hours=hours))
    ((name, facts),) = told()
    assert (name, facts["days"], facts["until"]) == (member.display_name, 5, "2026-03-05")


def test_every_member_has_their_own_evening() -> None:
    here, there = factories.member("Ada Voss"), factories.member("Ida Holm", timezone="America/New_York")
    run(here)
    run(there)
    landing.warn(at=EVENING)
    assert [name for name, _ in told()] == ["Ada Voss"]
    landing.warn(at=EVENING + timedelta(hours=6))
    assert [name for name, _ in told()] == ["Ada Voss", "Ida Holm"]


@pytest.mark.parametrize(("length", "until"), [(2, LAST), (9, LAST + timedelta(days=1)), (9, LAST - timedelta(days=1))])
def test_short_streaks_and_other_days_are_left_in_peace(member: Member, length: int, until: date) -> None:
    run(member, length=length, until=until)
    landing.warn(at=EVENING)
    assert told() == []


def test_the_next_end_is_told_again(member: Member) -> None:
    row = run(member)
    landing.warn(at=EVENING)
    StreakRun.objects.filter(pk=row.pk).update(holds_until=LAST + timedelta(days=1))
    landing.warn(at=EVENING + timedelta(days=1))
    assert [facts["until"] for _, facts in told()] == ["2026-03-05", "2026-03-06"]


def test_leaders_of_a_season_are_told_once_what_they_lack() -> None:
    season = Season(slug="spring", name_en="Spring", first_day=date(2026, 1, 1), last_day=date(2026, 3, 8))
    seasons.keep(season=season, at=EVENING)
    for name, score in (("Ada Voss", 30), ("Ida Holm", 25)):
        BoardScore.objects.create(span="season", start=season.first_day, member=factories.member(name), score=score)
    for days in (-1, 0, 1):
        landing.warn(at=EVENING + timedelta(days=days))
    found = [(name, facts["place"], facts["missing"], facts["until"]) for name, facts in told()]
    assert found == [("Ada Voss", 1, 0, "2026-03-08"), ("Ida Holm", 2, 6, "2026-03-08")]
