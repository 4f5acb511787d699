"""From JSON to a checked condition, with the place of what is wrong: any data ends in a tree or in ``Malformed``."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from gamification.facts import FACTS, METRICS, Kind, Value
from gamification.nodes import (
    ALWAYS,
    CHOOSING,
    COUNTING,
    PER,
    PERIODS,
    TIERS,
    All,
    AnyOf,
    FactIs,
    HasBadge,
    Leaf,
    LevelIs,
    Limit,
    MemberDaysAre,
    MetricIs,
    Node,
    Not,
    StreakIs,
)

MAX_DEPTH: Final = 5
MAX_NODES: Final = 50
MAX_VALUES: Final = 50
MAX_LIMITS: Final = 8
MAX_DAYS: Final = 366
MAX_NUMBER: Final = 1_000_000
MAX_SLUG: Final = 60

Where = tuple[str | int, ...]


class Malformed(ValueError):
    """Not a condition or cap. ``where`` leads to the place, ``code`` with ``values`` says what is wrong there."""

    def __init__(self, where: Where, code: str, **values: object) -> None:
        self.where, self.code, self.values = where, code, values
        super().__init__(f"{'.'.join(map(str, where)) or 'condition'}: {code}")


@dataclass(frozen=True, slots=True)
class Known:
    """The rows that a condition may name; ``None`` where that is not to be checked."""

    rows: Mapping[str, Container[int]] | None = None
    badges: Container[str] | None = None
    streaks: Container[str] | None = None


ANYTHING: Final = Known()


def parse(tree: object, known: Known = ANYTHING) -> Node:
    """Read a condition. Raises ``Malformed`` with the place of the first thing that is wrong."""
    if tree == {}:
        return ALWAYS
    return _Reader(known).node(tree, (), 1)


def parse_limits(data: object) -> tuple[Limit, ...]:
    """Read the caps of a rule. Raises ``Malformed``."""
    if not isinstance(data, list):
        raise Malformed((), "not_a_list")
    if len(data) > MAX_LIMITS:
        raise Malformed((), "too_many_limits", most=MAX_LIMITS)
    limits = tuple(_limit(row, (number,)) for number, row in enumerate(data))
    seen: set[tuple[str, str, bool]] = set()
    for number, limit in enumerate(limits):
        key = (limit.per, limit.period, limit.times is None)
        if key in seen:
            raise Malformed((number,), "same_limit_twice")
        seen.add(key)
    return limits


class _Reader:
    """Walks through the data once, counting nodes and depth."""

    def __init__(self, known: Known) -> None:
        self.known, self.nodes = known, 0
        self.leaves: Mapping[str, Callable[[Mapping[str, object], Where], Leaf]] = {
            "fact": self._fact,
            "metric": _metric,
            "streak": self._streak,
            "badge": self._badge,
            "level": lambda data, where: LevelIs(*_flagged(data, where, "level")),
            "member_days": lambda data, where: MemberDaysAre(*_flagged(data, where, "member_days")),
        }

    def node(self, data: object, where: Where, depth: int) -> Node:
        if not isinstance(data, Mapping):
            raise Malformed(where, "not_a_node")
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise Malformed(where, "too_many_nodes", most=MAX_NODES)
        if depth > MAX_DEPTH:
            raise Malformed(where, "too_deep", most=MAX_DEPTH)
        kinds = [key for key in ("all", "any", "not", *self.leaves) if key in data]
        if len(kinds) != 1:
            raise Malformed(where, "not_a_node")
        kind = kinds[0]
        if kind in self.leaves:
            return self.leaves[kind](data, where)
        _keys(data, where, {kind})
        if kind == "not":
            return Not(self.node(data["not"], (*where, "not"), depth + 1))
        parts = data[kind]
        if not isinstance(parts, list) or not parts:
            raise Malformed((*where, kind), "empty_group")
        nodes = tuple(self.node(part, (*where, kind, number), depth + 1) for number, part in enumerate(parts))
        return All(nodes) if kind == "all" else AnyOf(nodes)

    def _fact(self, data: Mapping[str, object], where: Where) -> FactIs:
        _keys(data, where, {"fact", "is", "value"})
        fact = FACTS.get(_text(data["fact"], (*where, "fact")))
        if fact is None:
            raise Malformed((*where, "fact"), "unknown_fact", name=data["fact"])
        op = _operator(data["is"], (*where, "is"), ("eq",) if fact.kind is Kind.FLAG else CHOOSING)
        place = (*where, "value")
        if op in {"in", "not_in"}:
            values = data["value"]
            if not isinstance(values, list | tuple) or not values:
                raise Malformed(place, "choose_a_value")
            if len(values) > MAX_VALUES:
                raise Malformed(place, "too_many_values", most=MAX_VALUES)
            return FactIs(fact.name, op, tuple(self._value(fact.name, value, place) for value in values))
        return FactIs(fact.name, op, self._value(fact.name, data["value"], place))

    def _value(self, name: str, value: object, where: Where) -> Value:
        fact = FACTS[name]
        if fact.kind is Kind.FLAG:
            if isinstance(value, bool):
                return value
        elif fact.kind is Kind.CHOICE:
            if isinstance(value, str) and value in fact.choices:
                return value
        elif isinstance(value, int) and not isinstance(value, bool) and value > 0:
            rows = None if self.known.rows is None else self.known.rows.get(name, ())
            if rows is not None and value not in rows:
                raise Malformed(where, "no_such_row", fact=name, value=value)
            return value
        raise Malformed(where, "choose_a_value")

    def _streak(self, data: Mapping[str, object], where: Where) -> StreakIs:
        _keys(data, where, {"streak", "is", "value"})
        slug = _slug(data["streak"], (*where, "streak"), self.known.streaks, "unknown_streak")
        return StreakIs(slug, *_comparison(data, where))

    def _badge(self, data: Mapping[str, object], where: Where) -> HasBadge:
        _keys(data, where, {"badge"}, optional={"tier"})
        slug = _slug(data["badge"], (*where, "badge"), self.known.badges, "unknown_badge")
        tier = data.get("tier")
        if tier is not None and tier not in TIERS:
            raise Malformed((*where, "tier"), "unknown_tier")
        return HasBadge(slug, str(tier) if tier else None)


def _metric(data: Mapping[str, object], where: Where) -> MetricIs:
    _keys(data, where, {"metric", "is", "value"}, optional={"of", "days", "distinct"})
    metric = _text(data["metric"], (*where, "metric"))
    if metric not in METRICS:
        raise Malformed((*where, "metric"), "unknown_metric", name=metric)
    of, days, distinct = data.get("of", "recipient"), data.get("days"), data.get("distinct", False)
    if days is not None:
        days = _number(days, (*where, "days"), least=1, most=MAX_DAYS)
    if not isinstance(distinct, bool):
        raise Malformed((*where, "distinct"), "choose_a_value")
    if of == "recipient":
        return MetricIs(metric, "recipient", days, distinct, *_comparison(data, where))
    if of == "actor":
        return MetricIs(metric, "actor", days, distinct, *_comparison(data, where))
    raise Malformed((*where, "of"), "choose_a_value")


def _limit(data: object, where: Where) -> Limit:
    if not isinstance(data, Mapping):
        raise Malformed(where, "not_a_node")
    _keys(data, where, {"per", "period"}, optional={"times", "amount"})
    for name, choices in (("per", PER), ("period", PERIODS)):
        if data[name] not in choices:
            raise Malformed((*where, name), "choose_a_value")
    bounds = {
        name: _number(data[name], (*where, name), least=1, most=MAX_NUMBER)
        for name in ("times", "amount")
        if data.get(name) is not None
    }
    if len(bounds) != 1:
        raise Malformed(where, "times_or_amount")
    return Limit(data["per"], data["period"], bounds.get("times"), bounds.get("amount"))


def _flagged(data: Mapping[str, object], where: Where, name: str) -> tuple[str, int]:
    _keys(data, where, {name, "is", "value"})
    if data[name] is not True:
        raise Malformed((*where, name), "not_a_node")
    return _comparison(data, where)


def _comparison(data: Mapping[str, object], where: Where) -> tuple[str, int]:
    op = _operator(data["is"], (*where, "is"), COUNTING)
    return op, _number(data["value"], (*where, "value"), least=0, most=MAX_NUMBER)


def _operator(op: object, where: Where, allowed: Sequence[str]) -> str:
    if not isinstance(op, str) or op not in allowed:
        raise Malformed(where, "unknown_comparison")
    return op


def _number(value: object, where: Where, *, least: int, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise Malformed(where, "number_between", least=least, most=most)
    return value


def _text(value: object, where: Where) -> str:
    if not isinstance(value, str) or not value:
        raise Malformed(where, "choose_a_value")
    return value


def _slug(value: object, where: Where, known: Container[str] | None, code: str) -> str:
    slug = _text(value, where)
    if len(slug) > MAX_SLUG or (known is not None and slug not in known):
        raise Malformed(where, code, name=slug[:MAX_SLUG])
    return slug


def _keys(
    data: Mapping[str, object], where: Where, wanted: set[str], *, optional: frozenset[str] | set[str] = frozenset()
) -> None:
    for name in sorted(wanted - data.keys()):
        raise Malformed((*where, name), "missing")
    for name in sorted(map(str, data.keys() - wanted - optional)):
        raise Malformed((*where, name), "unknown_key", name=name)
