"""Rewards over the API."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from community.models import Member
from gamification.models import Redemption
from gamification.services import coupons
from tests.gamification import reward_world as world

pytestmark = pytest.mark.django_db
ApiFor = Callable[[Member | None], APIClient]


@pytest.fixture
def mara() -> Member:
    return world.rich(credits=250)


def test_everybody_sees_the_catalogue_and_a_member_what_is_missing(mara: Member, api_for: ApiFor) -> None:
    near = world.reward("coupon", price=200, stock=3, name="Near")
    far = world.reward(price=300, name="Far")
    world.reward(is_active=False)

    shown = [api_for(person).get("/api/v1/rewards/").json()["results"] for person in (None, mara)]

    assert [[row["id"] for row in rows] for rows in shown] == [[near.pk, far.pk]] * 2
    assert [[(row["missing"], row["redeemable"]) for row in rows] for rows in shown] == [
        [(None, False), (None, False)],
        [(0, True), (50, False)],
    ]
    assert shown[1][0] == {
        "id": near.pk, "name": "Near", "description": "", "kind": "coupon", "price": 200, "picture": None, "left": 3,
        "per_member": None, "min_level": 0, "starts_at": None, "ends_at": None, "missing": 0, "redeemable": True,
    }  # fmt: skip


def test_a_code_comes_with_the_answer_and_a_repetition_changes_nothing(mara: Member, api_for: ApiFor) -> None:
    reward, api = world.reward("coupon"), api_for(mara)

    answers = [api.post(f"/api/v1/rewards/{reward.pk}/redeem/", {}, HTTP_IDEMPOTENCY_KEY="one") for _twice in range(2)]

    redemption = Redemption.objects.get()
    assert redemption.coupon is not None
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    body = answers[0].json()
    assert (body["id"], body["state"], body["price"], body["credits"]) == (redemption.pk, "fulfilled", 100, 150)
    assert body["coupon"]["code"] == coupons.code_of(redemption.coupon)


def test_who_may_redeem(mara: Member, member: Member, api_for: ApiFor) -> None:
    reward = world.parcel()
    path = f"/api/v1/rewards/{reward.pk}/redeem/"

    refusals = [
        api_for(None).post(path, {}),
        api_for(member).post(path, {"address": world.ADDRESS}),
        api_for(mara).post(path, {}),
        api_for(mara).post(path, {"price": 99, "address": world.ADDRESS}),
        api_for(mara).post("/api/v1/rewards/999999/redeem/", {}),
    ]

    assert [(answer.status_code, answer.json()["code"]) for answer in refusals] == [
        (401, "not_authenticated"),
        (409, "not_enough_credits"),
        (422, "address_missing"),
        (409, "price_changed"),
        (404, "not_found"),
    ]
    assert Redemption.objects.count() == 0
    assert api_for(mara).post(path, {"address": world.ADDRESS}).json()["state"] == "open"
