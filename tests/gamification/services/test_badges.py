"""Badges: thresholds reached and lost as counters move."""

from __future__ import annotations

import pytest

from community.models import Activity, Member
from gamification.models import Award, Counter
from gamification.services import badges
from gamification.services.badges import Outcome
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_world")]


@pytest.fixture
def deed() -> Activity:
    factories.accepted_answer()
    return Activity.objects.get(verb="answer.accepted")


def move(member: Member, steps: int, deed: Activity) -> Outcome:
    key = (member.pk, "accepted_answers")
    return badges.count({key: steps}, last={key: deed})


def held(member: Member) -> list[int]:
    return list(Award.objects.filter(member=member).order_by("grade").values_list("grade__threshold", flat=True))


def test_a_grade_is_earned_at_its_threshold_by_the_last_deed(member: Member, deed: Activity) -> None:
    outcome = move(member, 1, deed)
    assert [(award.grade.threshold, award.activity) for award in outcome.earned] == [(1, deed)]
    assert outcome.members == {member.pk}
    assert held(member) == [1]


def test_a_leap_earns_every_grade_on_the_way(member: Member, deed: Activity) -> None:
    assert [award.grade.threshold for award in move(member, 5, deed).earned] == [1, 3]
    assert held(member) == [1, 3]


def test_between_two_thresholds_nothing_happens(member: Member, deed: Activity) -> None:
    move(member, 1, deed)
    outcome = move(member, 1, deed)
    assert (outcome.earned, outcome.members, held(member)) == ([], set(), [1])


def test_a_step_back_withdraws_what_is_no_longer_reached(member: Member, deed: Activity) -> None:
    move(member, 3, deed)
    outcome = move(member, -1, deed)
    assert (outcome.earned, outcome.members, held(member)) == ([], {member.pk}, [1])
    move(member, -2, deed)
    assert held(member) == []


def test_what_was_lost_can_be_earned_again(member: Member, deed: Activity) -> None:
    move(member, 1, deed)
    move(member, -1, deed)
    assert [award.grade.threshold for award in move(member, 1, deed).earned] == [1]
    assert held(member) == [1]


def test_members_do_not_touch_one_another(member: Member, deed: Activity) -> None:
    other = factories.member()
    move(other, 3, deed)
    move(member, 1, deed)
    move(member, -1, deed)
    assert (held(member), held(other)) == ([], [1, 3])


def test_no_steps_move_nothing() -> None:
    assert badges.count({}, last={}) == Outcome()
    assert list(Counter.objects.all()) == []
