"""Many tills, one code: exactly so many uses as it has, money never above the cap, one effect for one key."""

from __future__ import annotations

import http.client
import json
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from community.models import ApiKey, IdempotencyKey
from community.refusals import Refusal
from community.services import api_keys
from gamification.models import Coupon, CouponUse
from gamification.services import budgets, coupon_uses, coupons
from tests import factories
from tests.gamification import coupon_world as world
from tests.races.crowd import at_once, differences

NOW = timezone.now()
FIFTY = world.basket("50.00")
CROWD = 12


def crowd(deeds: list[Callable[[], object]], *, threads: int) -> Counter[str]:
    """Do every deed in one of ``threads`` threads; how often each ended how."""
    ready = threading.Barrier(threads)

    def do(deed: Callable[[], object]) -> str:
        try:
            deed()
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(threads, initializer=ready.wait, initargs=(30,)) as pool:
        return Counter(pool.map(do, deeds))


@pytest.mark.django_db(transaction=True)
def test_a_thousand_redemptions_of_ten_uses_are_ten() -> None:
    coupon = world.coupon(uses=10)
    code = coupons.code_of(coupon)
    deeds: list[Callable[[], object]] = [
        partial(coupon_uses.redeem, code=code, order=f"W-{number}", basket=FIFTY, at=NOW) for number in range(1000)
    ]

    assert crowd(deeds, threads=32) == {"done": 10, "coupon_used": 990}

    coupon.refresh_from_db()
    assert (coupon.state, coupon.redeemed, CouponUse.objects.count()) == ("redeemed", 10, 10)
    assert differences() == []


@pytest.mark.django_db(transaction=True)
def test_many_tills_and_baskets_want_the_last_use() -> None:
    coupon = world.coupon()
    code = coupons.code_of(coupon)
    deeds: list[Callable[[], Any]] = [
        partial(coupon_uses.redeem, code=code, order=f"W-{number}", basket=FIFTY, at=NOW) for number in range(CROWD)
    ]
    deeds += [
        partial(coupon_uses.reserve, code=code, basket_id=f"B-{number}", basket=FIFTY, at=NOW)
        for number in range(CROWD)
    ]

    outcome = at_once(deeds)

    assert (outcome.errors, len(outcome.answers)) == ([], 1)
    assert set(outcome.refusals) <= {"coupon_used", "coupon_reserved"}
    assert differences() == []


@pytest.mark.django_db(transaction=True)
def test_a_budget_for_four_is_not_promised_to_five() -> None:
    budget = world.budget("20.00")
    pool = world.pool(budget, codes=CROWD)
    members = [factories.member() for _ in range(CROWD)]

    outcome = at_once([partial(coupons.assign, pool=pool, member=who, activity=None, at=NOW) for who in members])

    assert (outcome.errors, len(outcome.answers)) == ([], 4)
    assert set(outcome.refusals) == {"budget_used_up"}
    budget.refresh_from_db()
    assert (budget.reserved, budget.spent) == (Decimal("20.00"), Decimal(0))
    assert Coupon.objects.filter(state="assigned").count() == 4
    assert differences() == []


@pytest.mark.django_db(transaction=True)
def test_three_codes_go_to_three_members() -> None:
    pool = world.pool(codes=3)
    members = [factories.member() for _ in range(CROWD)]

    outcome = at_once([partial(coupons.assign, pool=pool, member=who, activity=None, at=NOW) for who in members])

    assert (outcome.errors, set(outcome.refusals)) == ([], {"pool_empty"})
    assert len({coupon.pk for coupon in outcome.answers}) == len(outcome.answers) <= 3
    assert differences() == []


@pytest.mark.django_db(transaction=True)
def test_money_of_many_things_stays_below_the_cap() -> None:
    budget = world.budget("10.00")
    deeds = [
        partial(budgets.reserve, budget=budget, kind="sample", subject=number, amount=Decimal("0.70"), at=NOW)
        for number in range(30)
    ]

    outcome = at_once(deeds)

    assert (outcome.errors, len(outcome.answers), len(outcome.refusals)) == ([], 14, 16)
    assert differences() == []


@pytest.mark.django_db(transaction=True)
def test_a_reservation_that_runs_out_while_it_is_redeemed_and_swept_ends_once() -> None:
    for number in range(4):
        coupon = world.coupon()
        code = coupons.code_of(coupon)
        held = coupon_uses.reserve(code=code, basket_id="B-1", basket=FIFTY, at=NOW)
        late = NOW + timedelta(hours=1)
        before_and_after: list[Callable[[], Any]] = [
            partial(coupon_uses.redeem_reserved, token=held.token, order=f"W-{number}", basket=FIFTY, at=NOW),
            partial(coupon_uses.lapse, at=late),
            partial(coupon_uses.reserve, code=code, basket_id="B-2", basket=FIFTY, at=late),
            partial(coupon_uses.release, token=held.token, at=NOW),
            partial(coupons.revoke, coupon=coupon, by=factories.member(), at=NOW),
        ]

        outcome = at_once(before_and_after)

        assert outcome.errors == []
        assert CouponUse.objects.filter(coupon=coupon, state__in=("reserved", "redeemed")).count() <= 1
    assert differences() == []


@pytest.mark.django_db(transaction=True)
def test_two_returns_of_one_order_give_back_once() -> None:
    coupon = world.coupon()
    paid = coupon_uses.redeem(code=coupons.code_of(coupon), order="W-1", basket=FIFTY, at=NOW)

    outcome = at_once([partial(coupon_uses.refund, token=paid.token, at=NOW)] * CROWD)

    assert (outcome.errors, outcome.refusals, len(outcome.answers)) == ([], [], CROWD)
    coupon.refresh_from_db()
    assert (coupon.state, coupon.redeemed) == ("refunded", 0)
    assert differences() == []


def redeem(site: str, key: str, body: dict[str, str]) -> tuple[int, str]:
    connection_ = http.client.HTTPConnection(site.removeprefix("http://"), timeout=60)
    headers = {"Authorization": f"Api-Key {key}", "Content-Type": "application/json", "Idempotency-Key": "W-1"}
    try:
        connection_.request("POST", "/api/v1/shop/coupons/redeem/", json.dumps(body), headers)
        response = connection_.getresponse()
        return response.status, response.read().decode()
    finally:
        connection_.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("at_rest")
def test_fifty_requests_with_one_key_have_one_effect_and_one_answer(site: str) -> None:
    _row, secret = api_keys.create(name="Shop", scopes=[ApiKey.Scope.COUPONS], at=timezone.now())
    coupon = world.coupon(uses=50)
    body = {"code": coupons.code_of(coupon), "order": "W-1", "amount": "50.00", "currency": "EUR"}

    outcome = at_once([partial(redeem, site, secret.key, body)] * 50)

    assert outcome.errors == []
    assert [status for status, _body in set(outcome.answers)] == [201]
    coupon.refresh_from_db()
    assert (coupon.redeemed, CouponUse.objects.count(), IdempotencyKey.objects.count()) == (1, 1, 1)
