"""What a few counts allow to be said: the published examples of both formulas, and what must hold for all counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.estimates import difference, share

COUNTS = st.integers(1, 500).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_a_share_has_wilsons_range(hits: int, of: int, low: float, high: float) -> None:
    found = share(hits, of)
    assert found is not None
    assert (found.value, round(found.low, 4), round(found.high, 4)) == (hits / of, low, high)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((0, 10), (0, 10), -0.2775, 0.2775),
    ],
)
def test_a_difference_has_newcombes_range(
    one: tuple[int, int], other: tuple[int, int], low: float, high: float
) -> None:
    found = difference(share(*one), share(*other))
    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_of_nobody_nothing_is_said() -> None:
    assert share(0, 0) is None
    assert difference(share(0, 0), share(1, 2)) is None


@given(COUNTS, COUNTS)
def test_a_range_holds_its_value_and_the_same_on_both_sides_may_be_chance(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    found, same = difference(share(*one), share(*other)), difference(share(*one), share(*one))
    assert found is not None
    assert same is not None
    assert -1 <= found.low <= found.value <= found.high <= 1
    assert same.may_be_chance
