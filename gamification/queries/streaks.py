"""Streaks as rules and pages read them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from community import hours
from community.models import Activity, Member
from gamification import streaks as pure
from gamification.models import Streak, StreakDay, StreakRun
from gamification.queries.days import site_day


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
    kept = deed.facts.get(pure.LOCAL_DAY)
    return date.fromisoformat(kept) if kept else site_day(deed.at)


def kinds() -> dict[str, pure.Kind]:
    """Every streak as the engine takes it."""
    return {
        streak.slug: pure.Kind(frozenset(streak.verbs), pure.Terms(streak.freeze_every, streak.freeze_most))
        for streak in Streak.objects.order_by("position", "id")
    }


def runs(members: Collection[int]) -> dict[pure.Whose, pure.Run]:
    """Where the streaks of ``members`` stand."""
    rows = StreakRun.objects.filter(member__in=members, length__gt=0).order_by()
    columns = ("member_id", "streak__slug", "length", "best", "freezes", "last_day")
    return {(member, slug): pure.Run(*run) for member, slug, *run in rows.values_list(*columns)}


def filled(members: Collection[int]) -> dict[pure.Whose, dict[date, int]]:
    """The days that deeds of ``members`` fill, with the number of deeds."""
    rows = StreakDay.objects.filter(member__in=members, deeds__gt=0).order_by()
    found: dict[pure.Whose, dict[date, int]] = {}
    for member, slug, day, deeds in rows.values_list("member_id", "streak__slug", "day", "deeds"):
        found.setdefault((member, slug), {})[day] = deeds
    return found


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
