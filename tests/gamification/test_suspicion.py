"""Patterns of votes by arrangement, found in plain data; ordinary thanks are none."""

from __future__ import annotations

import itertools
import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gamification.suspicion import Finding, Gift, Thresholds, components, search

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
OLD = NOON - timedelta(days=400)
USUAL = Thresholds()


def gifts(*pairs: tuple[int, int], every: timedelta = timedelta(hours=6), joined: datetime = OLD) -> list[Gift]:
    """One deed for each (giver, receiver), in this order."""
    return [Gift(n, giver, receiver, NOON + n * every, joined) for n, (giver, receiver) in enumerate(pairs)]


def found(deeds: list[Gift]) -> list[tuple[str, tuple[int, ...]]]:
    return [(finding.pattern, finding.members) for finding in search(deeds, USUAL)]


def test_two_who_give_only_to_one_another_stand_out() -> None:
    (finding,) = search(gifts(*[(1, 2), (2, 1)] * 6), USUAL)

    assert finding == Finding(
        "mutual",
        (1, 2),
        tuple(range(12)),
        {"number": 18, "balance": 20, "closed": 30, "swift": 18},
        {"forth": 6, "back": 6, "share": 100, "swift": 11},
        {(1, 2): 6, (2, 1): 6},
    )
    assert finding.score == 86


def test_two_who_thank_many_others_as_well_do_not() -> None:
    others = [(1, other) for other in range(10, 30)] + [(2, other) for other in range(10, 30)]
    assert found(gifts(*[(1, 2), (2, 1)] * 6, *others)) == []


def test_thanks_in_one_direction_are_no_arrangement() -> None:
    assert found(gifts(*[(1, 2)] * 20)) == []


def test_one_vote_less_each_way_is_not_looked_at() -> None:
    assert found(gifts(*[(1, 2), (2, 1)] * 4)) == []


def test_a_circle_is_one_finding_and_takes_the_pairs_in_it() -> None:
    (finding,) = search(gifts(*[(1, 2), (2, 3), (3, 1), (2, 1)] * 5), USUAL)
    assert (finding.pattern, finding.members, len(finding.deeds)) == ("ring", (1, 2, 3), 20)


def test_a_lively_community_is_no_circle() -> None:
    chance = random.Random(7)
    pairs = [tuple(chance.sample(range(40), 2)) for _ in range(2000)]
    assert found(gifts(*[(one, other) for one, other in pairs], every=timedelta(minutes=20))) == []


def test_helpers_whom_everybody_thanks_are_no_circle_when_they_thank_one_another() -> None:
    helpers = [(one, other) for one, other in itertools.permutations(range(4), 2)] * 3
    askers = [(10 + number, number % 4) for number in range(40)]
    assert found(gifts(*helpers, *askers)) == []
    assert found(gifts(*helpers, *[(asker, 50 + asker) for asker, _helper in askers])) == [("ring", (0, 1, 2, 3))]


def test_new_accounts_that_all_honour_one_member_in_a_day_are_a_burst() -> None:
    crowd = gifts(*[(number, 1) for number in range(10, 20)], every=timedelta(hours=1), joined=NOON)
    (finding,) = search(crowd, USUAL)
    assert (finding.pattern, finding.members) == ("burst", (1, *range(10, 20)))
    assert finding.facts == {"accounts": 10, "gifts": 10, "hours": 10, "share": 100, "single": 10}


def test_the_same_votes_by_old_accounts_are_applause() -> None:
    assert found(gifts(*[(number, 1) for number in range(10, 20)], every=timedelta(hours=1))) == []


def test_the_same_votes_over_weeks_are_growth() -> None:
    assert found(gifts(*[(number, 1) for number in range(10, 20)], every=timedelta(days=3), joined=NOON)) == []


@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6)), max_size=80), st.integers(1, 40))
def test_no_deed_is_in_two_findings_and_no_score_leaves_its_range(pairs: list[tuple[int, int]], hours: int) -> None:
    deeds = gifts(*pairs, every=timedelta(hours=hours), joined=NOON)
    findings = search(deeds, Thresholds(mutual=2, burst=3))
    named = list(itertools.chain.from_iterable(finding.deeds for finding in findings))
    assert len(named) == len(set(named))
    assert all(0 <= finding.score <= 100 for finding in findings)
    assert [sum(finding.edges.values()) for finding in findings] == [len(finding.deeds) for finding in findings]


@given(st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=30))
def test_components_are_who_reach_one_another(edges: set[tuple[int, int]]) -> None:
    nodes = {node for edge in edges for node in edge}
    reach = {node: {node} for node in nodes}
    for _ in nodes:
        for tail, head in edges:
            for node in nodes:
                if tail in reach[node]:
                    reach[node] |= reach[head]
    expected = {frozenset(other for other in reach[node] if node in reach[other]) for node in nodes}
    assert {frozenset(group) for group in components(edges)} == expected


@pytest.mark.parametrize("size", [3, 8, 9])
def test_a_circle_is_small(size: int) -> None:
    pairs = [(one, other) for one, other in itertools.permutations(range(size), 2)]
    assert [pattern for pattern, _members in found(gifts(*pairs * 3))] == (["ring"] if size <= 8 else [])
