"""Who wins: exact, without ties, and never by the order in which entries are read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from community.scoring import Entry, ranking, score, winners_of

START = datetime(2026, 7, 1, tzinfo=UTC)


def entry(idea: int, votes: int, *points: int, after: int = 0) -> Entry:
    return Entry(idea, START + timedelta(minutes=after), votes, points)


entries = st.lists(
    st.builds(
        Entry,
        idea=st.integers(1, 10_000),
        submitted_at=st.integers(0, 5).map(lambda minutes: START + timedelta(minutes=minutes)),
        votes=st.integers(0, 6),
        jury_points=st.lists(st.integers(0, 10), max_size=3).map(tuple),
    ),
    max_size=12,
    unique_by=lambda one: one.idea,
)


def test_votes_and_jury_count_by_weight() -> None:
    places = ranking([entry(1, 10, 5), entry(2, 5, 10)], jury_weight=60, winners=1)
    assert [(place.entry.idea, place.score, place.is_winner) for place in places] == [
        (2, Fraction(80), True),
        (1, Fraction(70), False),
    ]


def test_among_equals_the_jury_then_votes_then_the_earlier_idea_comes_first() -> None:
    equal = [entry(4, 10, 5, after=2), entry(3, 5, 10, after=9), entry(2, 10, 5, after=1), entry(1, 10, 5, after=2)]
    assert [place.entry.idea for place in ranking(equal, jury_weight=50, winners=1)] == [3, 2, 1, 4]


def test_where_no_jury_gave_a_point_votes_decide_alone() -> None:
    places = ranking([entry(1, 1), entry(2, 4)], jury_weight=90, winners=1)
    assert [(place.entry.idea, place.score) for place in places] == [(2, Fraction(100)), (1, Fraction(25))]


def test_the_mean_is_of_those_who_gave_points() -> None:
    assert score(entry(1, 0, 9, 8), most_votes=0, jury_weight=100) == Fraction(85)


def test_nobody_wins_with_nothing() -> None:
    places = ranking([entry(1, 0), entry(2, 0)], jury_weight=50, winners=2)
    assert winners_of(places) == []


@given(entries, st.integers(0, 100), st.integers(1, 5), st.randoms())
def test_the_result_depends_on_nothing_but_the_entries(
    found: list[Entry], weight: int, winners: int, random: Random
) -> None:
    places = ranking(found, jury_weight=weight, winners=winners)
    shuffled = list(found)
    random.shuffle(shuffled)
    assert ranking(shuffled, jury_weight=weight, winners=winners) == places
    assert [place.place for place in places] == list(range(1, len(found) + 1))
    assert all(one.score >= other.score for one, other in pairwise(places))
    assert all(0 <= place.score <= 100 for place in places)
    worthy = sum(place.score > 0 for place in places)
    assert len(winners_of(places)) == min(winners, worthy)


@given(entries, st.integers(0, 100), st.data())
def test_one_more_vote_never_costs_a_place(found: list[Entry], weight: int, data: st.DataObject) -> None:
    if not found:
        return
    lucky = data.draw(st.sampled_from(found))
    richer = [Entry(e.idea, e.submitted_at, e.votes + (e is lucky), e.jury_points) for e in found]

    def place_of(rows: list[Entry]) -> int:
        return next(p.place for p in ranking(rows, jury_weight=weight, winners=1) if p.entry.idea == lucky.idea)

    assert place_of(richer) <= place_of(found)
