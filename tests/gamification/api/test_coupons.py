"""The shop's till over the API, and one's own coupons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from rest_framework.test import APIClient

from community.models import ApiKey, Member
from community.services import api_keys
from gamification.models import Coupon, CouponUse
from gamification.services import coupons
from tests import factories
from tests.gamification import coupon_world as world

pytestmark = pytest.mark.django_db
AT = "/api/v1/shop/coupons/"
WORTH = {"amount": "50.00", "currency": "EUR"}


def shop(*scopes: str) -> APIClient:
    _row, secret = api_keys.create(name="Shop", scopes=scopes or (ApiKey.Scope.COUPONS,), at=timezone.now())
    api = APIClient()
    api.credentials(HTTP_AUTHORIZATION=f"Api-Key {secret.key}")
    return api


def held(**fields: Any) -> str:
    """The code of a coupon that somebody holds."""
    return coupons.code_of(world.coupon(**fields))


def test_the_whole_way_of_a_code() -> None:
    api, code = shop(), held()

    checked = api.post(f"{AT}check/", {"code": code})
    reserved = api.post(f"{AT}reserve/", {"code": code, "basket": "B-1", **WORTH})
    redeemed = api.post(
        f"{AT}redeem/", {"reservation": reserved.json()["reservation"], "order": "W-1", **WORTH, "amount": "3.20"}
    )
    refunded = api.post(f"{AT}refund/", {"redemption": redeemed.json()["redemption"]})

    assert [answer.status_code for answer in (checked, reserved, redeemed, refunded)] == [200, 201, 201, 200]
    use = CouponUse.objects.get()
    assert checked.json() == {
        "name": "5 € off", "discount": None, "currency": "EUR", "percent": None, "amount": "5.00", "minimum": "0.00",
        "uses_left": 1, "expires_at": None,
    }  # fmt: skip
    assert reserved.json() | {"expires_at": ""} == {
        "reservation": use.token, "basket": "B-1", "discount": "5.00", "currency": "EUR", "state": "reserved",
        "expires_at": "",
    }  # fmt: skip
    assert redeemed.json() | {"redeemed_at": ""} == {
        "redemption": use.token, "order": "W-1", "discount": "3.20", "currency": "EUR", "state": "redeemed",
        "redeemed_at": "",
    }  # fmt: skip
    assert (refunded.json()["state"], Coupon.objects.get().state) == ("refunded", "refunded")


def test_a_used_code_is_used_for_the_next_till() -> None:
    api, code = shop(), held()
    api.post(f"{AT}redeem/", {"code": code, "order": "W-1", **WORTH})

    again = api.post(f"{AT}redeem/", {"code": code, "order": "W-2", **WORTH})

    assert (again.status_code, again.json()["code"]) == (409, "coupon_used")
    assert again.headers["Content-Type"] == "application/problem+json"
    assert CouponUse.objects.count() == 1


def test_a_repeated_request_gets_the_first_answer_and_another_body_none() -> None:
    api, code = shop(), held()
    body, key = {"code": code, "order": "W-1", **WORTH}, {"Idempotency-Key": "W-1"}

    first = api.post(f"{AT}redeem/", body, headers=key)
    again = api.post(f"{AT}redeem/", body, headers=key)
    other = api.post(f"{AT}redeem/", {**body, "order": "W-2"}, headers=key)

    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")
    assert CouponUse.objects.count() == 1


def test_a_refused_request_leaves_its_key_free() -> None:
    api, code = shop(), held(minimum=Decimal("20.00"))
    key = {"Idempotency-Key": "W-1", "Accept-Language": "en"}
    small = api.post(f"{AT}redeem/", {"code": code, "order": "W-1", "amount": "19.99", "currency": "EUR"}, headers=key)
    enough = api.post(f"{AT}redeem/", {"code": code, "order": "W-1", "amount": "20.00", "currency": "EUR"}, headers=key)
    assert (small.status_code, small.json()["code"], enough.status_code) == (409, "basket_too_small", 201)
    assert small.json()["detail"] == "This code is for baskets from 20.00 EUR."


def test_the_second_basket_waits_until_the_first_is_forgotten() -> None:
    api, code = shop(), held()
    first = api.post(f"{AT}reserve/", {"code": code, "basket": "B-1", **WORTH}).json()
    same = api.post(f"{AT}reserve/", {"code": code, "basket": "B-1", **WORTH, "amount": "2.00"}).json()
    other = api.post(f"{AT}reserve/", {"code": code, "basket": "B-2", **WORTH})
    assert (same["reservation"], same["discount"]) == (first["reservation"], "2.00")
    assert (other.status_code, other.json()["code"]) == (409, "coupon_reserved")

    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        late = api.post(f"{AT}redeem/", {"reservation": first["reservation"], "order": "W-1", **WORTH})
        free = api.post(f"{AT}reserve/", {"code": code, "basket": "B-2", **WORTH})
    assert (late.status_code, late.json()["code"], free.status_code) == (409, "reservation_over", 201)


def test_a_released_code_is_free() -> None:
    api, code = shop(), held()
    token = api.post(f"{AT}reserve/", {"code": code, "basket": "B-1", **WORTH}).json()["reservation"]
    released = api.post(f"{AT}release/", {"reservation": token})
    assert (released.status_code, released.json()["state"]) == (200, "released")
    assert api.post(f"{AT}redeem/", {"code": code, "order": "W-1", **WORTH}).status_code == 201


def test_a_code_for_some_articles_looks_at_the_lines() -> None:
    beans = factories.product("beans", sku="BEANS")
    pool = world.pool()
    pool.products.add(beans)
    api, code = shop(), coupons.code_of(world.coupon(pool))
    body = {"code": code, "order": "W-1", **WORTH}
    cup = {"sku": "CUP", "quantity": 1, "amount": "46.00"}

    none = api.post(f"{AT}redeem/", body)
    wrong = api.post(f"{AT}redeem/", {**body, "lines": [cup]})
    right = api.post(f"{AT}redeem/", {**body, "lines": [cup, {"sku": "BEANS", "quantity": 1, "amount": "4.00"}]})

    assert [answer.json().get("code") for answer in (none, wrong, right)] == ["lines_missing", "articles_differ", None]
    assert right.json()["discount"] == "4.00"


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("check", {"code": "NO-SUCH-CODE"}, 404, "coupon_unknown"),
        ("check", {"code": "X", "amount": "1.00"}, 400, "invalid"),
        ("check", {}, 400, "invalid"),
        ("reserve", {"code": "X", "basket": "B", "amount": "-1", "currency": "EUR"}, 400, "invalid"),
        ("reserve", {"code": "X", "basket": "B", "amount": "1.005", "currency": "EUR"}, 400, "invalid"),
        ("reserve", {"code": "X", "basket": "B", "amount": "NaN", "currency": "EUR"}, 400, "invalid"),
        ("reserve", {"code": "X", "basket": "B", "amount": "1.00", "currency": "euro"}, 400, "invalid"),
        ("redeem", {"order": "W", **WORTH}, 400, "invalid"),
        ("redeem", {"order": "W", "code": "X", "reservation": "Y", **WORTH}, 400, "invalid"),
        ("redeem", {"order": "W", "reservation": "Y", **WORTH}, 404, "reservation_unknown"),
        ("release", {"reservation": "Y"}, 404, "reservation_unknown"),
        ("refund", {"redemption": "Y"}, 404, "redemption_unknown"),
    ],
)
def test_what_is_wrong_is_named(path: str, body: dict[str, Any], status: int, code: str) -> None:
    answer = shop().post(f"{AT}{path}/", body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize("path", ["check", "reserve", "redeem", "release", "refund"])
@pytest.mark.parametrize(
    ("who", "status", "code"),
    [
        ("stranger", 401, "api_key_missing"),
        ("member", 401, "api_key_missing"),
        ("ambassador", 401, "api_key_missing"),
        ("manager", 401, "api_key_missing"),
        ("key without the scope", 403, "scope_missing"),
        ("wrong key", 401, "api_key_invalid"),
    ],
)
def test_only_a_shop_with_the_right_key_may(
    path: str, who: str, status: int, code: str, api_for: Callable[[Member | None], APIClient]
) -> None:
    people = {
        "member": factories.member,
        "ambassador": factories.ambassador,
        "manager": lambda: factories.member("Clara", is_staff=True, is_superuser=True),
    }
    if who == "key without the scope":
        api = shop(ApiKey.Scope.ORDERS)
    elif who == "wrong key":
        api = APIClient()
        api.credentials(HTTP_AUTHORIZATION="Api-Key kk_12345678_nothing")
    else:
        api = api_for(people[who]() if who in people else None)
    answer = api.post(f"{AT}{path}/", {})
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_one_sees_ones_own_coupons_with_their_codes(api_for: Callable[[Member | None], APIClient]) -> None:
    mine, other = factories.member(), factories.member()
    coupon = world.coupon(member=mine, percent=Decimal(10), minimum=Decimal(20), uses=2)
    world.coupon(member=other)

    rows = api_for(mine).get("/api/v1/coupons/").json()["results"]

    assert rows == [
        {
            "id": coupon.pk, "name": "5 € off", "code": coupons.code_of(coupon), "state": "assigned",
            "percent": "10.00", "amount": "5.00", "minimum": "20.00", "currency": "EUR", "products": [], "uses": 2,
            "uses_left": 2, "assigned_at": rows[0]["assigned_at"], "expires_at": None,
        }
    ]  # fmt: skip
    assert api_for(None).get("/api/v1/coupons/").json()["code"] == "not_authenticated"


@pytest.mark.parametrize("number", [1, 30])
def test_a_page_of_coupons_costs_the_same_with_one_and_with_thirty(
    number: int,
    api_for: Callable[[Member | None], APIClient],
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    member = factories.member()
    pool = world.pool(codes=number)
    for _ in range(number):
        world.coupon(pool, member)
    api = api_for(member)
    api.get("/api/v1/coupons/")
    with django_assert_num_queries(4):
        assert len(api.get("/api/v1/coupons/?limit=50").json()["results"]) == number
