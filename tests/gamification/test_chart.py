"""The geometry of the line chart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gamification.chart import line_chart


def test_lays_the_values_out_from_left_to_right_between_zero_and_the_top() -> None:
    assert line_chart([0, 5, 10]) == {
        "high": 10,
        "line": "M0.0 100.0 L50.0 50.0 L100.0 0.0",
        "area": "M0.0 100.0 L50.0 50.0 L100.0 0.0 L100 100 L0 100 Z",
        "end": 6.0,
        "ticks": [(0, 86.0), (5, 46.0), (10, 6.0)],
    }


def test_weeks_without_any_gain_lie_on_the_ground() -> None:
    chart = line_chart([0, 0])
    assert (chart["high"], chart["line"], chart["end"]) == (10, "M0.0 100.0 L100.0 100.0", 86.0)


def test_a_week_in_which_more_was_taken_back_than_earned_lies_on_the_ground() -> None:
    assert line_chart([-40, 10])["line"] == "M0.0 100.0 L100.0 0.0"


@pytest.mark.parametrize(
    ("largest", "high"), [(1, 10), (10, 10), (11, 20), (61, 80), (81, 100), (100, 100), (101, 200)]
)
def test_the_top_is_a_round_number(largest: int, high: int) -> None:
    assert line_chart([0, largest])["high"] == high


@given(st.lists(st.integers(-1000, 100_000), min_size=2, max_size=60))
def test_no_point_leaves_the_plot(values: list[int]) -> None:
    chart = line_chart(values)
    points = [tuple(map(float, point.split())) for point in chart["line"].removeprefix("M").split(" L")]
    assert len(points) == len(values)
    assert all(0 <= x <= 100 and 0 <= y <= 100 for x, y in points)
    assert chart["high"] >= max(values)
