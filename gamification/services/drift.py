"""Drift: what differs between a replay of the journal and what is kept, part by part.

The shadow of a part is built in memory beside its table, and only rows that differ are handed on. Counts differ by
steps, so a step stays right while deeds go on: whoever mends adds it to what the row says then.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NamedTuple

from django.db.models import QuerySet, Sum

from community.models import Member, Topic
from gamification import engine
from gamification.engine import Decision
from gamification.models import (
    Award,
    Balance,
    BoardScore,
    CapUse,
    Counter,
    Currency,
    DayCount,
    Due,
    Entry,
    Grade,
    Level,
    PairDay,
    Revocation,
    RuleVersion,
    SeasonDay,
    Shadow,
    TopicScore,
)
from gamification.queries import adjustments, history, levels, paid
from gamification.queries.boards import periods
from gamification.rules import level_at
from gamification.state import Deed, Paid, State

Part = Shadow.Part
#: The tables of counts that belong to a part, told apart by the length of their keys.
TABLES: Final[Mapping[tuple[str, int], tuple[Any, tuple[str, ...], str]]] = {
    (Part.BALANCES, 2): (Balance, ("member", "currency"), "value"),
    (Part.COUNTERS, 2): (Counter, ("member", "metric"), "value"),
    (Part.DAYS, 3): (DayCount, ("member", "metric", "day"), "value"),
    (Part.PAIRS, 4): (PairDay, ("member", "metric", "day", "actor"), "value"),
    (Part.BOARDS, 3): (BoardScore, ("span", "start", "member"), "score"),
    (Part.BOARDS, 4): (TopicScore, ("topic", "span", "start", "member"), "score"),
}

Key = tuple[Any, ...]
#: What one version pays one member in one currency; a million deeds share a few of them.
Pay = tuple[int, int, str, int]


class Drift(NamedTuple):
    """One difference. ``key`` finds the row again; a day in it is written as in ISO 8601."""

    part: str
    member: int | None
    key: Key
    replayed: int
    kept: int


@dataclass(slots=True)
class Pays(engine.Effects):
    """What each deed pays at the end, and how the version ``watched`` decided."""

    watched: int = 0
    pays: dict[int, tuple[Pay, ...]] = field(default_factory=dict)
    known: dict[Hashable, Any] = field(default_factory=dict)

    def grant(self, paid: Paid) -> None:
        own = *self.pays.get(paid.deed, ()), (paid.version, paid.member, str(paid.currency), paid.amount)
        self.pays[paid.deed] = self.known.setdefault(own, own)

    def reverse(self, paid: Paid, undo: Deed) -> None:
        self.pays.pop(paid.deed, None)

    def decide(self, decision: Decision) -> None:
        if decision.version == self.watched:
            engine.Effects.decide(self, decision)

    def move(self, move: object, step: int) -> None:
        """The state counts it."""

    def use(self, key: object, times: int, amount: int) -> None:
        """The state keeps it."""


def find(state: State, pays: Pays, *, up_to: int) -> Iterator[Drift]:
    """Compare everything that is kept with the end of a replay up to the deed ``up_to``."""
    yield from ledger(pays, up_to=up_to)
    yield from _counted(Part.BALANCES, _balances(), Balance.objects.values_list("member_id", "currency", "value"))
    yield from _counted(Part.COUNTERS, state.counters, Counter.objects.values_list("member_id", "metric", "value"))
    yield from _counted(Part.DAYS, _days(state), DayCount.objects.values_list("member_id", "metric", "day", "value"))
    pairs = PairDay.objects.values_list("member_id", "metric", "day", "actor_id", "value")
    yield from _counted(Part.PAIRS, _pairs(state), pairs)
    yield from caps(state)
    yield from _boards()
    yield from _awards(state)
    yield from _levels()


def ledger(pays: Pays, *, up_to: int, decided: int | None = None) -> Iterator[Drift]:
    """Deeds for which the ledger pays something else than the replay. The key is deed, rule, currency and version.

    What waits is left out, because live it is decided a little later; but not that of the rule ``decided``.
    """
    rule_of = dict(RuleVersion.objects.order_by().values_list("pk", "rule_id"))
    later = Due.objects.exclude(rule_version__rule=decided) if decided else Due.objects.all()
    waiting = set(later.values_list("activity_id", "rule_version__rule_id"))
    owed = dict(pays.pays)
    for deed, entries in paid.by_deed(up_to=up_to):
        kept: Tally[tuple[int, int, str]] = Tally()
        for entry in entries:
            rule = entry.rule_version.rule_id if entry.rule_version else 0
            kept[rule, entry.member_id, entry.currency] += abs(entry.amount)
        yield from _deed(deed, owed.pop(deed, ()), kept, rule_of, waiting)
    for deed in sorted(owed):
        yield from _deed(deed, owed[deed], Tally(), rule_of, waiting)


def caps(state: State, *, rule: int | None = None) -> Iterator[Drift]:
    """Uses of caps, twice each: the times (1) and the amounts (2), which the last part of the key tells apart."""
    rows = CapUse.objects.filter(**({} if rule is None else {"rule": rule}))
    expected: dict[Key, int] = {}
    for (own, scope, start), (times, amount) in state.caps.items():
        if rule in {None, own}:
            expected[own, scope, date.fromordinal(start), "times"] = times
            expected[own, scope, date.fromordinal(start), "amount"] = amount
    kept = (
        ((own, scope, start, name), value)
        for own, scope, start, times, amount in rows.values_list("rule_id", "scope", "start", "times", "amount")
        for name, value in (("times", times), ("amount", amount))
    )
    yield from _differing(Part.CAPS, expected, kept, member=lambda _key: None)


def _deed(
    deed: int,
    owed: Iterable[Pay],
    kept: Tally[tuple[int, int, str]],
    rule_of: Mapping[int, int],
    waiting: set[tuple[int, int]],
) -> Iterator[Drift]:
    due = {(rule_of[version], member, currency): (version, amount) for version, member, currency, amount in owed}
    for key in sorted(due.keys() | kept.keys()):
        rule, member, currency = key
        version, amount = due.get(key, (0, 0))
        if amount != kept[key] and (deed, rule) not in waiting:
            yield Drift(Part.LEDGER, member, (deed, rule, currency, version), amount, kept[key])


def _counted(part: str, expected: Mapping[Key, int], rows: QuerySet[Any, Any]) -> Iterator[Drift]:
    """Differences of a table of counts, whose rows are the key and the value."""
    kept = ((tuple(row[:-1]), row[-1]) for row in rows.order_by().iterator(chunk_size=history.CHUNK))
    _model, names, _value = TABLES[part, len(rows.query.values_select) - 1]
    place = names.index("member")
    yield from _differing(part, expected, kept, member=lambda key: int(key[place]))


def _differing(
    part: str, expected: Mapping[Key, int], kept: Iterable[tuple[Key, int]], *, member: Callable[[Key], int | None]
) -> Iterator[Drift]:
    """A row that says nothing is the same as no row."""
    missing = dict(expected)
    for key, value in kept:
        wanted = missing.pop(key, 0)
        if wanted != value:
            yield Drift(part, member(key), _told(key), wanted, value)
    for key, wanted in missing.items():
        if wanted:
            yield Drift(part, member(key), _told(key), wanted, 0)


def _told(key: Key) -> Key:
    return tuple(part.isoformat() if isinstance(part, date) else part for part in key)


def _balances() -> dict[Key, int]:
    rows = Entry.objects.order_by().values_list("member_id", "currency").annotate(total=Sum("amount"))
    return {(member, currency): total for member, currency, total in rows}


def _days(state: State) -> dict[Key, int]:
    return {
        (member, metric, date.fromordinal(day)): value
        for (member, metric), days in state.days.items()
        for day, value in days.items()
    }


def _pairs(state: State) -> dict[Key, int]:
    return {
        (member, metric, date.fromordinal(day), actor): value
        for (member, metric), people in state.pairs.items()
        for actor, days in people.items()
        for day, value in days.items()
    }


def _boards() -> Iterator[Drift]:
    """Each score is the reputation booked on the days of its period, on the board of everything and on its topic's."""
    seasons = dict(SeasonDay.objects.values_list("day", "season__first_day"))
    topics = set(Topic.objects.values_list("pk", flat=True))
    scores: Tally[Key] = Tally()
    topical: Tally[Key] = Tally()
    booked = Entry.objects.filter(currency=Currency.REPUTATION).order_by()
    rows = booked.values_list("member_id", "booked_on", "activity__facts__topic").annotate(total=Sum("amount"))
    for member, day, topic, total in rows.iterator(chunk_size=history.CHUNK):
        for span, start in periods(day, seasons.get(day)):
            scores[span, start, member] += total
            if topic in topics:
                topical[topic, span, start, member] += total
    yield from _counted(Part.BOARDS, scores, BoardScore.objects.values_list("span", "start", "member_id", "score"))
    kept = TopicScore.objects.values_list("topic_id", "span", "start", "member_id", "score")
    yield from _counted(Part.BOARDS, topical, kept)


