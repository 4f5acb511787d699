"""Every move of a coupon, allowed and forbidden, is a line of the table."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gamification import coupon_states as states
from gamification.models import Coupon

ALLOWED = {
    ("generated", "assigned"),
    ("generated", "expired"),
    ("generated", "revoked"),
    ("assigned", "reserved"),
    ("assigned", "redeemed"),
    ("assigned", "expired"),
    ("assigned", "revoked"),
    ("reserved", "assigned"),
    ("reserved", "redeemed"),
    ("reserved", "revoked"),
    ("redeemed", "refunded"),
    ("refunded", "reserved"),
    ("refunded", "redeemed"),
    ("refunded", "expired"),
    ("refunded", "revoked"),
}


def test_the_table_knows_every_state() -> None:
    assert set(states.MOVES) == set(Coupon.State.values)


@pytest.mark.parametrize(("state", "target"), list(product(Coupon.State.values, repeat=2)))
def test_a_coupon_may_go_there_or_not(state: str, target: str) -> None:
    assert states.may(state, target) is ((state, target) in ALLOWED)


def test_what_has_ended_stays() -> None:
    for state in (states.GENERATED, states.EXPIRED, states.REVOKED):
        assert states.after(state, held=0, redeemed=0, uses=1, refund=True) == state


@given(uses=st.integers(1, 4), steps=st.lists(st.sampled_from(("reserve", "release", "settle", "redeem", "refund"))))
def test_counting_uses_leads_along_allowed_moves_only(uses: int, steps: list[str]) -> None:
    state, held, redeemed = states.ASSIGNED, 0, 0
    for step in steps:
        free = held + redeemed < uses
        match step:
            case "reserve" if free:
                held += 1
            case "redeem" if free:
                redeemed += 1
            case "release" if held:
                held -= 1
            case "settle" if held:
                held, redeemed = held - 1, redeemed + 1
            case "refund" if redeemed:
                redeemed -= 1
            case _:
                continue
        target = states.after(state, held=held, redeemed=redeemed, uses=uses, refund=step == "refund")
        assert target == state or states.may(state, target) or (uses > 1 and {state, target} <= states.HELD)
        assert (target in states.USABLE) == (held + redeemed < uses)
        state = target
