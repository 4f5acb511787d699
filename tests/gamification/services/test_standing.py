"""Standing: level and featured pin beside a name."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from community.models import Activity, Member, Notification, Role, Standing
from community.registry import Difference, registry
from community.services import answers
from gamification.models import Award, Balance, Grade, Level
from gamification.services import adjustments, falls, replays, standing
from gamification.services.drift import Drift
from tests import factories
from tests.races.crowd import differences

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_world")]


def shown(member: Member) -> tuple[int, int]:
    row = Standing.objects.get(member=member)
    return row.level, row.level_progress


@pytest.mark.parametrize(("reputation", "level"), [(0, (1, 0)), (19, (1, 95)), (20, (2, 0)), (50, (3, 100))])
def test_the_level_follows_the_reputation(member: Member, reputation: int, level: tuple[int, int]) -> None:
    Balance.objects.create(member=member, currency="reputation", value=reputation)
    Balance.objects.create(member=member, currency="credits", value=999)
    standing.refresh([member.pk])
    assert shown(member) == level


def test_the_newest_award_is_the_featured_pin_and_of_one_moment_the_hardest(member: Member) -> None:
    factories.thread()
    deed, now = Activity.objects.get(), timezone.now()
    for grade in Grade.objects.order_by("-threshold"):
        early = grade.badge.metric == "helpful_votes"
        Award.objects.create(grade=grade, member=member, activity=deed, at=now - timedelta(days=early))
    standing.refresh([member.pk])
    pin = Standing.objects.get(member=member).pin
    assert (pin["name_de"], pin["tier"]) == ("accepted_answers", "silver")


def test_without_any_award_there_is_no_pin(member: Member) -> None:
    Standing.objects.filter(member=member).update(pin={"shape": "hex"})
    standing.refresh([member.pk])
    assert Standing.objects.get(member=member).pin == {}


def test_the_role_stays_as_it_is() -> None:
    member = factories.member("Ben Falk", Role.AGENT)
    standing.refresh([member.pk])
    assert Standing.objects.get(member=member).role == "agent"


def test_costs_the_same_for_one_and_for_thirty(django_assert_num_queries: object) -> None:
    members = [member.pk for member in factories.many(factories.member, 30)]
    for group in (members[:1], members):
        with django_assert_num_queries(4):  # type: ignore[operator] # pytest-django's own type is private
            standing.refresh(group)


def test_nobody_costs_nothing(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator] # pytest-django's own type is private
        standing.refresh([])


class TestNewcomers:
    """Who never earned anything stands where the levels begin."""

    def test_whoever_joins_is_there_at_once_and_an_undone_deed_changes_nothing(self, member: Member) -> None:
        assert (shown(member), member.standing.level, found()) == ((1, 0), 1, ([], []))
        answer = factories.accepted_answer(author=member)
        factories.work_off()
        answers.unaccept(answer=answer, by=answer.thread.author, at=timezone.now())
        factories.work_off()
        assert (shown(member), found()) == ((1, 0), ([], []))

    def test_the_first_manager_has_a_standing_too(self) -> None:
        manager = Member.objects.create_superuser("clara@example.com", "a-password")
        assert (shown(manager), found()) == ((1, 0), ([], []))

    def test_a_first_level_above_nothing_is_still_ahead(self) -> None:
        Level.objects.filter(number=1).update(threshold=5)
        assert shown(factories.member()) == (0, 0)
        assert found() == ([], [])

    def test_joining_asks_for_the_levels_and_nothing_else(self, django_assert_num_queries: object) -> None:
        locks = connection.vendor == "postgresql"
        with django_assert_num_queries(1 + locks):  # type: ignore[operator] # pytest-django's own type is private
            registry.beginning()

    def test_a_first_level_that_moves_takes_everybody_along_softly(self, member: Member) -> None:
        move_first_level(5)
        later = factories.member("Nora Weiss")
        assert (adjustments.work_off(at=timezone.now()), shown(member), shown(later)) == (1, (1, 0), (0, 0))
        told = Notification.objects.get()
        assert (told.member, told.kind, told.facts["missing"]) == (member, "level.falling", 5)
        assert found() == ([], [])
        falls.land(at=timezone.now() + falls.GRACE + timedelta(days=1))
        assert (shown(member), found()) == ((0, 0), ([], []))
        move_first_level(0)
        adjustments.work_off(at=timezone.now())
        assert (shown(member), shown(later), Notification.objects.count()) == ((1, 0), (1, 0), 1)
        assert found() == ([], [])

    def test_verify_and_a_replay_find_who_stands_elsewhere_and_the_swap_mends_it(self, member: Member) -> None:
        Standing.objects.filter(member=member).update(level=0)
        assert differences() == [Difference("levels", f"member {member.pk}", "(1, 0)", "(0, 0)")]
        manager = factories.member("Clara Held", Role.MANAGER)
        replay = replays.ask(by=manager, at=timezone.now())
        replays.work_off(at=timezone.now())
        replay.refresh_from_db()
        assert replay.result["parts"] == {"levels": 1}
        replays.apply(replay=replay, by=manager, at=timezone.now())
        assert (shown(member), found()) == ((1, 0), ([], []))


def move_first_level(threshold: int) -> None:
    Level.objects.filter(number=1).update(threshold=threshold)
    adjustments.ask(badge=None, by=None, at=timezone.now())


def found() -> tuple[list[Difference], list[Drift]]:
    """What ``verify`` and a replay find."""
    return differences(), replays.compare()[0]
