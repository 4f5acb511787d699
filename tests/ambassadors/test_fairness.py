"""Figures of fairness: known values, and what never changes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassadors.fairness import gini, top_share

counts = st.lists(st.integers(0, 500), min_size=2, max_size=30).filter(lambda found: sum(found) > 0)


@pytest.mark.parametrize(
    ("found", "value"),
    [
        ([5, 5, 5, 5], 0.0),
        ([0, 0, 0, 12], 0.75),
        ([1, 3], 0.25),
        ([0, 1], 0.5),
        ([], None),
        ([7], None),
        ([0, 0], None),
    ],
)
def test_known_values(found: list[int], value: float | None) -> None:
    assert gini(found) == (value if value is None else pytest.approx(value))


@given(counts)
def test_it_lies_between_nothing_and_all(found: list[int]) -> None:
    value = gini(found)
    assert value is not None
    assert -1e-9 <= value <= 1 - 1 / len(found) + 1e-9


@given(counts, st.integers(2, 9))
def test_neither_order_nor_scale_matters(found: list[int], scale: int) -> None:
    value = gini(found)
    assert gini(found[::-1]) == value
    assert gini([scale * count for count in found]) == pytest.approx(value)


@given(counts)
def test_giving_from_the_busiest_to_the_idlest_never_makes_it_less_fair(found: list[int]) -> None:
    busiest, idlest = found.index(max(found)), found.index(min(found))
    if found[busiest] - found[idlest] < 2:
        return
    fairer = [count - (place == busiest) + (place == idlest) for place, count in enumerate(found)]
    assert gini(fairer) < gini(found)  # type: ignore[operator] # neither is None here


@pytest.mark.parametrize(("found", "share"), [([10, 0, 0, 0, 0], 1.0), ([2, 2, 2, 2, 2], 0.2), ([3], 1.0), ([], None)])
def test_the_share_of_the_busiest(found: list[int], share: float | None) -> None:
    assert top_share(found) == share
