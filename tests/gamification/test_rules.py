"""The arithmetic of thresholds, periods and levels."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gamification.rules import BEGINNING, Span, crossed, level_at, period_start


class TestCrossed:
    def test_names_what_was_reached_on_the_way_up_and_lost_on_the_way_down(self) -> None:
        assert crossed([25, 5, 1], 0, 5) == ([1, 5], [])
        assert crossed([25, 5, 1], 5, 0) == ([], [1, 5])
        assert crossed([25, 5, 1], 5, 24) == ([], [])

    @given(st.sets(st.integers(1, 30)), st.lists(st.integers(0, 30), min_size=1))
    def test_walking_any_way_leaves_exactly_the_thresholds_at_or_below_the_end(
        self, thresholds: set[int], way: list[int]
    ) -> None:
        held: set[int] = set()
        for before, after in zip([0, *way], way, strict=False):
            reached, lost = crossed(thresholds, before, after)
            assert held.isdisjoint(reached)
            assert held.issuperset(lost)
            held = (held | set(reached)) - set(lost)
        assert held == {threshold for threshold in thresholds if threshold <= way[-1]}


class TestPeriods:
    @pytest.mark.parametrize(
        ("span", "day", "start"),
        [
            ("week", date(2026, 3, 2), date(2026, 3, 2)),  # a Monday
            ("week", date(2026, 3, 8), date(2026, 3, 2)),
            ("week", date(2026, 1, 1), date(2025, 12, 29)),
            ("month", date(2024, 2, 29), date(2024, 2, 1)),
            ("all", date(2026, 3, 2), BEGINNING),
        ],
    )
    def test_start_on_monday_on_the_first_or_at_the_beginning(self, span: Span, day: date, start: date) -> None:
        assert period_start(span, day) == start

    @given(st.dates(date(2000, 1, 10), date(2100, 1, 1)))
    def test_a_week_starts_on_the_monday_before_and_holds_seven_days(self, day: date) -> None:
        monday = period_start("week", day)
        assert (monday.isoweekday(), 0 <= (day - monday).days < 7) == (1, True)


class TestLevels:
    LADDER = ((1, 0), (2, 50), (3, 150))

    @pytest.mark.parametrize(
        ("reputation", "level"),
        [(0, (1, 0)), (25, (1, 50)), (49, (1, 98)), (50, (2, 0)), (149, (2, 99)), (150, (3, 100)), (9_999, (3, 100))],
    )
    def test_are_reached_at_their_threshold_and_tell_the_way_to_the_next(
        self, reputation: int, level: tuple[int, int]
    ) -> None:
        assert level_at(reputation, self.LADDER) == level

    def test_the_order_of_the_ladder_does_not_matter(self) -> None:
        assert level_at(60, reversed(self.LADDER)) == level_at(60, self.LADDER)

    def test_a_kept_level_counts_as_just_reached(self) -> None:
        number, floor = self.LADDER[-1]
        assert level_at(0, self.LADDER, kept=number) == level_at(floor, self.LADDER)
        assert level_at(10**6, self.LADDER, kept=self.LADDER[0][0]) == level_at(10**6, self.LADDER)
        assert level_at(0, self.LADDER, kept=99) == level_at(0, self.LADDER)

    def test_below_the_first_level_is_level_zero(self) -> None:
        assert level_at(5, [(1, 10)]) == (0, 50)
        assert level_at(-5, self.LADDER) == (0, 0)

    def test_without_any_level_there_is_no_way_either(self) -> None:
        assert level_at(100, []) == (0, 0)

    @given(st.integers(-10, 400), st.integers(0, 50))
    def test_more_reputation_never_means_a_lower_level(self, reputation: int, more: int) -> None:
        assert level_at(reputation, self.LADDER) <= level_at(reputation + more, self.LADDER)
