"""Hours of a member's own clock: quiet ones end, digests come at eight, also in nights with 23 and 25 hours."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community import hours

BERLIN, NEW_YORK, KATHMANDU = (hours.zone(name) for name in ("Europe/Berlin", "America/New_York", "Asia/Kathmandu"))
TEN, SEVEN = time(22), time(7)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "sent"),
    [
        ("2027-01-10 20:59", "2027-01-10 20:59"),  # 21:59 in Berlin
        ("2027-01-10 21:00", "2027-01-11 06:00"),
        ("2027-01-11 05:59", "2027-01-11 06:00"),
        ("2027-01-11 06:00", "2027-01-11 06:00"),
        ("2027-03-27 21:30", "2027-03-28 05:00"),  # the night that loses an hour
        ("2027-10-30 21:30", "2027-10-31 06:00"),  # the night that wins one
    ],
)
def test_what_falls_into_the_night_is_sent_when_it_ends(at: str, sent: str) -> None:
    assert hours.after_quiet(utc(at), BERLIN, TEN, SEVEN) == utc(sent)


def test_quiet_hours_may_lie_within_a_day_and_belong_to_the_members_own_clock() -> None:
    assert hours.after_quiet(utc("2027-01-10 12:30"), BERLIN, time(13), time(14)) == utc("2027-01-10 13:00")
    assert hours.after_quiet(utc("2027-01-10 12:30"), NEW_YORK, time(13), time(14)) == utc("2027-01-10 12:30")


def test_an_end_that_comes_twice_is_waited_for_and_one_that_is_skipped_counts_an_hour_later() -> None:
    end = time(2, 30)
    assert hours.after_quiet(utc("2027-10-31 01:15"), BERLIN, TEN, end) == utc("2027-10-31 01:30")
    assert hours.after_quiet(utc("2027-03-28 00:15"), BERLIN, TEN, end) == utc("2027-03-28 01:30")


@pytest.mark.parametrize(("begin", "end"), [(None, None), (TEN, None), (None, SEVEN), (TEN, TEN)])
def test_half_a_setting_is_no_quiet(begin: time | None, end: time | None) -> None:
    at = utc("2027-01-10 23:00")
    assert hours.after_quiet(at, BERLIN, begin, end) == at


def test_digests_come_at_eight_by_the_members_clock() -> None:
    at = utc("2027-03-27 10:00")
    assert hours.next_daily(at, BERLIN, time(8)) == utc("2027-03-28 06:00")
    assert hours.next_daily(at, KATHMANDU, time(8)) == utc("2027-03-28 02:15")
    assert hours.next_weekly(at, NEW_YORK, time(8)) == utc("2027-03-29 12:00")
    assert hours.next_weekly(utc("2027-03-29 06:00"), BERLIN, time(8)) == utc("2027-04-05 06:00")


def test_an_unknown_zone_is_berlins() -> None:
    assert hours.zone("Mars/Olympus") == BERLIN
    assert hours.zone("../etc/passwd") == BERLIN


@given(
    at=st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)).map(lambda naive: naive.replace(tzinfo=UTC)),  # noqa: DTZ001 - made aware beside it
    name=st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"]),
    begin=st.times(),
    end=st.times(),
)
def test_a_mail_waits_less_than_two_days_and_never_goes_back(at: datetime, name: str, begin: time, end: time) -> None:
    tz = hours.zone(name)
    sent = hours.after_quiet(at, tz, begin, end)
    assert at <= sent < at + timedelta(hours=26)
    assert at < hours.next_daily(at, tz, end) <= at + timedelta(hours=26)
