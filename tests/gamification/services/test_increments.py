"""Increments: ``value = value + step``, rows made as they are needed."""

from __future__ import annotations

import pytest

from community.models import Member
from gamification.models import Counter
from gamification.services import increments
from tests import factories

pytestmark = pytest.mark.django_db
KEY = ("member", "metric")


def add(steps: dict[tuple[int, str], int]) -> dict[tuple[object, ...], int]:
    return increments.add(Counter, steps, key=KEY, value="value")


def kept() -> dict[tuple[int, str], int]:
    return {(row.member_id, row.metric): row.value for row in Counter.objects.all()}


def test_makes_missing_rows_and_moves_the_others(member: Member) -> None:
    other = factories.member()
    assert add({(member.pk, "helpful_votes"): 2}) == {(member.pk, "helpful_votes"): 2}
    after = add({(member.pk, "helpful_votes"): -5, (other.pk, "helpful_votes"): 1, (member.pk, "accepted_answers"): 4})
    assert after == {
        (member.pk, "helpful_votes"): -3,
        (other.pk, "helpful_votes"): 1,
        (member.pk, "accepted_answers"): 4,
    }
    assert kept() == after


def test_a_step_of_nothing_makes_no_row(member: Member) -> None:
    assert add({(member.pk, "helpful_votes"): 0}) == {}
    assert add({}) == {}
    assert kept() == {}


def test_takes_three_hundred_rows_at_once() -> None:
    pks = [member.pk for member in factories.many(factories.member, 300)]
    assert add({(pk, "helpful_votes"): pk for pk in reversed(pks)}) == {(pk, "helpful_votes"): pk for pk in pks}
    assert kept() == {(pk, "helpful_votes"): pk for pk in pks}


def test_what_is_written_is_a_value_and_never_part_of_the_statement(member: Member) -> None:
    hostile = "'; DROP TABLE x; --%s"
    assert add({(member.pk, hostile): 1}) == {(member.pk, hostile): 1}
    assert kept() == {(member.pk, hostile): 1}


def test_takes_more_rows_than_one_statement_may_have_values(member: Member) -> None:
    steps = {(member.pk, f"metric-{number:05}"): number + 1 for number in range(10_001)}
    assert add(steps) == steps
    assert kept() == steps
