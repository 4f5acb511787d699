"""Times of a week: what they are, and whether somebody is there."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat import hours

MONDAY = datetime(2026, 11, 23)  # noqa: DTZ001 - a local clock
MORNING = {"weekday": 0, "from": "09:00", "until": "12:00"}


@pytest.mark.parametrize(
    ("minute", "there", "until"),
    [(8 * 60 + 59, False, None), (9 * 60, True, "12:00"), (11 * 60 + 59, True, "12:00"), (12 * 60, False, None)],
)
def test_somebody_is_there_from_the_first_minute_to_before_the_last(minute: int, there: bool, until: str) -> None:
    local = MONDAY + timedelta(minutes=minute)

    assert (hours.is_open([MORNING], local), hours.until([MORNING], local)) == (there, until)


def test_another_day_is_another_day() -> None:
    assert not hours.is_open([MORNING], MONDAY + timedelta(days=1, hours=10))


def test_no_times_mean_always_and_have_no_end() -> None:
    assert (hours.is_open([], MONDAY), hours.until([], MONDAY)) == (True, None)


def test_a_day_may_be_whole() -> None:
    whole = [{"weekday": 6, "from": "00:00", "until": "24:00"}]

    assert hours.is_open(whole, MONDAY - timedelta(minutes=1))


@pytest.mark.parametrize(
    "schedule",
    [
        [{"weekday": 7, "from": "09:00", "until": "12:00"}],
        [{"weekday": True, "from": "09:00", "until": "12:00"}],
        [{"weekday": 0, "from": "12:00", "until": "09:00"}],
        [{"weekday": 0, "from": "9:00", "until": "12:00"}],
        [{"weekday": 0, "from": "09:00", "until": "24:01"}],
        [{"weekday": 0, "from": 9, "until": "12:00"}],
        [{"weekday": 0}],
        [MORNING, {"weekday": 0, "from": "11:59", "until": "14:00"}],
        [{"weekday": day % 7, "from": f"{day // 7:02}:00", "until": f"{day // 7:02}:30"} for day in range(22)],
    ],
)
def test_what_are_no_times_is_refused(schedule: list[dict[str, Any]]) -> None:
    with pytest.raises(hours.BadTimes):
        hours.parse(schedule)


@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 1439), st.integers(1, 1440)), max_size=6),
    st.integers(0, 7 * 1440 - 1),
)
def test_it_agrees_with_looking_at_every_minute(times: list[tuple[int, int, int]], minute: int) -> None:
    schedule = [
        {"weekday": day, "from": f"{a // 60:02}:{a % 60:02}", "until": f"{b // 60:02}:{b % 60:02}"}
        for day, a, b in times
    ]
    try:
        spans = hours.parse(schedule)
    except hours.BadTimes:
        return
    day, clock = divmod(minute, 1440)
    naive = not spans or any(one.weekday == day and clock in range(one.begin, one.end) for one in spans)

    assert hours.is_open(schedule, MONDAY + timedelta(minutes=minute)) == naive
