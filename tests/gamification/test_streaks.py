"""Days in a row against a naive model: calendars of many zones, clocks that change, deeds in any order."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community import hours
from gamification.streaks import Kind, Run, Streaks, Terms, extend, length_on, run_of

DAY = timedelta(days=1)
FIRST = date(2026, 3, 1)
#: With and without summer time, by half hours, on both sides of the date line.
ZONES = st.sampled_from(
    ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Kiritimati", "UTC"]
)
DAYS = st.lists(st.integers(0, 40).map(lambda n: FIRST + DAY * n))
TERMS = st.builds(Terms, every=st.integers(1, 8), most=st.integers(0, 3))


def naive(days: list[date], terms: Terms, today: date) -> tuple[int, int, int]:
    """(length, longest, freezes) by walking the calendar one day after the other up to the last filled day."""
    filled = set(days)
    length = best = freezes = 0
    day = min(filled, default=today)
    while day <= max(filled, default=day - DAY):
        if day in filled:
            length += 1
            best = max(best, length)
            if length % terms.every == 0:
                freezes = min(freezes + 1, terms.most)
        elif freezes:
            freezes -= 1
        else:
            length = freezes = 0
        day += DAY
    return length, best, freezes


@given(days=DAYS, terms=TERMS)
def test_a_run_is_what_walking_the_calendar_finds(days: list[date], terms: Terms) -> None:
    run = run_of(days, terms)
    assert (run.length, run.best, run.freezes) == naive(days, terms, FIRST)


@given(days=DAYS, terms=TERMS)
def test_one_day_after_the_other_is_the_same_as_all_at_once(days: list[date], terms: Terms) -> None:
    run = Run()
    for day in sorted(days):
        run = extend(run, day, terms)
    assert run == run_of(days, terms) == run_of(list(reversed(days)), terms)


@given(days=DAYS, terms=TERMS, ahead=st.integers(0, 12))
def test_a_run_lives_as_long_as_a_deed_would_continue_it(days: list[date], terms: Terms, ahead: int) -> None:
    run = run_of(days, terms)
    today = max(days, default=FIRST) + DAY * ahead
    continued = extend(run, today, terms) if today not in days else run
    lives = bool(days) and (today in days or continued.length == run.length + 1)
    # A run of one day that broke looks like one that begins; only the day tells them apart.
    expected = run.length if lives and today <= (run.holds_until or FIRST) else 0
    assert length_on(run, today) == expected


@given(zone=ZONES, start=st.integers(0, 365), days=st.integers(1, 30), clock=st.times())
def test_a_deed_at_the_same_time_of_every_day_never_breaks(zone: str, start: int, days: int, clock: object) -> None:
    tz = ZoneInfo(zone)
    first = datetime(2026, 1, 1, tzinfo=UTC).date() + DAY * start
    moments = [hours.moment(first + DAY * n, clock, tz) for n in range(days)]  # type: ignore[arg-type]  # a time, says hypothesis
    run = run_of([hours.local_day(moment, tz) for moment in moments], Terms(most=0))
    assert run.length == days


@pytest.mark.parametrize(("zone", "night"), [("Europe/Berlin", 23), ("Europe/Berlin", 25), ("America/New_York", 25)])
def test_a_night_of_another_length_is_one_night(zone: str, night: int) -> None:
    tz = ZoneInfo(zone)
    day = {("Europe/Berlin", 23): date(2026, 3, 28), ("Europe/Berlin", 25): date(2026, 10, 24)}.get(
        (zone, night), date(2026, 10, 31)
    )
    evening = datetime.combine(day, datetime.min.time(), tz).replace(hour=23, minute=30)
    late = (evening.astimezone(UTC) + timedelta(hours=night)).astimezone(tz)
    assert run_of([evening.date(), late.date()], Terms()).length == 2


@given(
    ops=st.lists(st.tuples(st.integers(0, 20).map(lambda n: FIRST + DAY * n), st.booleans())),
    terms=TERMS,
    begin=st.integers(0, 20),
)
def test_days_filled_and_emptied_in_any_order_make_the_run_of_those_that_stand(
    ops: list[tuple[date, bool]], terms: Terms, begin: int
) -> None:
    standing: list[date] = []
    kinds = {"here": Kind(frozenset({"thread.created"}), terms)}
    streaks = Streaks(kinds)
    for number, (day, is_undo) in enumerate(ops):
        if number == begin:
            # As the worker has it: the run as it is kept, and the days, because some are emptied or come late.
            filled = {own: standing.count(own) for own in standing}
            streaks = Streaks(kinds, {(1, "here"): run_of(standing, terms)}, {(1, "here"): filled})
        if is_undo and standing:
            streaks.fill((1, "here"), standing.pop(0), -1)
        else:
            standing.append(day)
            streaks.fill((1, "here"), day, 1)
        for today in (day, day + DAY * 2):
            assert streaks.length(1, "here", today) == length_on(run_of(standing, terms), today)


def test_a_run_that_only_grows_needs_no_days() -> None:
    streaks = Streaks({"here": Kind(frozenset(), Terms())}, {(1, "here"): Run(4, 9, 1, FIRST)})
    for day in (FIRST, FIRST + DAY, FIRST + DAY, FIRST + DAY * 3):
        streaks.fill((1, "here"), day, 1)
    assert streaks.runs[1, "here"] == Run(6, 9, 0, FIRST + DAY * 3)
