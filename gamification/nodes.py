"""The parts of a condition and of a cap, as plain data: made by ``parsing``, compiled by ``trees``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from gamification.facts import Value

Whose = Literal["recipient", "actor"]

#: Which comparisons make sense for what.
CHOOSING: Final = ("eq", "ne", "in", "not_in")
COUNTING: Final = ("ge", "gt", "eq", "ne", "le", "lt")
TIERS: Final = ("bronze", "silver", "gold")
PER: Final = ("member", "pair", "subject", "thread")
PERIODS: Final = ("day", "week", "month", "ever")


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Node


@dataclass(frozen=True, slots=True)
class FactIs:
    """A comparison with a fact of the deed."""

    fact: str
    op: str
    value: Value | tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class MetricIs:
    """A comparison with how often something happened to somebody."""

    metric: str
    of: Whose
    days: int | None
    distinct: bool
    op: str
    value: int


@dataclass(frozen=True, slots=True)
class StreakIs:
    """A comparison with the length of a streak."""

    slug: str
    op: str
    value: int


@dataclass(frozen=True, slots=True)
class HasBadge:
    """The recipient holds a badge, in any tier if none is named."""

    slug: str
    tier: str | None


@dataclass(frozen=True, slots=True)
class LevelIs:
    """A comparison with the recipient's level."""

    op: str
    value: int


@dataclass(frozen=True, slots=True)
class MemberDaysAre:
    """A comparison with the days since the recipient joined."""

    op: str
    value: int


Leaf = FactIs | MetricIs | StreakIs | HasBadge | LevelIs | MemberDaysAre
Node = All | AnyOf | Not | Leaf
#: What an empty condition says: always.
ALWAYS: Final = All(())


@dataclass(frozen=True, slots=True)
class Limit:
    """One cap: so many times, or so many points of reputation, in a period for each ``per``."""

    per: Literal["member", "pair", "subject", "thread"]
    period: Literal["day", "week", "month", "ever"]
    times: int | None = None
    amount: int | None = None
