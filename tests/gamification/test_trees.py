"""Conditions: what is checked, where it is wrong, and that the compiled form says what the tree says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gamification.nodes import Limit
from gamification.parsing import Known, Malformed, parse, parse_limits
from gamification.trees import compile_condition
from tests.gamification.conditions import CASES, TREES, Case, Tree, naive

LEVEL = {"level": True, "is": "ge", "value": 2}
TOPIC = {"fact": "topic", "is": "in", "value": [1, 2]}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 500) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(("all", "any", "not", "fact", "metric", "level", "badge", "is", "value", "days", "x")),
            inner,
        )
    ),
    max_leaves=12,
)


@given(TREES, CASES)
def test_the_compiled_condition_says_what_the_tree_says(tree: Tree, case: Case) -> None:
    assert compile_condition(tree)(case) is naive(tree, case)


def wrong_in(read: Callable[[object], object], data: object) -> Malformed | None:
    try:
        read(data)
    except Malformed as wrong:
        return wrong
    return None


@given(JSON)
def test_whatever_is_sent_ends_in_a_tree_or_in_a_located_error(data: Any) -> None:
    if wrong := wrong_in(parse, data):
        place = data
        for step in wrong.where[:-1]:
            place = place[step]
    for limits in (data, [data]):
        assert len(found.where if (found := wrong_in(parse_limits, limits)) else ()) <= 2


def test_no_condition_always_holds() -> None:
    assert compile_condition({})(Case()) is True


def test_a_deed_without_the_fact_is_none_of_the_named() -> None:
    assert compile_condition(TOPIC)(Case()) is False
    assert compile_condition({**TOPIC, "is": "not_in"})(Case()) is True


def nested(depth: int) -> dict[str, Any]:
    return LEVEL if depth == 1 else {"not": nested(depth - 1)}


@pytest.mark.parametrize(
    ("tree", "where", "code"),
    [
        ("answer.accepted", (), "not_a_node"),
        ({"all": []}, ("all",), "empty_group"),
        ({"all": [LEVEL], "any": [LEVEL]}, (), "not_a_node"),
        ({"all": [LEVEL, {"fact": "stars", "is": "eq", "value": 5}]}, ("all", 1, "fact"), "unknown_fact"),
        ({"not": {**LEVEL, "eval": "1"}}, ("not", "eval"), "unknown_key"),
        ({"level": True, "is": "ge"}, ("value",), "missing"),
        ({**LEVEL, "value": -1}, ("value",), "number_between"),
        ({**LEVEL, "value": True}, ("value",), "number_between"),
        ({**LEVEL, "is": "in"}, ("is",), "unknown_comparison"),
        ({**LEVEL, "is": "__class__"}, ("is",), "unknown_comparison"),
        ({**TOPIC, "value": []}, ("value",), "choose_a_value"),
        ({**TOPIC, "value": [1] * 51}, ("value",), "too_many_values"),
        ({**TOPIC, "value": [1, 9]}, ("value",), "no_such_row"),
        ({"fact": "phase", "is": "eq", "value": "never"}, ("value",), "choose_a_value"),
        ({"fact": "verified_purchase", "is": "ne", "value": True}, ("is",), "unknown_comparison"),
        ({"metric": "clicks", "is": "ge", "value": 1}, ("metric",), "unknown_metric"),
        ({"metric": "helpful_votes", "days": 367, "is": "ge", "value": 1}, ("days",), "number_between"),
        ({"metric": "helpful_votes", "of": "everybody", "is": "ge", "value": 1}, ("of",), "choose_a_value"),
        ({"streak": "weekly", "is": "ge", "value": 1}, ("streak",), "unknown_streak"),
        ({"badge": "made-up"}, ("badge",), "unknown_badge"),
        ({"badge": "steady-hands", "tier": "platinum"}, ("tier",), "unknown_tier"),
        (nested(6), ("not",) * 5, "too_deep"),
        ({"any": [LEVEL] * 50}, ("any", 49), "too_many_nodes"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(tree: object, where: tuple[str | int, ...], code: str) -> None:
    known = Known(rows={"topic": {1, 2}}, badges={"steady-hands"}, streaks=())
    with pytest.raises(Malformed) as wrong:
        parse(tree, known)
    assert (wrong.value.where, wrong.value.code) == (where, code)


def test_the_deepest_and_the_largest_condition_are_read() -> None:
    assert compile_condition(nested(5))(Case(reached=2)) is True
    assert compile_condition({"any": [LEVEL] * 49})(Case()) is False


def test_caps_are_read() -> None:
    data = [
        {"per": "thread", "period": "ever", "times": 1},
        {"per": "pair", "period": "week", "times": 3, "amount": None},
        {"per": "member", "period": "day", "amount": 200},
    ]
    assert parse_limits(data) == (
        Limit("thread", "ever", times=1),
        Limit("pair", "week", times=3),
        Limit("member", "day", amount=200),
    )
    assert parse_limits([]) == ()


@pytest.mark.parametrize(
    ("limits", "where", "code"),
    [
        ({}, (), "not_a_list"),
        ([{"per": "member", "period": "day"}], (0,), "times_or_amount"),
        ([{"per": "member", "period": "day", "times": 1, "amount": 1}], (0,), "times_or_amount"),
        ([{"per": "member", "period": "day", "times": 0}], (0, "times"), "number_between"),
        ([{"per": "everybody", "period": "day", "times": 1}], (0, "per"), "choose_a_value"),
        ([{"per": "member", "period": "hour", "times": 1}], (0, "period"), "choose_a_value"),
        ([{"per": "member", "times": 1}], (0, "period"), "missing"),
        ([{"per": "pair", "period": "day", "times": 1}] * 2, (1,), "same_limit_twice"),
        ([{"per": "pair", "period": "day", "times": 1}] * 9, (), "too_many_limits"),
    ],
)
def test_a_wrong_cap_is_named_with_its_place(limits: object, where: tuple[str | int, ...], code: str) -> None:
    with pytest.raises(Malformed) as wrong:
        parse_limits(limits)
    assert (wrong.value.where, wrong.value.code) == (where, code)
