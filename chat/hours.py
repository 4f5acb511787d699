"""When somebody helps: times of the week on their own clock. Pure: a list and a local moment in, an answer out.

A schedule is a list of {"weekday": 0–6 from Monday, "from": "HH:MM", "until": "HH:MM"}; "until" may be "24:00". An
empty one means always.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

DAY = 24 * 60
CLOCK = re.compile(r"([01]\d|2[0-4]):([0-5]\d)")
#: So many times fit into one week's form, and more help nobody.
MOST = 21


class BadTimes(ValueError):
    """These are no times of a week."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From one minute of a weekday until another of the same day."""

    weekday: int
    begin: int
    end: int


def parse(schedule: Iterable[Mapping[str, Any]]) -> list[Span]:
    """The times in their order. Raises ``BadTimes`` for what is none, ends before it begins, or overlaps."""
    spans = sorted(_span(entry) for entry in schedule)
    if len(spans) > MOST:
        raise BadTimes
    for one, other in itertools.pairwise(spans):
        if one.weekday == other.weekday and other.begin < one.end:
            raise BadTimes
    return spans


def is_open(schedule: Iterable[Mapping[str, Any]], local: datetime) -> bool:
    """Whether somebody with this schedule helps at a moment of their own clock."""
    spans = parse(schedule)
    return not spans or _now(spans, local) is not None


def until(schedule: Iterable[Mapping[str, Any]], local: datetime) -> str | None:
    """The clock at which the present time ends; nothing where there is none, or none that ends."""
    span = _now(parse(schedule), local)
    return None if span is None else _clock(span.end)


def _now(spans: Iterable[Span], local: datetime) -> Span | None:
    minute = local.hour * 60 + local.minute
    return next((s for s in spans if s.weekday == local.weekday() and s.begin <= minute < s.end), None)


def _span(entry: Mapping[str, Any]) -> Span:
    try:
        weekday, begin, end = entry["weekday"], _minute(entry["from"]), _minute(entry["until"])
    except (KeyError, TypeError) as error:
        raise BadTimes from error
    if type(weekday) is not int or not 0 <= weekday <= 6 or begin >= end:
        raise BadTimes
    return Span(weekday, begin, end)


def _minute(clock: str) -> int:
    found = CLOCK.fullmatch(clock)
    minute = int(found[1]) * 60 + int(found[2]) if found else DAY + 1
    if minute > DAY:
        raise BadTimes
    return minute


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
