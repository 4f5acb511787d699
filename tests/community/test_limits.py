"""Rate limits: fixed windows, one budget for each member."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from community import limits
from community.limits import Limit, TooFast
from community.models import Member

NOON = datetime(2026, 3, 1, 12, 0, 10, tzinfo=UTC)
LIMIT = Limit("tests", most=3, seconds=60)
LENA, MARA = Member(pk=1), Member(pk=2)


def test_what_is_within_the_limit_passes_and_the_next_is_told_when_to_come_back() -> None:
    for _ in range(LIMIT.most):
        limits.spend(LIMIT, member=LENA, at=NOON)
    with pytest.raises(TooFast) as refusal:
        limits.spend(LIMIT, member=LENA, at=NOON + timedelta(seconds=20))
    assert (refusal.value.retry_after, refusal.value.status, refusal.value.code) == (30, 429, "rate_limited")


def test_the_next_window_another_member_and_another_limit_start_afresh() -> None:
    for _ in range(LIMIT.most):
        limits.spend(LIMIT, member=LENA, at=NOON)
    limits.spend(LIMIT, member=LENA, at=NOON + timedelta(seconds=50))
    limits.spend(LIMIT, member=MARA, at=NOON)
    limits.spend(Limit("others", most=1, seconds=60), member=LENA, at=NOON)


def test_threads_that_spend_at_once_do_not_spend_more() -> None:
    def attempt(_: int) -> bool:
        try:
            limits.spend(LIMIT, member=LENA, at=NOON)
        except TooFast:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(40))) == LIMIT.most


def test_who_is_no_member_spends_a_budget_of_their_own() -> None:
    for _ in range(LIMIT.most):
        limits.spend_for(LIMIT, who="visitor:1", at=NOON)
    limits.spend(LIMIT, member=LENA, at=NOON)
    limits.spend_for(LIMIT, who="visitor:2", at=NOON)
    with pytest.raises(TooFast):
        limits.spend_for(LIMIT, who="visitor:1", at=NOON)
