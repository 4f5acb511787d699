"""Falls: a level or badge that a decision of the team takes stays for some days, and its owner reads what keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal

from django.db import transaction
from django.db.models import QuerySet

from community import freshness
from community.models import Notification, Standing
from community.services import notifications
from gamification.drawing import drawing
from gamification.models import Award, Balance, Currency, Grade, KeptLevel, Level
from gamification.queries import adjustments
from gamification.queries.days import site_day
from gamification.rules import level_at
from gamification.services import badges, locks, rows, standing, turns
from gamification.words import in_all_languages

LEVEL_FALLING: Final = "level.falling"
BADGE_FALLING: Final = "badge.falling"
#: For so many days after the one on which it is told the level or badge stays.
GRACE: Final = timedelta(days=3)
BATCH: Final = 500

#: Why it falls: what was counted wrongly, a rule that changed for the past, a level or badge that begins elsewhere.
Because = Literal["correction", "rule", "threshold"]


@dataclass(frozen=True, slots=True)
class Falling:
    """A grade that a member holds though ``missing`` of what it counts are missing."""

    grade: Grade
    member: int
    missing: int


@contextmanager
def softened(members: Iterable[int], *, because: Because, at: datetime) -> Iterator[None]:
    """Let ``members`` keep for some days the levels that they lose inside, and tell them.

    Inside a turn with the members locked, or alone. What is kept already is neither told again nor kept for longer.
    """
    people = sorted(set(members))
    before: dict[int, int] = {}
    for some in rows.batches(people, BATCH):
        before |= dict(Standing.objects.filter(member__in=some).values_list("member_id", "level"))
    yield
    ladder = {level.number: level for level in Level.objects.order_by("threshold")}
    for some in rows.batches(people, BATCH):
        _keep(some, before, ladder, because, at)


def keep_awards(falling: Sequence[Falling], *, because: Because, at: datetime) -> None:
    """Let the awards of ``falling`` stay for some days, and tell their holders. The caller holds the members' lock."""
    until = site_day(at) + GRACE
    for grade in {row.grade.pk for row in falling}:
        members = [row.member for row in falling if row.grade.pk == grade]
        Award.objects.filter(grade=grade, member__in=members).update(kept_until=until)
    notifications.tell([_badge_notice(row, until, because, at) for row in falling])


def land(*, at: datetime) -> None:
    """Let go of the levels and badges whose last day is over."""
    while _land(site_day(at)):
        pass


@transaction.atomic
def _land(today: date) -> int:
    """Let go of what some members kept; return of how many."""
    turns.together()
    if adjustments.moving():
        # A threshold moves at this moment: who loses what by that is not known before it is done.
        return 0
    levels, awards = KeptLevel.objects.filter(until__lt=today), Award.objects.filter(kept_until__lt=today)
    members = {member for kept in (levels, awards) for member in _first(kept)}
    if members:
        locks.members(members)
        levels.filter(member__in=members).delete()
        badges.withdraw(set(awards.filter(member__in=members).values_list("grade", "member")))
        standing.refresh(members)
        transaction.on_commit(freshness.changed, robust=True)
    return len(members)


def _first(kept: QuerySet[Any]) -> Iterable[int]:
    return kept.order_by("pk").values_list("member_id", flat=True)[:BATCH]


def _keep(
    members: Sequence[int], before: dict[int, int], ladder: dict[int, Level], because: Because, at: datetime
) -> None:
    steps = [(level.number, level.threshold) for level in ladder.values()]
    known = set(KeptLevel.objects.filter(member__in=members).values_list("member_id", "number"))
    purses = Balance.objects.filter(member__in=members, currency=Currency.REPUTATION)
    earned = dict(purses.values_list("member_id", "value"))
    kept: list[KeptLevel] = []
    told: list[Notification] = []
    until = site_day(at) + GRACE
    for member in members:
        reputation = earned.get(member, 0)
        top = ladder.get(before.get(member, 0))
        if top is None or level_at(reputation, steps)[0] == top.number:
            continue
        lost = [level for level in ladder.values() if reputation < level.threshold <= top.threshold]
        news = [level for level in lost if (member, level.number) not in known]
        kept += [KeptLevel(member_id=member, number=level.number, until=until) for level in news]
        told += [_notice(member, level, level.threshold - reputation, until, because, at) for level in news[-1:]]
    KeptLevel.objects.bulk_create(kept)
    notifications.tell(told)
    standing.refresh({row.member_id for row in kept})


def _notice(member: int, level: Level, missing: int, until: date, because: Because, at: datetime) -> Notification:
    return Notification(
        member_id=member,
        kind=LEVEL_FALLING,
        key=f"{LEVEL_FALLING}:{level.number}:{until}",
        facts={
            "because": because, "missing": missing, "until": until.isoformat(), **in_all_languages(level, "name"),
        },
        created_at=at,
    )  # fmt: skip


def _badge_notice(row: Falling, until: date, because: Because, at: datetime) -> Notification:
    badge = row.grade.badge
    return Notification(
        member_id=row.member,
        kind=BADGE_FALLING,
        key=f"{BADGE_FALLING}:{row.grade.pk}:{until}",
        facts={
            "because": because, "missing": row.missing, "metric": badge.metric, "until": until.isoformat(),
            "pin": drawing(row.grade), **in_all_languages(badge, "name"),
        },
        created_at=at,
    )  # fmt: skip
