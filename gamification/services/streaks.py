"""Streaks: deeds fill days of their doer's own calendar, undone deeds empty them again, runs follow."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from community import hours
from community.models import Activity, Member
from gamification import streaks as pure
from gamification.models import Streak, StreakDay, StreakRun
from gamification.queries.days import site_day
from gamification.queries.streaks import day_of
from gamification.services import increments

#: (streak, member)
Whose = tuple[int, int]


@dataclass(slots=True)
class Change:
    """The days of one streak of one member that were filled, and whether one was emptied."""

    filled: list[date] = field(default_factory=list)
    emptied: bool = False


def local_day(member: Member, at: datetime) -> str | None:
    """The day on the member's calendar as the journal keeps it, where it is another one than the site's.

    It stays with the deed, wherever the member lives later.
    """
    own = hours.local_day(at, hours.zone(member.timezone))
    return None if own == site_day(at) else own.isoformat()


def fill(activities: Iterable[Activity]) -> None:
    """Let the deeds of a batch fill days and its undos empty them. The caller holds the members' lock."""
    streaks = {streak.pk: streak for streak in Streak.objects.order_by("id")}
    steps: Tally[tuple[int, int, date]] = Tally()
    for activity in activities:
        deed = activity.undoes or activity
        for streak in streaks.values():
            if deed.verb in streak.verbs and deed.actor_id != deed.beneficiary_id:
                steps[streak.pk, deed.actor_id, day_of(deed)] += -1 if activity.undoes_id else 1
    changes: dict[Whose, Change] = {}
    after = increments.add(StreakDay, steps, key=("streak", "member", "day"), value="deeds")
    for (streak_id, member, when), deeds in after.items():
        day = when if isinstance(when, date) else date.fromisoformat(when)
        before = deeds - steps[streak_id, member, day]
        if (before > 0) != (deeds > 0):
            change = changes.setdefault((streak_id, member), Change())
            if deeds > 0:
                change.filled.append(day)
            else:
                change.emptied = True
    _follow(changes, streaks)


def recount(streak: Streak) -> None:
    """Derive every run of a streak anew after its freezes changed. Only where nobody evaluates meanwhile."""
    members = StreakDay.objects.filter(streak=streak).order_by().values_list("member", flat=True).distinct()
    _follow({(streak.pk, member): Change(emptied=True) for member in members}, {streak.pk: streak})


def _follow(changes: dict[Whose, Change], streaks: dict[int, Streak]) -> None:
    """Bring the runs in line with the days: a later day extends them, anything else counts the days anew."""
    if not changes:
        return
    runs = {whose: pure.Run() for whose in changes}
    for row in StreakRun.objects.filter(streak__in={s for s, _ in changes}, member__in={m for _, m in changes}):
        whose = row.streak_id, row.member_id
        if whose in changes:
            runs[whose] = pure.Run(row.length, row.best, row.freezes, row.last_day)
    anew = {whose for whose, change in changes.items() if change.emptied or _is_late(change.filled, runs[whose].last)}
    days = _days(anew)
    for whose, change in changes.items():
        terms = pure.Terms(streaks[whose[0]].freeze_every, streaks[whose[0]].freeze_most)
        if whose in anew:
            runs[whose] = pure.run_of(days.get(whose, ()), terms)
            continue
        for day in sorted(change.filled):
            runs[whose] = pure.extend(runs[whose], day, terms)
    StreakRun.objects.bulk_create(
        (
            StreakRun(
                streak_id=streak,
                member_id=member,
                length=run.length,
                best=run.best,
                freezes=run.freezes,
                last_day=run.last,
                holds_until=run.holds_until,
            )
            for (streak, member), run in sorted(runs.items())
        ),
        batch_size=500,
        update_conflicts=True,
        unique_fields=["streak", "member"],
        update_fields=["length", "best", "freezes", "last_day", "holds_until"],
    )


def _is_late(days: Iterable[date], last: date | None) -> bool:
    return last is not None and any(day < last for day in days)


def _days(wanted: set[Whose]) -> dict[Whose, list[date]]:
    found: dict[Whose, list[date]] = {}
    if wanted:
        rows = StreakDay.objects.filter(
            streak__in={s for s, _ in wanted}, member__in={m for _, m in wanted}, deeds__gt=0
        )
        for streak, member, day in rows.values_list("streak_id", "member_id", "day"):
            found.setdefault((streak, member), []).append(day)
    return found
