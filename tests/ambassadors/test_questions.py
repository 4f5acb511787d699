"""Questions of managers' forms: what is an answer, what is missing, what all said together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassadors import questions
from ambassadors.questions import Asked

OPTIONS = ("one", "two", "three")
FITTING: dict[str, list[object]] = {
    "text": ["word", "x" * 200],
    "long": ["word", "x" * 4000],
    "choice": [0, 2],
    "choices": [[0], [2, 0]],
    "number": [0, -3, 2.5],
    "yes_no": [True, False],
}
WRONG: dict[str, list[object]] = {
    "text": [1, True, "x" * 201, ["word"], {}],
    "long": [1, "x" * 4001],
    "choice": [3, -1, "0", True, [0], 1.0],
    "choices": [0, [3], [0, 0], ["0"], [True], "one"],
    "number": ["1", True, 1e9, float("nan"), [1]],
    "yes_no": [1, 0, "yes", [True]],
}


@pytest.mark.parametrize("kind", FITTING)
def test_what_fits(kind: str) -> None:
    asked = Asked("1", kind, OPTIONS)
    assert [one for one in FITTING[kind] if not questions.fits(asked, one)] == []
    assert [one for one in WRONG[kind] if questions.fits(asked, one)] == []


@pytest.mark.parametrize("kind", FITTING)
def test_nothing_is_always_allowed_and_never_an_answer(kind: str) -> None:
    asked = Asked("1", kind, OPTIONS)
    nothings: tuple[questions.Answer | None, ...] = (None, "", [])
    for nothing in nothings:
        assert questions.fits(asked, nothing)
        assert questions.missing([asked], {"1": nothing}) == ["1"]


def test_no_and_zero_are_answers() -> None:
    asked = [Asked("1", "yes_no"), Asked("2", "number"), Asked("3", "choice", OPTIONS), Asked("4", "text")]
    assert questions.missing(asked, {"1": False, "2": 0, "3": 0}) == ["4"]
    assert questions.answered(asked, {"1": False, "2": 0, "3": 0, "4": ""}) == 3


def test_what_nobody_asked_is_wrong() -> None:
    assert questions.wrong([Asked("1", "text")], {"1": "word", "2": "word"}) == ["2"]


@given(st.lists(st.one_of(st.none(), st.integers(-2, 5), st.text(max_size=3), st.booleans())))
def test_a_sum_counts_what_fits_and_nothing_else(given_: list[object]) -> None:
    asked = Asked("1", "choice", OPTIONS)
    told = questions.summary(asked, [{"1": one} for one in given_])
    fitting = [one for one in given_ if one is not None and one != "" and questions.fits(asked, one)]
    assert (told.count, sum(told.counts)) == (len(fitting), len(fitting))
    assert list(told.counts) == [fitting.count(place) for place in range(3)]


def test_several_choices_count_each() -> None:
    told = questions.summary(Asked("1", "choices", OPTIONS), [{"1": [0, 2]}, {"1": [2]}, {}])
    assert (told.count, told.counts) == (2, (1, 0, 2))


def test_numbers_have_a_mean_and_their_ends() -> None:
    told = questions.summary(Asked("1", "number"), [{"1": 1}, {"1": 4}, {"1": 2.5}])
    assert (told.mean, told.low, told.high) == (2.5, 1, 4)
    nothing = questions.summary(Asked("1", "number"), [])
    assert (nothing.mean, nothing.low, nothing.high) == (None, None, None)
