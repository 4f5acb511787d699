"""Conditions compiled to functions. No Django, no database.

A condition is a tree of all, any, not and comparisons. It cannot loop, follow attributes or evaluate text; its depth
and size are bounded, so the cost of asking it is bounded too. Whoever evaluates deeds brings the ``Situation``.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol

from gamification.facts import Value
from gamification.nodes import (
    All,
    AnyOf,
    FactIs,
    HasBadge,
    LevelIs,
    MemberDaysAre,
    MetricIs,
    Node,
    Not,
    StreakIs,
    Whose,
)
from gamification.parsing import parse

OPERATORS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "in": lambda value, several: value in several,
    "not_in": lambda value, several: value not in several,
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
}


class Situation(Protocol):
    """What is known of a deed and its people at the moment when the deed is decided, the deed itself included."""

    def fact(self, name: str, /) -> Value:
        """A fact of the catalogue; ``None`` where the deed has none."""

    def metric(self, name: str, /, of: Whose, days: int | None, *, distinct: bool) -> int:
        """How often ``name`` moved for the member in the last ``days`` (of the site; ever if ``None``).

        ``distinct`` asks by how many different people.
        """

    def streak(self, slug: str, /) -> int:
        """The length of the recipient's running streak."""

    def has_badge(self, slug: str, /, tier: str | None) -> bool:
        """Whether the recipient holds the badge, in this tier if one is named."""

    def level(self) -> int:
        """The recipient's level."""

    def member_days(self) -> int:
        """For how many days the recipient has been a member."""


def compile_condition(tree: Mapping[str, object] | Node) -> Callable[[Situation], bool]:
    """Return the function that says whether the condition holds in a situation. Raises ``Malformed``."""
    return _compiled(parse(tree) if isinstance(tree, Mapping) else tree)


def _compiled(node: Node) -> Callable[[Situation], bool]:
    """Every branch is decided here once; what is returned only compares."""
    match node:
        case All(parts):
            return _joined([_compiled(part) for part in parts], until=False)
        case AnyOf(parts):
            return _joined([_compiled(part) for part in parts], until=True)
        case Not(part):
            inner = _compiled(part)
            return lambda situation: not inner(situation)
        case FactIs(fact, op, value):
            return _about_fact(fact, op, value)
        case HasBadge(slug, tier):
            return lambda situation: situation.has_badge(slug, tier)
        case _:
            number, compare, bound = _number_of(node), OPERATORS[node.op], node.value
            return lambda situation: compare(number(situation), bound)


def _number_of(node: MetricIs | StreakIs | LevelIs | MemberDaysAre) -> Callable[[Situation], int]:
    match node:
        case MetricIs(metric, of, days, distinct):
            return lambda situation: situation.metric(metric, of, days, distinct=distinct)
        case StreakIs(slug):
            return lambda situation: situation.streak(slug)
        case LevelIs():
            return lambda situation: situation.level()
        case MemberDaysAre():
            return lambda situation: situation.member_days()


def _joined(parts: list[Callable[[Situation], bool]], *, until: bool) -> Callable[[Situation], bool]:
    """Ask the parts in their order until one says ``until``."""
    if len(parts) == 1:
        return parts[0]

    def ask(situation: Situation) -> bool:
        for part in parts:
            if part(situation) is until:
                return until
        return not until

    return ask


def _about_fact(fact: str, op: str, value: Value | tuple[Value, ...]) -> Callable[[Situation], bool]:
    if isinstance(value, tuple):
        several, wanted = frozenset(value), op == "in"
        return lambda situation: (situation.fact(fact) in several) is wanted
    wanted = op == "eq"
    return lambda situation: (situation.fact(fact) == value) is wanted
