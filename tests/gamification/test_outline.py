"""Rows of an outline say the same condition as the tree that they came from, and errors find their row."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from gamification.outline import nested, row_at, rows_of, tree_of
from gamification.parsing import Malformed, parse
from tests.gamification.conditions import CASES, TREES, Case, Tree, naive

LEVEL = {"kind": "level", "counting": "ge", "number": 2}
TOPIC = {"kind": "topic", "choosing": "in", "values": ["topic:3", "phase:after"]}


@given(TREES, CASES)
def test_a_condition_survives_its_way_through_the_rows(tree: Tree, case: Case) -> None:
    join, rows = rows_of(tree)
    again, _places = tree_of(join, dict(enumerate(rows)))
    assert naive(again, case) is naive(tree, case)


@given(TREES)
def test_every_place_in_the_condition_leads_to_a_row(tree: Tree) -> None:
    join, rows = rows_of(tree)
    again, places = tree_of(join, dict(enumerate(rows)))
    parse(again)
    assert set(places.values()) == set(range(len(rows)))
    assert [number for number, _depth in nested(dict(enumerate(rows)))] == list(range(len(rows)))


def test_rows_need_no_order() -> None:
    rows: dict[int, dict[str, Any]] = {0: {**LEVEL, "inside": 2}, 1: TOPIC, 2: {"kind": "none"}}
    tree, places = tree_of("any", rows)
    assert tree == {
        "any": [
            {"fact": "topic", "is": "in", "value": [3]},
            {"not": {"level": True, "is": "ge", "value": 2}},
        ]
    }
    assert row_at(("any", 1, "not", "value"), places) == 0
    assert list(nested(rows)) == [(1, 0), (2, 0), (0, 1)]


@pytest.mark.parametrize(
    ("rows", "place", "code"),
    [
        ({0: {**LEVEL, "inside": 1}, 1: TOPIC}, 0, "inside_nothing"),
        ({0: {**LEVEL, "inside": 7}}, 0, "inside_nothing"),
        ({0: {"kind": "any", "inside": 1}, 1: {"kind": "all", "inside": 0}}, 0, "inside_itself"),
        ({0: {"kind": "any", "inside": 0}}, 0, "inside_itself"),
    ],
)
def test_rows_that_hang_in_the_air_are_refused(rows: dict[int, dict[str, Any]], place: int, code: str) -> None:
    with pytest.raises(Malformed) as wrong:
        tree_of("all", rows)
    assert (wrong.value.where, wrong.value.code) == ((place,), code)
    assert sorted(number for number, _depth in nested(rows)) == sorted(rows)


def test_an_empty_group_is_named_by_its_row() -> None:
    tree, places = tree_of("all", {0: LEVEL, 1: {"kind": "any"}})
    with pytest.raises(Malformed) as wrong:
        parse(tree)
    assert (wrong.value.code, row_at(wrong.value.where, places)) == ("empty_group", 1)
