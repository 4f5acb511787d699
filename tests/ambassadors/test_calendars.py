"""Calendar files: the right moment on both sides of a change of clocks, and texts that stay texts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from ambassadors.calendars import Entry, written

CHANGED = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


def entry(start: datetime, **fields: Any) -> Entry:
    said: dict[str, Any] = {
        "uid": "event-7@community.example",
        "title": "Cupping",
        "starts_at": start,
        "ends_at": start + timedelta(hours=2),
        "zone": "Europe/Berlin",
        "changed_at": CHANGED,
        "revision": 3,
    }
    return Entry(**(said | fields))


def moment_of(read: object) -> datetime:
    """What a calendar reads as a moment, not as a whole day."""
    assert isinstance(read, datetime)
    return read.astimezone(UTC)


def read(*entries: Entry) -> Calendar:
    return Calendar.from_ical(written(entries, name="Events", language="en"))


@pytest.mark.parametrize(
    ("moment", "clock"),
    [
        (datetime(2026, 3, 28, 18, 0, tzinfo=UTC), "20260328T190000"),
        (datetime(2026, 3, 29, 18, 0, tzinfo=UTC), "20260329T200000"),
        (datetime(2026, 10, 24, 18, 0, tzinfo=UTC), "20261024T200000"),
        (datetime(2026, 10, 25, 18, 0, tzinfo=UTC), "20261025T190000"),
    ],
)
def test_a_moment_is_what_clocks_show_there_before_and_after_they_change(moment: datetime, clock: str) -> None:
    made = written([entry(moment)], name="Events", language="en")
    assert f"DTSTART;TZID=Europe/Berlin:{clock}".encode() in made
    assert b"BEGIN:VTIMEZONE" in made
    assert moment_of(Calendar.from_ical(made).events[0].start) == moment


def test_an_evening_over_the_hour_that_comes_twice_is_as_long_as_it_is() -> None:
    start = datetime(2026, 10, 24, 23, 0, tzinfo=UTC)
    [made] = read(entry(start, ends_at=start + timedelta(hours=3))).events
    assert moment_of(made.end) - moment_of(made.start) == timedelta(hours=3)


def test_texts_stay_texts() -> None:
    hostile = "Milk; honey, \\ and\nBEGIN:VALARM\r\nATTENDEE:x"
    made = read(entry(CHANGED, title=hostile, text=hostile, place="Deich 3, Bremen"))
    [event] = made.events
    assert str(event["description"]).replace("\r\n", "\n") == hostile.replace("\r\n", "\n")
    assert (str(event["location"]), list(event.subcomponents)) == ("Deich 3, Bremen", [])


def test_long_lines_are_folded_and_end_as_the_standard_says() -> None:
    made = written([entry(CHANGED, title="Ä" * 200)], name="Events", language="de")
    assert max(map(len, made.split(b"\r\n"))) <= 75
    assert b"\n" not in made.replace(b"\r\n", b"")


def test_calendars_take_the_newest() -> None:
    [event] = read(entry(CHANGED, state="CANCELLED")).events
    assert (event["sequence"], str(event["status"]), str(event["uid"])) == (
        3, "CANCELLED", "event-7@community.example",
    )  # fmt: skip
