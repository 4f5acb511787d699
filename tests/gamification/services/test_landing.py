"""Soft landing: told once, in time, with the date and the deed that is missing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from community.models import Activity, Member, Notification, Role
from gamification.models import BoardScore, Quest, QuestCompletion, QuestProgress, Season, Streak, StreakRun
from gamification.services import coupon_uses, coupons, landing, quests, seasons
from tests import factories
from tests.gamification import coupon_world as world

ClientFor = Callable[[Member], Client]

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


class TestCodes:
    def test_who_holds_a_code_is_told_once_in_its_last_week(self, member: Member) -> None:
        world.coupon(world.pool(valid_days=30, at=EVENING), member, at=EVENING)
        for days in (1, 22, 24, 25, 29, 31):
            landing.warn(at=EVENING + timedelta(days=days))
        ((name, facts),) = told()
        assert (name, facts["name_en"], facts["until"]) == (member.display_name, "5 € off", "2026-04-04")

    def test_every_code_is_told_for_itself(self, member: Member) -> None:
        for _ in range(2):
            world.coupon(world.pool(valid_days=6, at=EVENING), member, at=EVENING)
        landing.warn(at=EVENING + timedelta(hours=1))
        assert told() == []
        landing.warn(at=EVENING + timedelta(days=2))
        assert len(told()) == 2

    def test_what_was_redeemed_taken_back_or_lies_in_stock_is_not_told_of(self, member: Member) -> None:
        at = timezone.now()
        used, revoked = (world.coupon(world.pool(valid_days=3, at=at), member, at=at) for _ in range(2))
        world.pool(valid_days=3, at=at)
        coupon_uses.redeem(code=coupons.code_of(used), order="A-1", basket=world.basket(), at=at)
        coupons.revoke(coupon=revoked, by=factories.member("Clara Held", Role.MANAGER), at=at)
        landing.warn(at=at + timedelta(days=2))
        assert told() == []

    def test_in_both_languages_with_the_way_to_the_wallet(self, client_for: ClientFor) -> None:
        for language, words in (
            ("en", "until 4 April 2026, that day included"), ("de", "noch bis zum 4. April 2026 einlösen"),
        ):  # fmt: skip
            member = factories.member(language=language)
            world.coupon(world.pool(valid_days=30, at=EVENING), member, at=EVENING)
            landing.warn(at=EVENING + timedelta(days=26))
            page = client_for(member).get("/notifications/", headers={"accept-language": language}).content.decode()
            assert words in page
            assert 'href="/wallet/"' in page


class TestQuests:
    @pytest.fixture
    def quest(self) -> Quest:
        made = Quest(slug="spring", name_en="Spring", name_de="Frühling", reputation=20)
        made.first_day, made.last_day = date(2026, 3, 1), date(2026, 3, 8)
        quests.keep(quest=made, steps={"accepted_answers": 2, "helpful_votes": 3}, by=None, at=EVENING)
        return made

    def test_who_has_begun_is_told_once_what_is_missing(self, quest: Quest, member: Member) -> None:
        begin(quest, member, accepted_answers=1, helpful_votes=3)
        begin(quest, factories.member("Ada Voss"), helpful_votes=0)
        for days in (-1, 0, 1, 4):
            landing.warn(at=EVENING + timedelta(days=days))
        ((name, facts),) = told()
        assert (name, facts["missing"], facts["until"]) == (
            member.display_name, [["accepted_answers", 1]], "2026-03-08",
        )  # fmt: skip

    def test_who_is_through_is_left_in_peace(self, quest: Quest, member: Member) -> None:
        begin(quest, member, accepted_answers=2, helpful_votes=3)
        deed = Activity.objects.create(
            verb="quest.completed", key="q", actor=member, subject_kind="quest", subject_id=quest.pk, at=EVENING
        )
        QuestCompletion.objects.create(quest=quest, member=member, activity=deed, at=EVENING)
        landing.warn(at=EVENING)
        assert told() == []

    def test_in_both_languages(self, quest: Quest, client_for: ClientFor) -> None:
        for language, words in (
            ("en", "What you need to finish it: 1 more accepted answer, 3 more votes for answers."),
            ("de", "endet am 8. März 2026, dieser Tag zählt noch mit."),
        ):
            member = factories.member(language=language)
            begin(quest, member, accepted_answers=1)
            landing.warn(at=EVENING)
            page = client_for(member).get("/notifications/", headers={"accept-language": language}).content.decode()
            assert words in page

    def test_many_are_told_in_pieces(self, quest: Quest, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(landing, "BATCH", 2)
        for number in range(5):
            begin(quest, factories.member(f"Helper {number}"), accepted_answers=1)
            world.coupon(world.pool(valid_days=5, at=EVENING - timedelta(days=2)), at=EVENING - timedelta(days=2))
        landing.warn(at=EVENING)
        assert len(told()) == 10


def begin(quest: Quest, member: Member, **done: int) -> None:
    for metric, value in done.items():
        QuestProgress.objects.create(step=quest.steps.get(metric=metric), member=member, value=value)
