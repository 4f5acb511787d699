"""What the rules would have paid beside what they did pay: arithmetic on sums, without Django or a database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, TypedDict

from gamification.rules import level_at

#: Reputation and credits by member.
Sums = Mapping[int, tuple[int, int]]
NOTHING: Final = (0, 0)
#: So many winners and as many losers are named.
NAMED: Final = 10
#: So many weeks are drawn, the last ones.
WEEKS: Final = 104


class Totals(TypedDict):
    """What one side comes to: sums over everybody, and how many people got anything."""

    members: int
    reputation: int
    credits: int
    grants: int


class Change(TypedDict):
    """What one member would have instead, reputation and credits of before and after."""

    member: int
    reputation: tuple[int, int]
    credits: tuple[int, int]


class Week(TypedDict):
    """Reputation of one week, paid and simulated; ``start`` is its Monday."""

    start: str
    before: int
    after: int


class Comparison(TypedDict):
    """Everything that the page of a simulation shows, ready to be stored as JSON."""

    before: Totals
    after: Totals
    gaining: int
    losing: int
    levels_up: int
    levels_down: int
    weeks: list[Week]
    winners: list[Change]
    losers: list[Change]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the comparison: sums by member, reputation by day, and the number of grants that stand."""

    members: Sums
    days: Mapping[date, int]
    grants: int

    def totals(self) -> Totals:
        """Sum it up."""
        paid = [sums for sums in self.members.values() if sums != NOTHING]
        return Totals(
            members=len(paid),
            reputation=sum(reputation for reputation, _ in paid),
            credits=sum(credits for _, credits in paid),
            grants=self.grants,
        )


def compare(before: Side, after: Side, *, ladder: Sequence[tuple[int, int]]) -> Comparison:
    """Put both sides beside one another. ``ladder`` are (level number, reputation from)."""
    changes = [
        Change(member=member, reputation=(old[0], new[0]), credits=(old[1], new[1]))
        for member in sorted(before.members.keys() | after.members.keys())
        if (old := before.members.get(member, NOTHING)) != (new := after.members.get(member, NOTHING))
    ]
    steps = [_levels(change, ladder) for change in changes]
    ranked = sorted(changes, key=lambda change: (-_gain(change), change["member"]))
    return Comparison(
        before=before.totals(),
        after=after.totals(),
        gaining=sum(_gain(change) > 0 for change in changes),
        losing=sum(_gain(change) < 0 for change in changes),
        levels_up=sum(step > 0 for step in steps),
        levels_down=sum(step < 0 for step in steps),
        weeks=list(_weeks(before.days, after.days))[-WEEKS:],
        winners=[change for change in ranked[:NAMED] if _gain(change) > 0],
        losers=[change for change in reversed(ranked[-NAMED:]) if _gain(change) < 0],
    )


def cents(credits: int, *, each: Decimal) -> int:
    """What ``credits`` cost at ``each`` cents, in whole cents."""
    return int((credits * each).quantize(Decimal(1), ROUND_HALF_UP))


def _gain(change: Change) -> int:
    """Reputation counts, and credits where the reputation stays as it is."""
    reputation, credits = change["reputation"], change["credits"]
    return reputation[1] - reputation[0] or credits[1] - credits[0]


def _levels(change: Change, ladder: Sequence[tuple[int, int]]) -> int:
    before, after = (level_at(value, ladder)[0] for value in change["reputation"])
    return after - before


def _weeks(before: Mapping[date, int], after: Mapping[date, int]) -> Iterable[Week]:
    old, new = _by_week(before), _by_week(after)
    if not (old or new):
        return
    monday, last = min(old.keys() | new.keys()), max(old.keys() | new.keys())
    while monday <= last:
        yield Week(start=monday.isoformat(), before=old.get(monday, 0), after=new.get(monday, 0))
        monday += timedelta(weeks=1)


def _by_week(days: Mapping[date, int]) -> dict[date, int]:
    weeks: dict[date, int] = {}
    for day, amount in days.items():
        monday = day - timedelta(days=day.weekday())
        weeks[monday] = weeks.get(monday, 0) + amount
    return weeks
