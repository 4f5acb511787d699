"""Scores: each term gives its points in proportion, never more than its weight, and says how."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassadors.scoring import Term, Wanted, most, terms, total

FIVE = Wanted("accepted", 3, 10, 40)


@pytest.mark.parametrize(
    ("value", "points", "is_met"),
    [
        (0, "0.0", False),
        (2, "8.0", False),
        (3, "12.0", True),
        (7, "28.0", True),
        (10, "40.0", True),
        (99, "40.0", True),
    ],
)
def test_points_grow_with_what_was_done_up_to_the_weight(value: int, points: str, is_met: bool) -> None:
    term = Term(FIVE, value)
    assert (term.points, term.is_met) == (Decimal(points), is_met)


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(0, 50), st.integers(0, 100)), max_size=6), st.data())
def test_a_score_is_between_nothing_and_the_weights_and_the_sum_of_what_is_kept(
    rows: list[tuple[int, int, int]], data: st.DataObject
) -> None:
    wanted = [Wanted(str(n), needed, needed + more, weight) for n, (needed, more, weight) in enumerate(rows)]
    values = {each.name: data.draw(st.integers(-5, 500)) for each in wanted}
    found = terms(wanted, values)
    score = total(found)
    assert 0 <= score <= most(wanted)
    assert score == sum((Decimal(str(term.kept()["points"])) for term in found), Decimal(0))


@given(st.integers(0, 30), st.integers(0, 30))
def test_more_never_gives_less(one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert Term(FIVE, low).points <= Term(FIVE, high).points
