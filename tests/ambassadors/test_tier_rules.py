"""The rules of tiers: what is met, what is kept, and how long a month is."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassadors.tier_rules import Asked, Numbers, Step, criteria, kept, met, months_later

NOW = datetime(2026, 5, 31, tzinfo=UTC)
DAY = timedelta(days=1)


def test_what_is_not_asked_for_is_met() -> None:
    assert met(criteria(Asked(), Numbers(), Numbers()))


def test_each_criterion_says_what_there_is_and_what_is_needed() -> None:
    asked = Asked(consultations=100, rating=Decimal("4.3"), window_consultations=20)
    found = criteria(asked, Numbers(120, 40, 172), Numbers(12, 3, 15))
    assert [(one.name, one.has, one.needs, one.met) for one in found] == [
        ("consultations", Decimal(120), Decimal(100), True),
        ("rating", Decimal("4.3"), Decimal("4.3"), True),
        ("window_consultations", Decimal(12), Decimal(20), False),
    ]


def test_four_ratings_say_nothing_yet() -> None:
    assert (Numbers(4, 4, 20).rating, Numbers(5, 5, 24).rating) == (None, Decimal("4.8"))


@pytest.mark.parametrize(
    ("renewable", "until", "grace", "step"),
    [
        (False, None, None, Step.STAY),
        (False, NOW + DAY, None, Step.STAY),
        (True, NOW, None, Step.RENEWED),
        (False, NOW, None, Step.WARNED),
        (False, NOW - DAY, NOW + DAY, Step.STAY),
        (True, NOW - DAY, NOW + DAY, Step.RENEWED),
        (False, NOW - DAY, NOW, Step.LOST),
    ],
)
def test_a_tier_is_renewed_warned_of_and_only_then_lost(
    renewable: bool,
    until: datetime | None,
    grace: datetime | None,
    step: Step,
) -> None:
    assert kept(renewable=renewable, until=until, grace=grace, at=NOW) == step


def test_a_month_later_is_the_same_day_or_the_last_one() -> None:
    assert months_later(NOW, 1) == datetime(2026, 6, 30, tzinfo=UTC)
    assert months_later(NOW, 12) == datetime(2027, 5, 31, tzinfo=UTC)


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
def test_more_consultations_never_make_a_criterion_worse(has: int, more: int, needs: int) -> None:
    asked = Asked(consultations=needs)
    before, after = Numbers(has), Numbers(has + more)
    assert met(criteria(asked, after, Numbers())) >= met(criteria(asked, before, Numbers()))
