"""Standing: level and featured pin beside a name."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from community.models import Activity, Member, Role, Standing
from gamification.models import Award, Balance, Grade
from gamification.services import standing
from tests import factories

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