def _awards(state: State) -> Iterator[Drift]:
    """A grade is held by whom the replayed counters bring to its threshold, or keeps it for some days.

    Not by whom a manager took it back from; and what a worker is bringing in line is left to that worker.
    """
    revoked = set(Revocation.objects.filter(lifted_at=None).values_list("member_id", "grade_id"))
    grades: dict[str, list[tuple[int, int]]] = {}
    settled = Grade.objects.exclude(badge__in=adjustments.moving().badges)
    for pk, threshold, metric in settled.values_list("pk", "threshold", "badge__metric"):
        grades.setdefault(metric, []).append((pk, threshold))
    expected = {
        (member, grade): 1
        for (member, metric), value in state.counters.items()
        for grade, threshold in grades.get(metric, ())
        if value >= threshold and (member, grade) not in revoked
    }
    awards = Award.objects.filter(grade__in=settled).order_by("id")
    expected |= dict.fromkeys(awards.exclude(kept_until=None).values_list("member_id", "grade_id"), 1)
    kept = ((key, 1) for key in awards.values_list("member_id", "grade_id"))
    yield from _differing(Part.AWARDS, expected, kept, member=lambda key: int(key[0]))


def _levels() -> Iterator[Drift]:
    """The level beside a name is the one that the sum of the member's entries reaches, or one that is kept."""
    if adjustments.moving().levels:
        return
    ladder = list(Level.objects.values_list("number", "threshold"))
    booked = Entry.objects.filter(currency=Currency.REPUTATION).order_by().values_list("member_id")
    earned, kept = dict(booked.annotate(total=Sum("amount"))), levels.kept()
    shown = Member.objects.order_by().values_list("pk", "standing__level")
    for member, level in shown.iterator(chunk_size=history.CHUNK):
        reached, _progress = level_at(earned.get(member, 0), ladder, kept=kept.get(member, 0))
        if reached != (level or 0):
            yield Drift(Part.LEVELS, member, (member,), reached, level or 0)
