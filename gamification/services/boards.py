"""Boards: reputation by week, month and of all times, kept by increments."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable
from datetime import date

from gamification.models import BoardScore, Currency, Entry
from gamification.rules import Span, period_start
from gamification.services import increments

SPANS: tuple[Span, ...] = ("week", "month", "all")


def book(entries: Iterable[Entry]) -> None:
    """Add the reputation among ``entries`` to the boards of the days that they are booked on."""
    steps: Tally[tuple[Span, date, int]] = Tally()
    for entry in entries:
        if entry.currency == Currency.REPUTATION:
            for span in SPANS:
                steps[span, period_start(span, entry.booked_on), entry.member_id] += entry.amount
    increments.add(BoardScore, steps, key=("span", "start", "member"), value="score")
