"""Rerun: let the whole journal take effect again, in recorded order, in memory and beside everything that is kept."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import ClassVar, Final

from django.db import connection, transaction
from django.utils import timezone

from community.models import Member
from gamification import engine
from gamification.comparison import Side
from gamification.engine import Decision, Rule, Rules
from gamification.models import Level, RuleVersion
from gamification.queries import history, streaks
from gamification.services import preparation
from gamification.state import Deed, Paid, State
from gamification.streaks import Streaks

#: Before anything was ever done here: from then on a version is in force that also decides about the past.
BEGINNING: Final = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Sums(engine.Effects):
    """What a dry run keeps: sums by member and by day, and how the version ``watched`` decided."""

    explains: ClassVar[bool] = False
    watched: int = 0
    reputation: Tally[int] = field(default_factory=Tally)
    credits: Tally[int] = field(default_factory=Tally)
    by_day: Tally[int] = field(default_factory=Tally)
    grants: int = 0
    outcomes: Tally[str] = field(default_factory=Tally)

    def grant(self, paid: Paid) -> None:
        self._pay(paid, 1)

    def reverse(self, paid: Paid, undo: Deed) -> None:
        self._pay(paid, -1)

    def decide(self, decision: Decision) -> None:
        if decision.version == self.watched:
            self.outcomes[decision.outcome] += 1

    def move(self, move: object, step: int) -> None:
        """The state counts it."""

    def use(self, key: object, times: int, amount: int) -> None:
        """The state keeps it."""

    def side(self) -> Side:
        """The sums as a side of a comparison."""
        people = self.reputation.keys() | self.credits.keys()
        members = {member: (self.reputation[member], self.credits[member]) for member in people}
        days = {datetime.fromordinal(day).date(): amount for day, amount in self.by_day.items() if amount}
        return Side(members=members, days=days, grants=self.grants)

    def _pay(self, paid: Paid, sign: int) -> None:
        self.grants += sign
        if paid.currency == "credits":
            self.credits[paid.member] += sign * paid.amount
        else:
            self.reputation[paid.member] += sign * paid.amount
            self.by_day[paid.day] += sign * paid.amount


def rules(*, instead: RuleVersion | None = None) -> Rules:
    """Every version that is or was in force.

    With ``instead`` that version has always been in force, and the other versions of its rule never were.
    """
    versions = RuleVersion.objects.exclude(active_from=None).select_related("rule").order_by("rule_id", "id")
    if instead is None:
        return Rules(map(preparation.rule_of, versions))
    return Rules([*map(preparation.rule_of, versions.exclude(rule=instead.rule_id)), as_always(instead)])


def as_always(version: RuleVersion) -> Rule:
    """The version as if it had been in force from the beginning."""
    copy = RuleVersion(**{name: getattr(version, name) for name in _FIELDS})
    copy.active_from, copy.retired_at = BEGINNING, None
    return preparation.rule_of(copy)


def run(
    rules: Rules, effects: engine.Effects, *, up_to: int, until: datetime | None = None, sparing: bool = False
) -> tuple[State, int]:
    """Let every deed up to ``up_to`` take effect; return the state at the end and how many deeds it were.

    A ``sparing`` one counts only what the rules ask for, and for how many hold a badge.
    """
    state, journal = _empty(), _Journal()
    if sparing:
        needs = rules.needs
        state.counts_days, state.counts_pairs = bool(needs.windows), bool(needs.people)
        state.counts_balances = needs.levels
    state.streaks = Streaks(streaks.kinds() if rules.needs.streaks else {})
    deeds = journal.read(history.deeds(_wanted(rules, state.streaks), up_to=up_to))
    engine.run(deeds, rules, state, effects, zone=timezone.get_default_timezone(), until=until)
    return state, journal.count


def _wanted(rules: Rules, kept: Streaks) -> history.Wanted:
    """The deeds that matter to ``rules`` and fill days of ``kept`` streaks.

    Conditions look at the facts of theirs, caps for each thread do, and days are kept there.
    """
    asking = {
        rule.verb
        for rule in rules.by_version.values()
        if rule.condition is not None or any(limit.per == "thread" for limit in rule.limits)
    }
    filling = {verb for kind in kept.kinds.values() for verb in kind.verbs}
    return history.Wanted.of(rules.by_verb.keys() | filling, facts=asking | filling)


@contextmanager
def snapshot() -> Iterator[None]:
    """Let all reads see one moment of the database, without keeping anybody from writing meanwhile."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        # Django's own transactions on SQLite keep writers out; one that only reads does not.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def _empty() -> State:
    joined = Member.objects.values_list("pk", "joined_at").iterator(chunk_size=history.CHUNK)
    day_of = history.days(timezone.get_default_timezone())
    return State(
        undone=history.undone(),
        joined={pk: day_of(at) for pk, at in joined},
        badges=preparation.badges(),
        levels=tuple(Level.objects.order_by("threshold").values_list("threshold", "number")),
    )


@dataclass(slots=True)
class _Journal:
    """Counts the deeds on their way to the engine."""

    count: int = 0

    def read(self, deeds: Iterable[Deed]) -> Iterator[Deed]:
        for self.count, deed in enumerate(deeds, start=1):
            yield deed


_FIELDS: Final = (
    "id", "rule_id", "number", "verb", "recipient", "condition", "limits", "delay_days", "reputation", "credits",
)  # fmt: skip
