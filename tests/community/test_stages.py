"""The clock of contests: each stage at its first instant, and wall times on the nights when clocks are changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.stages import NoSuchTime, Stage, Timetable, days_left, instant, wall_clock

DAY, TICK = timedelta(days=1), timedelta(microseconds=1)
START = datetime(2026, 7, 1, 10, tzinfo=UTC)
TABLE = Timetable(START, START + DAY, START + 2 * DAY, START + 3 * DAY)


@pytest.mark.parametrize(
    ("at", "stage"),
    [
        (START - TICK, Stage.UPCOMING),
        (START, Stage.SUBMIT),
        (START + DAY - TICK, Stage.SUBMIT),
        (START + DAY, Stage.VOTE),
        (START + 2 * DAY - TICK, Stage.VOTE),
        (START + 2 * DAY, Stage.JURY),
        (START + 3 * DAY - TICK, Stage.JURY),
        (START + 3 * DAY, Stage.ENDED),
    ],
)
def test_a_stage_begins_with_its_first_instant(at: datetime, stage: Stage) -> None:
    assert TABLE.stage(at) == stage


def test_without_a_jury_votes_count_until_the_end() -> None:
    table = Timetable(START, START + DAY, None, START + 3 * DAY)
    assert table.stage(START + 3 * DAY - TICK) == Stage.VOTE
    assert table.stage(START + 3 * DAY) == Stage.ENDED


@pytest.mark.parametrize(
    ("wall", "zone", "moment"),
    [
        # The offset of that day counts, not the one of today.
        ("2026-07-09T18:00", "Europe/Berlin", datetime(2026, 7, 9, 16, tzinfo=UTC)),
        ("2026-12-09T18:00", "Europe/Berlin", datetime(2026, 12, 9, 17, tzinfo=UTC)),
        # Shown twice in this night: the first.
        ("2026-10-25T02:30", "Europe/Berlin", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        ("2026-03-29T01:59", "Europe/Berlin", datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        ("2026-03-29T03:00", "Europe/Berlin", datetime(2026, 3, 29, 1, tzinfo=UTC)),
        ("2026-11-01T01:30", "America/New_York", datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
        ("2026-07-09T18:00", "Asia/Kathmandu", datetime(2026, 7, 9, 12, 15, tzinfo=UTC)),
    ],
)
def test_a_wall_time_is_one_moment(wall: str, zone: str, moment: datetime) -> None:
    assert instant(datetime.fromisoformat(wall), zone) == moment


@pytest.mark.parametrize(
    ("wall", "zone"),
    [
        ("2026-03-29T02:00", "Europe/Berlin"),
        ("2026-03-29T02:59:59", "Europe/Berlin"),
        ("2026-03-08T02:30", "America/New_York"),
    ],
)
def test_a_time_that_no_clock_shows_is_refused(wall: str, zone: str) -> None:
    with pytest.raises(NoSuchTime):
        instant(datetime.fromisoformat(wall), zone)


@given(
    st.datetimes(datetime.fromisoformat("2020-01-01"), datetime.fromisoformat("2035-01-01")),
    st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"]),
)
def test_what_a_manager_typed_is_shown_again(wall: datetime, zone: str) -> None:
    try:
        moment = instant(wall, zone)
    except NoSuchTime:
        return
    assert wall_clock(moment, zone) == wall


def test_a_day_that_has_begun_is_left() -> None:
    assert [days_left(START, START + gap) for gap in (-DAY, timedelta(0), TICK, DAY, DAY + TICK)] == [0, 0, 1, 1, 2]
