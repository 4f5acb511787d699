"""Boards: reputation by the periods of the day on which it is booked."""

from __future__ import annotations

from datetime import date

import pytest

from community.models import Member
from gamification.models import BoardScore, Entry
from gamification.services import boards

pytestmark = pytest.mark.django_db
SUNDAY, MONDAY = date(2026, 3, 1), date(2026, 3, 2)


def entry(member: Member, amount: int, day: date, currency: str = "reputation") -> Entry:
    return Entry(member=member, amount=amount, booked_on=day, currency=currency)


def scores() -> dict[tuple[str, date], int]:
    return {(row.span, row.start): row.score for row in BoardScore.objects.all()}


def test_an_entry_counts_in_its_week_its_month_and_for_ever(member: Member) -> None:
    boards.book([entry(member, 10, SUNDAY), entry(member, 4, MONDAY)])
    assert scores() == {
        ("week", date(2026, 2, 23)): 10,
        ("week", MONDAY): 4,
        ("month", date(2026, 3, 1)): 14,
        ("all", date(2000, 1, 1)): 14,
    }


def test_a_reversal_restores_the_board_of_the_original_day(member: Member) -> None:
    boards.book([entry(member, 10, SUNDAY)])
    boards.book([entry(member, -10, SUNDAY)])
    assert set(scores().values()) == {0}


def test_credits_do_not_count(member: Member) -> None:
    boards.book([entry(member, 10, SUNDAY, "credits")])
    assert scores() == {}
