"""Conditions for tests: generated ones, situations to ask them in, and an interpreter that is easy to believe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from gamification.facts import FACTS, METRICS, Kind, Value
from gamification.nodes import CHOOSING, COUNTING, TIERS, Whose
from gamification.parsing import MAX_DEPTH

Tree = Mapping[str, Any]
SLUGS = ("steady-hands", "honest-word")
NUMBERS = st.integers(0, 6)


@dataclass
class Case:
    """A situation written down."""

    facts: dict[str, Value] = field(default_factory=dict)
    metrics: dict[tuple[str, str, int | None, bool], int] = field(default_factory=dict)
    streaks: dict[str, int] = field(default_factory=dict)
    badges: set[tuple[str, str | None]] = field(default_factory=set)
    reached: int = 0
    days: int = 0

    def fact(self, name: str, /) -> Value:
        return self.facts.get(name)

    def metric(self, name: str, /, of: Whose, days: int | None, *, distinct: bool) -> int:
        return self.metrics.get((name, of, days, distinct), 0)

    def streak(self, slug: str, /) -> int:
        return self.streaks.get(slug, 0)

    def has_badge(self, slug: str, /, tier: str | None) -> bool:
        return (slug, tier) in self.badges

    def level(self) -> int:
        return self.reached

    def member_days(self) -> int:
        return self.days


def naive(tree: Tree, case: Case) -> bool:
    """Whether ``tree`` holds, read straight from its JSON."""
    if tree == {}:
        return True
    if "all" in tree:
        return all(naive(part, case) for part in tree["all"])
    if "any" in tree:
        return any(naive(part, case) for part in tree["any"])
    if "not" in tree:
        return not naive(tree["not"], case)
    if "badge" in tree:
        return (tree["badge"], tree.get("tier")) in case.badges
    return _compare(_asked(tree, case), tree["is"], tree["value"])


def _asked(tree: Tree, case: Case) -> Any:
    if "fact" in tree:
        return case.facts.get(tree["fact"])
    if "metric" in tree:
        key = (tree["metric"], tree.get("of", "recipient"), tree.get("days"), tree.get("distinct", False))
        return case.metrics.get(key, 0)
    if "streak" in tree:
        return case.streaks.get(tree["streak"], 0)
    return case.reached if "level" in tree else case.days


def _compare(value: Any, op: str, wanted: Any) -> bool:
    if op in {"in", "not_in"}:
        return (value in wanted) == (op == "in")
    if op in {"eq", "ne"}:
        return bool((value == wanted) == (op == "eq"))
    above, equal = value > wanted, value == wanted
    return bool({"lt": not above and not equal, "le": not above, "gt": above, "ge": above or equal}[op])


def _values(name: str) -> st.SearchStrategy[Any]:
    fact = FACTS[name]
    if fact.kind is Kind.ROW:
        return st.integers(1, 4)
    return st.sampled_from(fact.choices) if fact.kind is Kind.CHOICE else st.booleans()


def _about_facts(name: str) -> st.SearchStrategy[Tree]:
    if FACTS[name].kind is Kind.FLAG:
        return st.fixed_dictionaries({"fact": st.just(name), "is": st.just("eq"), "value": _values(name)})
    one = st.fixed_dictionaries({"fact": st.just(name), "is": st.sampled_from(CHOOSING[:2]), "value": _values(name)})
    several = st.fixed_dictionaries(
        {
            "fact": st.just(name),
            "is": st.sampled_from(CHOOSING[2:]),
            "value": st.lists(_values(name), min_size=1, max_size=3),
        }
    )
    return one | several


COMPARED = {"is": st.sampled_from(COUNTING), "value": NUMBERS}
LEAVES: st.SearchStrategy[Tree] = st.one_of(
    st.sampled_from(sorted(FACTS)).flatmap(_about_facts),
    st.fixed_dictionaries(
        {"metric": st.sampled_from(sorted(METRICS)), **COMPARED},
        optional={
            "of": st.sampled_from(("recipient", "actor")),
            "days": st.sampled_from((None, 7, 90)),
            "distinct": st.booleans(),
        },
    ),
    st.fixed_dictionaries({"streak": st.sampled_from(SLUGS), **COMPARED}),
    st.fixed_dictionaries({"badge": st.sampled_from(SLUGS)}, optional={"tier": st.sampled_from((None, *TIERS))}),
    st.fixed_dictionaries({"level": st.just(True), **COMPARED}),
    st.fixed_dictionaries({"member_days": st.just(True), **COMPARED}),
)


def _deep(depth: int) -> st.SearchStrategy[Tree]:
    if depth == 1:
        return LEAVES
    below = _deep(depth - 1)
    parts = st.lists(below, min_size=1, max_size=3)
    return st.one_of(
        LEAVES,
        st.fixed_dictionaries({"all": parts}),
        st.fixed_dictionaries({"any": parts}),
        st.fixed_dictionaries({"not": below}),
    )


def size(tree: Tree) -> int:
    """How many nodes ``tree`` has."""
    below = [*tree.get("all", ()), *tree.get("any", ()), *([tree["not"]] if "not" in tree else [])]
    return 1 + sum(map(size, below)) if tree else 0


TREES: st.SearchStrategy[Tree] = (st.just({}) | _deep(MAX_DEPTH)).filter(lambda tree: size(tree) <= 50)
CASES: st.SearchStrategy[Case] = st.builds(
    Case,
    facts=st.fixed_dictionaries({}, optional={name: _values(name) for name in FACTS}),
    metrics=st.dictionaries(
        st.tuples(
            st.sampled_from(sorted(METRICS)),
            st.sampled_from(("recipient", "actor")),
            st.sampled_from((None, 7, 90)),
            st.booleans(),
        ),
        NUMBERS,
    ),
    streaks=st.dictionaries(st.sampled_from(SLUGS), NUMBERS),
    badges=st.sets(st.tuples(st.sampled_from(SLUGS), st.sampled_from((None, *TIERS)))),
    reached=NUMBERS,
    days=NUMBERS,
)
