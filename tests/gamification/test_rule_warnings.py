"""Warnings: what is out of reach, what pays twice, and who could help a friend too much."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from gamification.facts import FACTS, moved_by
from gamification.nodes import Limit
from gamification.parsing import parse
from gamification.rule_warnings import Offer, RuleWarning, can_hold, warnings
from gamification.trees import compile_condition
from tests.gamification.conditions import CASES, TREES, Case, Tree

DAY = Limit("member", "day", amount=200)
PAIR = Limit("pair", "week", times=3)
OWN = {"metric": "accepted_answers"}
BEFORE = {"fact": "phase", "is": "eq", "value": "before"}


def offer(condition: object = None, *limits: Limit, **changes: Any) -> Offer:
    said: dict[str, Any] = {"verb": "answer.accepted", "recipient": "beneficiary", "reputation": 15, "credits": 15}
    return Offer(node=parse(condition or {}), limits=limits or (DAY, PAIR), **{"name": "This", **said, **changes})


def codes(of: Offer, *others: Offer) -> list[str]:
    return [odd.code for odd in warnings(of, others)]


@given(TREES, CASES)
def test_what_a_deed_can_meet_is_never_called_out_of_reach(tree: Tree, case: Case) -> None:
    case.facts = {name: value for name, value in case.facts.items() if "answer.accepted" in FACTS[name].verbs}
    moved = moved_by("answer.accepted")
    for days in (None, 7, 90):
        for distinct in (False, True):
            key = (str(moved), "recipient", days, distinct)
            case.metrics[key] = max(1, case.metrics.get(key, 0))
    if compile_condition(tree)(case):
        assert can_hold([parse(tree)], "answer.accepted")


@pytest.mark.parametrize(
    "condition",
    [
        {"all": [{"level": True, "is": "ge", "value": 3}, {"level": True, "is": "lt", "value": 3}]},
        {
            "all": [
                {"fact": "phase", "is": "in", "value": ["before"]},
                {"fact": "phase", "is": "not_in", "value": ["before"]},
            ]
        },
        {"all": [{"badge": "steady-hands"}, {"not": {"badge": "steady-hands"}}]},
        {"member_days": True, "is": "lt", "value": 0},
        {**OWN, "is": "lt", "value": 1},
        {"fact": "verified_purchase", "is": "eq", "value": True},
        {"not": {"any": [{"level": True, "is": "ge", "value": 1}, {"level": True, "is": "eq", "value": 0}]}},
    ],
)
def test_what_no_deed_can_meet_is_out_of_reach(condition: Tree) -> None:
    assert codes(offer(condition)) == ["out_of_reach"]


@pytest.mark.parametrize(
    "condition",
    [
        {},
        {"all": [{"level": True, "is": "ge", "value": 3}, {"level": True, "is": "le", "value": 3}]},
        {"fact": "topic", "is": "not_in", "value": [1, 2]},
        {**OWN, "of": "actor", "is": "lt", "value": 1},
        {"badge": "steady-hands"},
    ],
)
def test_what_some_deed_can_meet_gets_no_warning(condition: Tree) -> None:
    assert codes(offer(condition)) == []


def test_a_condition_that_every_deed_meets_says_nothing() -> None:
    assert codes(offer({**OWN, "is": "ge", "value": 1})) == ["always"]


def test_two_rules_that_pay_the_same_deed_are_named() -> None:
    after = {**BEFORE, "value": "after"}
    twin = offer(after, name="Twin")
    assert warnings(offer(after), [twin]) == [RuleWarning("pays_twice", "Twin")]
    assert warnings(offer(), [twin]) == [RuleWarning("pays_twice", "Twin")]
    assert warnings(offer(BEFORE), [twin]) == []
    assert warnings(offer(after, recipient="actor"), [twin]) == []
    assert warnings(offer(after, verb="answer.found_helpful"), [twin]) == []


def test_a_rule_on_votes_has_to_look_at_who_votes() -> None:
    votes = {"metric": "helpful_votes", "days": 90, "is": "ge", "value": 3}
    helpful = {"verb": "answer.found_helpful"}
    assert codes(offer(votes, DAY, **helpful)) == ["one_person"]
    assert codes(offer({**votes, "distinct": True}, DAY, **helpful)) == []
    assert codes(offer(votes, DAY, PAIR, **helpful)) == []


def test_amounts_and_caps_that_make_no_sense_are_told() -> None:
    assert codes(offer({}, PAIR)) == ["no_cap"]
    assert codes(offer({}, DAY, reputation=0, credits=0)) == ["pays_nothing"]
    assert codes(offer({}, Limit("member", "day", amount=10))) == ["cap_below_pay"]
    once = Limit("thread", "ever", times=1)
    assert codes(offer({}, DAY, PAIR, once, verb="review.found_helpful")) == ["no_question"]
    assert codes(offer({}, DAY, once)) == []


def test_a_condition_with_countless_ways_is_not_judged() -> None:
    either = {"any": [{"level": True, "is": "eq", "value": n} for n in range(4)]}
    assert codes(offer({"all": [either] * 9 + [{"badge": "a"}, {"not": {"badge": "a"}}]})) == []
