"""Who is asked first, and how long the others wait, against models that are as plain as can be."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat import queueing, scoring
from chat.scoring import Candidate, Wanted

SLUGS = st.frozensets(st.sampled_from(["aurora", "mahl", "brewing", "care"]), max_size=2)
people = st.lists(
    st.builds(
        Candidate,
        pk=st.integers(1, 30),
        languages=st.frozensets(st.sampled_from(["de", "en"])),
        products=SLUGS,
        topics=SLUGS,
        load=st.integers(0, 3),
        capacity=st.integers(1, 3),
        rating_sum=st.integers(0, 100),
        rating_count=st.just(20),
    ),
    max_size=8,
    unique_by=lambda one: one.pk,
)
wants = st.builds(
    Wanted,
    language=st.sampled_from(["de", "en"]),
    product=st.none() | st.sampled_from(["aurora", "mahl"]),
    topic=st.none() | st.sampled_from(["brewing", "care"]),
    last=st.none() | st.integers(1, 30),
    avoid=st.frozensets(st.integers(1, 30), max_size=3),
)
NEVER = 0.99


def one(pk: int, **fields: Any) -> Candidate:
    given_too = {"languages": frozenset({"de"}), "capacity": 2, "rating_count": 20, "rating_sum": 80, **fields}
    return Candidate(pk=pk, **given_too)


def order(*candidates: Candidate, draw: float = NEVER, **wanted: Any) -> list[int]:
    return [found.pk for found in scoring.rank(candidates, Wanted(language="de", **wanted), draw=draw)]


@given(people, wants, st.floats(0, 1, exclude_max=True))
def test_exactly_those_who_can_help_and_are_free_are_ranked(
    crowd: list[Candidate], wanted: Wanted, draw: float
) -> None:
    ranked = scoring.rank(crowd, wanted, draw=draw)
    able = {p.pk for p in crowd if wanted.language in p.languages and p.load < p.capacity and p.pk not in wanted.avoid}
    assert sorted(found.pk for found in ranked) == sorted(able)


@given(people, wants)
def test_whoever_knows_the_thing_comes_before_everybody_else_and_then_the_score_decides(
    crowd: list[Candidate], wanted: Wanted
) -> None:
    ranked = scoring.rank(crowd, wanted, draw=NEVER)
    by_pk = {p.pk: p for p in crowd}
    knows = [wanted.product in by_pk[r.pk].products or wanted.topic in by_pk[r.pk].topics for r in ranked]
    assert knows == sorted(knows, reverse=True)
    for first, second in itertools.pairwise(ranked):
        assert first.knows is not second.knows or first.score >= second.score


@given(people, wants)
def test_exploration_never_goes_past_those_who_know_the_thing(crowd: list[Candidate], wanted: Wanted) -> None:
    by_score, explored = scoring.rank(crowd, wanted, draw=NEVER), scoring.rank(crowd, wanted, draw=0.0)
    assert [r.knows for r in explored] == [r.knows for r in by_score]


def test_the_product_counts_more_than_the_best_rating() -> None:
    owner = one(1, products=frozenset({"aurora"}), rating_sum=40)
    assert order(one(2, rating_sum=100), owner, product="aurora") == [1, 2]


def test_the_better_rated_comes_first_but_few_ratings_prove_little() -> None:
    assert order(one(1, rating_sum=90), one(2, rating_sum=96)) == [2, 1]
    assert order(one(1, rating_sum=92), one(2, rating_sum=5, rating_count=1)) == [1, 2]


def test_whoever_is_busy_comes_later() -> None:
    assert order(one(1, load=1), one(2)) == [2, 1]


def test_whoever_helped_last_time_comes_first() -> None:
    assert order(one(1), one(2), last=2) == [2, 1]


def test_a_newcomer_comes_first_now_and_then() -> None:
    old, new = one(1, rating_sum=100), one(2, rating_sum=0, rating_count=0)
    assert order(old, new) == [1, 2]
    assert order(old, new, draw=0.0) == [2, 1]
    assert order(old, new, draw=scoring.EXPLORATION) == [1, 2]


@given(st.integers(0, 500), st.integers(0, 100))
def test_the_bayesian_average_lies_between_the_prior_and_the_plain_one(total: int, count: int) -> None:
    total = max(count, min(total, 5 * count))
    plain = total / count if count else scoring.PRIOR_MEAN
    low, high = sorted((plain, scoring.PRIOR_MEAN))
    assert low - 1e-9 <= scoring.bayesian(total, count) <= high + 1e-9


talks = st.lists(st.integers(0, 480).map(lambda quarters: quarters / 4), min_size=queueing.FEWEST, max_size=12)


@given(talks, st.integers(1, 40), st.integers(1, 12))
def test_a_range_holds_what_half_of_the_talks_would_mean(minutes: list[float], position: int, places: int) -> None:
    found = queueing.expect(position, places=places, talks=minutes)
    assert found is not None
    middle = sorted(minutes)[len(minutes) // 2] * position / places
    quarter, rest = sorted(minutes)[len(minutes) // 4], sorted(minutes)[3 * len(minutes) // 4 - 1]
    assert found.low in queueing.STEPS
    assert found.low <= max(middle, 1)
    assert found.high is None or found.high >= min(quarter, rest) * position / places - 1e-6
    assert found.high is None or found.low <= found.high


@given(talks, st.integers(1, 40), st.integers(1, 12))
def test_whoever_stands_further_behind_is_never_told_less(minutes: list[float], position: int, places: int) -> None:
    near = queueing.expect(position, places=places, talks=minutes)
    far = queueing.expect(position + 1, places=places, talks=minutes)
    assert near is not None
    assert far is not None
    assert near.low <= far.low
    assert far.high is None or (near.high is not None and near.high <= far.high)


@pytest.mark.parametrize(("position", "places", "known"), [(0, 1, 9), (1, 0, 9), (1, 1, 4)])
def test_nothing_is_said_where_nothing_is_known(position: int, places: int, known: int) -> None:
    assert queueing.expect(position, places=places, talks=[5.0] * known) is None


def test_the_range_is_said_in_round_minutes() -> None:
    ten = [4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0]
    assert queueing.expect(1, places=1, talks=ten) == queueing.Range(5, 10)
    assert queueing.expect(2, places=1, talks=ten) == queueing.Range(10, 20)
    assert queueing.expect(20, places=1, talks=ten) == queueing.Range(60, None)
