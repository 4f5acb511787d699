"""What the engine knows and keeps while it runs: plain dictionaries, filled for a batch or growing from nothing.

Days are ordinals (``date.toordinal``) of the site's time zone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Literal, NamedTuple

from gamification.nodes import Limit
from gamification.rules import CurrencyName
from gamification.streaks import LOCAL_DAY, Streaks, Whose

FIRST_DAY = date(2000, 1, 1).toordinal()
#: (member, metric)
Measure = tuple[int, str]
#: (rule, scope, first day of the period)
CapKey = tuple[int, str, int]


class Move(NamedTuple):
    """A deed of ``day`` by ``other`` moves a metric of ``member`` by one."""

    member: int
    metric: str
    other: int
    day: int


class Deed(NamedTuple):
    """An activity, reduced to what decides. ``undoes`` is the id of the deed that this one takes back."""

    id: int
    verb: str
    actor: int
    beneficiary: int | None
    at: datetime
    day: int
    subject: tuple[str, int]
    facts: Mapping[str, object]
    undoes: int | None = None


class Paid(NamedTuple):
    """What a deed of ``day`` pays: ``entry`` is its row in the ledger, if it has one already."""

    version: int
    deed: int
    member: int
    currency: CurrencyName
    amount: int
    day: int
    entry: int | None = None


@dataclass(slots=True)
class Done:
    """What a deed did, so that an undo gives exactly that back."""

    move: Move | None = None
    paid: list[Paid] = field(default_factory=list)
    caps: list[tuple[CapKey, int]] = field(default_factory=list)
    waiting: list[tuple[int, int]] = field(default_factory=list)
    filled: list[tuple[Whose, date]] = field(default_factory=list)


class Step(NamedTuple):
    """A grade of a badge: held from ``threshold`` of ``metric`` on."""

    tier: str
    metric: str
    threshold: int


@dataclass(slots=True)
class State:
    """Everything that conditions and caps may ask. A dry run begins with an empty one."""

    counters: dict[Measure, int] = field(default_factory=dict)
    days: dict[Measure, dict[int, int]] = field(default_factory=dict)
    pairs: dict[Measure, dict[int, dict[int, int]]] = field(default_factory=dict)
    caps: dict[CapKey, list[int]] = field(default_factory=dict)
    balances: dict[tuple[int, CurrencyName], int] = field(default_factory=dict)
    done: dict[int, Done] = field(default_factory=dict)
    #: The deeds that will be taken back, where that is known: of no others it is kept what they did.
    undone: Collection[int] | None = None
    #: What nobody will ask for need not be counted: ``days``, ``pairs``, ``balances``.
    counts_days: bool = True
    counts_pairs: bool = True
    counts_balances: bool = True
    #: A heap of (when, deed, version) with the deed.
    dues: list[tuple[datetime, int, int, Deed]] = field(default_factory=list)
    joined: Mapping[int, int] = field(default_factory=dict)
    streaks: Streaks = field(default_factory=Streaks)
    badges: Mapping[str, Sequence[Step]] = field(default_factory=dict)
    #: The reputation from which each level is reached, in order, and the levels' numbers.
    levels: Sequence[tuple[int, int]] = ()

    def move(self, move: Move, step: int) -> None:
        """Count the deed, or with -1 the end of it."""
        member, metric, other, day = move
        measure = member, metric
        self.counters[measure] = self.counters.get(measure, 0) + step
        if self.counts_days:
            days = self.days.get(measure)
            if days is None:
                days = self.days[measure] = {}
            days[day] = days.get(day, 0) + step
        if self.counts_pairs:
            people = self.pairs.get(measure)
            if people is None:
                people = self.pairs[measure] = {}
            pair = people.get(other)
            if pair is None:
                pair = people[other] = {}
            pair[day] = pair.get(day, 0) + step

    def count(self, member: int, metric: str, until: int, days: int | None) -> int:
        """How often the metric moved for the member in the ``days`` that end with the day ``until``."""
        if days is None:
            return self.counters.get((member, metric), 0)
        kept = self.days.get((member, metric), {})
        return sum(value for day, value in kept.items() if until - days < day <= until)

    def people(self, member: int, metric: str, until: int, days: int | None) -> int:
        """By how many different people it moved in those days."""
        since = 0 if days is None else until - days
        return sum(
            any(value > 0 and since < day <= until for day, value in kept.items())
            for kept in self.pairs.get((member, metric), {}).values()
        )

    def pay(self, paid: Paid, step: int) -> None:
        """Move the balance by what was paid, or with -1 back."""
        if self.counts_balances:
            purse = paid.member, paid.currency
            self.balances[purse] = self.balances.get(purse, 0) + step * paid.amount

    def use(self, key: CapKey, times: int, amount: int) -> None:
        """Use up a cap, or give back with negative numbers."""
        used = self.caps.get(key)
        if used is None:
            used = self.caps[key] = [0, 0]
        used[0] += times
        used[1] += amount

    def level(self, member: int) -> int:
        """The level that the member's reputation reaches."""
        reputation = self.balances.get((member, "reputation"), 0)
        return max((number for threshold, number in self.levels if threshold <= reputation), default=0)

    def holds(self, member: int, badge: str, tier: str | None) -> bool:
        """Whether the counters reach the badge, in the tier if one is named."""
        return any(
            (tier is None or step.tier == tier) and self.counters.get((member, step.metric), 0) >= step.threshold
            for step in self.badges.get(badge, ())
        )


def own_day(deed: Deed, fact: str = LOCAL_DAY) -> date:
    """The day of a deed on its doer's calendar, or on the one whose day is kept as ``fact``."""
    kept = deed.facts.get(fact)
    return date.fromisoformat(kept) if isinstance(kept, str) else date.fromordinal(deed.day)


def fills(streaks: Streaks, deed: Deed) -> list[tuple[Whose, date]]:
    """The days that a deed fills; one to oneself fills none."""
    if deed.actor == deed.beneficiary:
        return []
    return [(whose, own_day(deed)) for whose in streaks.filled_by(deed.verb, deed.actor)]


def cap_key(rule: int, limit: Limit, deed: Deed, member: int) -> CapKey:
    """Where a limit keeps its uses: the deed's period and, within the member, what the cap is for each of."""
    scope = f"{limit.period}:{limit.per}:{member}"
    if limit.per == "pair":
        scope = f"{scope}:{deed.beneficiary if member == deed.actor else deed.actor}"
    elif limit.per != "member":
        kind, subject = deed.subject
        thread = deed.facts.get("thread") if limit.per == "thread" else None
        scope = f"{scope}:{kind}:{subject}" if thread is None else f"{scope}:{thread}"
    return rule, scope, period_start(limit.period, deed.day)


@lru_cache(maxsize=4096)
def period_start(period: Literal["day", "week", "month", "ever"], day: int) -> int:
    """The first day of the period that contains ``day``; weeks begin on Mondays."""
    if period == "day":
        return day
    if period == "week":
        return day - date.fromordinal(day).weekday()
    return date.fromordinal(day).replace(day=1).toordinal() if period == "month" else FIRST_DAY
