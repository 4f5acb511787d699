"""Hours of a member's own clock: when quiet ends, when the next digest is due. Pure: moments in, a moment out.

Quiet hours and digests are meant as the clock on the wall shows them, so every answer is found on the local calendar
and turned into a moment last; a night with 23 or 25 hours needs no case of its own.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

MONDAY = 0


def zone(name: str) -> ZoneInfo:
    """The time zone of that name; an unknown one, from an older database, counts as Berlin's."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("Europe/Berlin")


def local_day(at: datetime, tz: ZoneInfo) -> date:
    """The day that the member's calendar shows at ``at``."""
    return at.astimezone(tz).date()


def local_week(at: datetime, tz: ZoneInfo) -> str:
    """The member's calendar week at ``at``, as in ``2027-W09``."""
    year, week, _day = local_day(at, tz).isocalendar()
    return f"{year}-W{week:02}"


def after_quiet(at: datetime, tz: ZoneInfo, quiet_from: time | None, quiet_until: time | None) -> datetime:
    """``at`` itself, or the end of the quiet hours that it falls into."""
    if quiet_from is None or quiet_until is None or quiet_from == quiet_until:
        return at
    local = at.astimezone(tz)
    clock = local.time().replace(tzinfo=None, fold=0)
    overnight = quiet_from > quiet_until
    quiet = clock >= quiet_from or clock < quiet_until if overnight else quiet_from <= clock < quiet_until
    if not quiet:
        return at
    day = local.date() + timedelta(days=1) if overnight and clock >= quiet_from else local.date()
    end = moment(day, quiet_until, tz)
    # Where an hour comes twice, quiet lasts to the end of its second time.
    return end if end > at else moment(day, quiet_until, tz, fold=1)


def next_daily(at: datetime, tz: ZoneInfo, clock: time) -> datetime:
    """The first moment after ``at`` at which the local clock shows ``clock``."""
    return _next(at, tz, clock, step=1)


def next_weekly(at: datetime, tz: ZoneInfo, clock: time, weekday: int = MONDAY) -> datetime:
    """The first moment after ``at`` at which it is ``weekday`` and the local clock shows ``clock``."""
    return _next(at, tz, clock, step=7, weekday=weekday)


def moment(day: date, clock: time, tz: ZoneInfo, *, fold: int = 0) -> datetime:
    """The moment at which the local clock shows ``clock``; one that is skipped in spring counts an hour later."""
    return datetime.combine(day, clock, tz).replace(fold=fold).astimezone(UTC)


def _next(at: datetime, tz: ZoneInfo, clock: time, *, step: int, weekday: int | None = None) -> datetime:
    day = local_day(at, tz)
    if weekday is not None:
        day += timedelta(days=(weekday - day.weekday()) % 7)
    found = moment(day, clock, tz)
    return found if found > at else moment(day + timedelta(days=step), clock, tz)
