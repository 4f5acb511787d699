"""What is odd about a rule although it may be written: told to its writer, never in the way. Pure arithmetic.

Whether a condition can hold is found by trying values: for everything that it asks, the few that its comparisons tell
apart. What is said to be out of reach is out of reach; some of what is out of reach is not found.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from gamification.facts import FACTS, THREADED, VOTES, Kind, Value, moved_by
from gamification.nodes import (
    All,
    AnyOf,
    FactIs,
    HasBadge,
    Leaf,
    Limit,
    MetricIs,
    Node,
    Not,
    StreakIs,
)
from gamification.trees import OPERATORS

#: Ways to satisfy a condition that are looked at; beyond them nothing is claimed.
MOST_WAYS: Final = 2_000

Literal = tuple[Leaf, bool]


@dataclass(frozen=True, slots=True)
class Offer:
    """The terms of one rule, read: what for, for whom, when, how often, how much."""

    name: str
    verb: str
    recipient: str
    node: Node
    limits: tuple[Limit, ...]
    reputation: int
    credits: int


@dataclass(frozen=True, slots=True)
class RuleWarning:
    """Something to think about; ``name`` is the other rule, where there is one."""

    code: str
    name: str = ""


def warnings(offer: Offer, others: Iterable[Offer] = ()) -> list[RuleWarning]:
    """What is odd about ``offer`` beside the ``others`` that are active."""
    if not can_hold([offer.node], offer.verb):
        return [RuleWarning("out_of_reach")]
    found = [RuleWarning(code) for code, odd in _own(offer) if odd]
    twins = [other for other in others if _together(offer, other)]
    return found + [RuleWarning("pays_twice", twin.name) for twin in twins]


def can_hold(nodes: Sequence[Node], verb: str) -> bool:
    """Whether some deed of ``verb`` satisfies all of ``nodes``; in doubt it does."""
    ways = list(islice(_ways(All(tuple(nodes)), wanted=True), MOST_WAYS + 1))
    return len(ways) > MOST_WAYS or any(_possible(way, verb) for way in ways)


def _own(offer: Offer) -> Iterator[tuple[str, bool]]:
    yield "pays_nothing", not (offer.reputation or offer.credits)
    yield "always", offer.node != All(()) and not can_hold([Not(offer.node)], offer.verb)
    yield "one_person", offer.verb in VOTES and not _looks_at_who(offer)
    yield "no_cap", not any(limit.per == "member" for limit in offer.limits)
    yield "cap_below_pay", any(limit.amount is not None and limit.amount < offer.reputation for limit in offer.limits)
    yield "no_question", offer.verb not in THREADED and any(limit.per == "thread" for limit in offer.limits)


def _looks_at_who(offer: Offer) -> bool:
    """Whether one person alone meets a bound: a cap for each pair, or a count of different people."""
    asks = any(isinstance(leaf, MetricIs) and leaf.distinct for leaf in _leaves(offer.node))
    return asks or any(limit.per == "pair" for limit in offer.limits)


def _together(offer: Offer, other: Offer) -> bool:
    same = (offer.verb, offer.recipient) == (other.verb, other.recipient)
    return same and can_hold([offer.node, other.node], offer.verb)


def _leaves(node: Node) -> Iterator[Leaf]:
    match node:
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from _leaves(part)
        case Not(part):
            yield from _leaves(part)
        case _:
            yield node


def _ways(node: Node, *, wanted: bool) -> Iterator[tuple[Literal, ...]]:
    """The ways in which ``node`` comes out as ``wanted``: each a list of comparisons and how they have to come out."""
    match node:
        case Not(part):
            yield from _ways(part, wanted=not wanted)
        case All(parts) | AnyOf(parts):
            if isinstance(node, All) is wanted:
                yield from _every(parts, wanted=wanted)
            else:
                for part in parts:
                    yield from _ways(part, wanted=wanted)
        case _:
            yield ((node, wanted),)


def _every(parts: Sequence[Node], *, wanted: bool) -> Iterator[tuple[Literal, ...]]:
    if not parts:
        yield ()
        return
    for first in _ways(parts[0], wanted=wanted):
        for rest in _every(parts[1:], wanted=wanted):
            yield first + rest


def _possible(way: tuple[Literal, ...], verb: str) -> bool:
    """Whether each thing that the way asks about has a value for which all its comparisons come out."""
    asked: dict[Hashable, list[Literal]] = {}
    for literal in way:
        asked.setdefault(_subject(literal[0]), []).append(literal)
    return all(_has_value(literals, verb) for literals in asked.values())


def _subject(leaf: Leaf) -> Hashable:
    match leaf:
        case FactIs(fact):
            return fact
        case MetricIs(metric, of, days, distinct):
            return metric, of, days, distinct
        case StreakIs(slug):
            return "streak", slug
        case HasBadge(slug, tier):
            return "badge", slug, tier
        case _:
            return type(leaf).__name__


def _has_value(literals: Sequence[Literal], verb: str) -> bool:
    first = literals[0][0]
    if isinstance(first, HasBadge):
        return len({wanted for _leaf, wanted in literals}) == 1
    if isinstance(first, FactIs):
        values = _values(first, literals, verb)
        return any(all(_fact_holds(leaf, value) is wanted for leaf, wanted in literals) for value in values)
    # The deed itself has moved what it moves for whom it honours, so less than one cannot be.
    own = isinstance(first, MetricIs) and first.of == "recipient" and first.metric == moved_by(verb)
    least = 1 if own else 0
    bounds = {leaf.value for leaf, _wanted in literals if not isinstance(leaf, FactIs | HasBadge)}
    numbers = {max(least, bound + step) for bound in bounds for step in (-1, 0, 1)}
    return any(all(_number_holds(leaf, number) is wanted for leaf, wanted in literals) for number in numbers)


def _values(leaf: FactIs, literals: Sequence[Literal], verb: str) -> set[Value]:
    """The values worth trying: all of a short list, those that are named, none at all, and one that nobody names."""
    fact = FACTS[leaf.fact]
    if verb not in fact.verbs:
        return {None}
    if fact.kind is Kind.CHOICE:
        return {None, *fact.choices}
    if fact.kind is Kind.FLAG:
        return {None, True, False}
    named: set[Value] = set()
    for other, _wanted in literals:
        if isinstance(other, FactIs):
            named.update(other.value if isinstance(other.value, tuple) else (other.value,))
    return {None, -1, *named}


def _fact_holds(leaf: Leaf, value: Value) -> bool:
    return isinstance(leaf, FactIs) and bool(OPERATORS[leaf.op](value, leaf.value))


def _number_holds(leaf: Leaf, number: int) -> bool:
    return not isinstance(leaf, FactIs | HasBadge) and bool(OPERATORS[leaf.op](number, leaf.value))
