"""Streaks as rules and pages read them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from community import hours
from community.models import Activity, Member
from gamification import streaks as pure
from gamification.models import Streak, StreakRun
from gamification.queries.days import site_day

#: Under which fact the journal keeps the doer's day, where it is another one than the site's.
LOCAL_DAY = "day"


@dataclass(frozen=True, slots=True)
class Flame:
    """One's own streak: how long it is today, and what keeps it."""

    streak: Streak
    length: int
    best: int
    freezes: int
    is_done_today: bool
    holds_until: date | None


def day_of(deed: Activity) -> date:
    """The day that a deed fills on its doer's calendar."""
    kept = deed.facts.get(LOCAL_DAY)
    return date.fromisoformat(kept) if kept else site_day(deed.at)


def lengths(members: Collection[int], *, at: datetime) -> Mapping[tuple[int, str], int]:
    """How long each streak of ``members`` is at ``at`` on their own calendars, by (member, slug); 0 is left out."""
    rows = StreakRun.objects.filter(member__in=members, length__gt=0).values_list(
        "member_id", "streak__slug", "length", "holds_until", "member__timezone"
    )
    return {
        (member, slug): length
        for member, slug, length, until, zone in rows
        if until and hours.local_day(at, hours.zone(zone)) <= until
    }


def flames(member: Member, *, at: datetime) -> list[Flame]:
    """The member's streaks, as long as anything was ever done for them."""
    today = hours.local_day(at, hours.zone(member.timezone))
    rows = StreakRun.objects.filter(member=member, best__gt=0).select_related("streak")
    return [_flame(row, today) for row in rows.order_by("streak__position", "streak_id")]


def _flame(row: StreakRun, today: date) -> Flame:
    run = pure.Run(row.length, row.best, row.freezes, row.last_day)
    length = pure.length_on(run, today)
    return Flame(
        streak=row.streak,
        length=length,
        best=row.best,
        freezes=row.freezes if length else 0,
        is_done_today=row.last_day is not None and row.last_day >= today,
        holds_until=row.holds_until if length else None,
    )
