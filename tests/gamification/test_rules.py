"""The arithmetic of deeds: what they earn, what they move, which level and period they lead to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gamification.rules import (
    BEGINNING,
    Deed,
    Grant,
    Span,
    Terms,
    crossed,
    grants,
    level_at,
    moved_metric,
    period_start,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def deed(**changes: object) -> Deed:
    fields: dict[str, object] = {"id": 1, "verb": "answer.accepted", "actor": 5, "beneficiary": 6, "at": NOON}
    return Deed(**{**fields, **changes})  # type: ignore[arg-type] # the tests name the fields


def terms(**changes: object) -> Terms:
    fields: dict[str, object] = {
        "version": 9,
        "verb": "answer.accepted",
        "recipient": "beneficiary",
        "reputation": 15,
        "credits": 7,
        "active_from": NOON - HOUR,
        "retired_at": None,
    }
    return Terms(**{**fields, **changes})  # type: ignore[arg-type] # the tests name the fields


class TestGrants:
    def test_a_deed_earns_both_currencies_for_whom_it_honours(self) -> None:
        assert list(grants(deed(), [terms()])) == [
            Grant(version=9, deed=1, member=6, currency="reputation", amount=15),
            Grant(version=9, deed=1, member=6, currency="credits", amount=7),
        ]

    def test_a_rule_may_reward_who_did_it(self) -> None:
        assert [grant.member for grant in grants(deed(), [terms(recipient="actor")])] == [5, 5]

    def test_nothing_is_granted_for_an_amount_of_zero(self) -> None:
        assert [grant.currency for grant in grants(deed(), [terms(credits=0)])] == ["reputation"]
        assert list(grants(deed(), [terms(credits=0, reputation=0)])) == []

    def test_every_rule_on_the_verb_grants(self) -> None:
        both = [terms(credits=0), terms(version=10, reputation=2, credits=0), terms(version=11, verb="answer.created")]
        assert [(grant.version, grant.amount) for grant in grants(deed(), both)] == [(9, 15), (10, 2)]

    @pytest.mark.parametrize("recipient", ["actor", "beneficiary"])
    def test_nobody_earns_by_a_deed_to_themselves(self, recipient: str) -> None:
        assert list(grants(deed(beneficiary=5), [terms(recipient=recipient)])) == []

    def test_a_deed_that_honours_nobody_earns_only_for_who_did_it(self) -> None:
        assert list(grants(deed(beneficiary=None), [terms()])) == []
        assert [grant.member for grant in grants(deed(beneficiary=None), [terms(recipient="actor", credits=0)])] == [5]

    @pytest.mark.parametrize(
        ("active_from", "retired_at", "covered"),
        [
            (NOON, None, True),
            (NOON + timedelta(microseconds=1), None, False),
            (NOON - HOUR, NOON, False),
            (NOON - HOUR, NOON + timedelta(microseconds=1), True),
            (NOON, NOON, False),
        ],
    )
    def test_a_version_covers_the_deeds_from_its_start_until_before_its_end(
        self, active_from: datetime, retired_at: datetime | None, *, covered: bool
    ) -> None:
        assert terms(active_from=active_from, retired_at=retired_at).cover(deed()) is covered

    def test_a_version_covers_its_own_verb_only(self) -> None:
        assert terms(verb="answer.created").cover(deed()) is False

    @given(st.lists(st.integers(0, 100), max_size=5, unique=True), st.integers(-5, 105))
    def test_of_versions_that_follow_one_another_at_most_one_covers_a_deed(self, cuts: list[int], when: int) -> None:
        moments = [NOON + cut * HOUR for cut in sorted(cuts)]
        line = [
            terms(version=number, active_from=start, retired_at=end)
            for number, (start, end) in enumerate(zip(moments, [*moments[1:], None], strict=False))
        ]
        covering = [version.version for version in line if version.cover(deed(at=NOON + when * HOUR))]
        assert covering == [sum(cut <= when for cut in cuts) - 1] * any(cut <= when for cut in cuts)


class TestMetrics:
    def test_an_acceptance_counts_for_whom_it_honours(self) -> None:
        assert moved_metric(deed()) == (6, "accepted_answers")
        assert moved_metric(deed(verb="answer.found_helpful")) == (6, "helpful_votes")

    @pytest.mark.parametrize("changes", [{"verb": "answer.created"}, {"beneficiary": None}, {"beneficiary": 5}])
    def test_other_deeds_count_for_nobody(self, changes: dict[str, object]) -> None:
        assert moved_metric(deed(**changes)) is None


class TestCrossed:
    def test_names_what_was_reached_on_the_way_up_and_lost_on_the_way_down(self) -> None:
        assert crossed([25, 5, 1], 0, 5) == ([1, 5], [])
        assert crossed([25, 5, 1], 5, 0) == ([], [1, 5])
        assert crossed([25, 5, 1], 5, 24) == ([], [])

    @given(st.sets(st.integers(1, 30)), st.lists(st.integers(0, 30), min_size=1))
    def test_walking_any_way_leaves_exactly_the_thresholds_at_or_below_the_end(
        self, thresholds: set[int], way: list[int]
    ) -> None:
        held: set[int] = set()
        for before, after in zip([0, *way], way, strict=False):
            reached, lost = crossed(thresholds, before, after)
            assert held.isdisjoint(reached)
            assert held.issuperset(lost)
            held = (held | set(reached)) - set(lost)
        assert held == {threshold for threshold in thresholds if threshold <= way[-1]}


class TestPeriods:
    @pytest.mark.parametrize(
        ("span", "day", "start"),
        [
            ("week", date(2026, 3, 2), date(2026, 3, 2)),  # a Monday
            ("week", date(2026, 3, 8), date(2026, 3, 2)),
            ("week", date(2026, 1, 1), date(2025, 12, 29)),
            ("month", date(2024, 2, 29), date(2024, 2, 1)),
            ("all", date(2026, 3, 2), BEGINNING),
        ],
    )
    def test_start_on_monday_on_the_first_or_at_the_beginning(self, span: Span, day: date, start: date) -> None:
        assert period_start(span, day) == start

    @given(st.dates(date(2000, 1, 10), date(2100, 1, 1)))
    def test_a_week_starts_on_the_monday_before_and_holds_seven_days(self, day: date) -> None:
        monday = period_start("week", day)
        assert (monday.isoweekday(), 0 <= (day - monday).days < 7) == (1, True)


class TestLevels:
    LADDER = ((1, 0), (2, 50), (3, 150))

    @pytest.mark.parametrize(
        ("reputation", "level"),
        [(0, (1, 0)), (25, (1, 50)), (49, (1, 98)), (50, (2, 0)), (149, (2, 99)), (150, (3, 100)), (9_999, (3, 100))],
    )
    def test_are_reached_at_their_threshold_and_tell_the_way_to_the_next(
        self, reputation: int, level: tuple[int, int]
    ) -> None:
        assert level_at(reputation, self.LADDER) == level

    def test_the_order_of_the_ladder_does_not_matter(self) -> None:
        assert level_at(60, reversed(self.LADDER)) == level_at(60, self.LADDER)

    def test_below_the_first_level_is_level_zero(self) -> None:
        assert level_at(5, [(1, 10)]) == (0, 50)
        assert level_at(-5, self.LADDER) == (0, 0)

    def test_without_any_level_there_is_no_way_either(self) -> None:
        assert level_at(100, []) == (0, 0)

    @given(st.integers(-10, 400), st.integers(0, 50))
    def test_more_reputation_never_means_a_lower_level(self, reputation: int, more: int) -> None:
        assert level_at(reputation, self.LADDER) <= level_at(reputation + more, self.LADDER)
