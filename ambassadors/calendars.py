"""Calendar files (RFC 5545) of events. Pure: entries in, bytes out.

Times are written as clocks show them where an event is, with the zone's rules beside them, so that a calendar is right
on both sides of a change of clocks, whatever its own zone is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as a calendar shows it. ``revision`` grows with each change, so that calendars take the newest."""

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    changed_at: datetime
    revision: int
    text: str = ""
    place: str = ""
    address: str = ""
    state: str = "CONFIRMED"


def written(entries: Iterable[Entry], *, name: str, language: str) -> bytes:
    """A calendar called ``name`` with ``entries``."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Kundenkreis//Events//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for entry in entries:
        calendar.add_component(_event(entry))
    calendar.add_missing_timezones()
    made: bytes = calendar.to_ical()
    return made


def _event(entry: Entry) -> Event:
    zone = ZoneInfo(entry.zone)
    event = Event()
    event.add("uid", entry.uid)
    event.add("summary", entry.title)
    event.add("dtstart", entry.starts_at.astimezone(zone))
    event.add("dtend", entry.ends_at.astimezone(zone))
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.revision)
    event.add("status", entry.state)
    for name, value in (("description", entry.text), ("location", entry.place), ("url", entry.address)):
        if value:
            event.add(name, value)
    return event
