"""Clara fills the catalogue, hands over and refunds; what does not go together is said at its field."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from community.models import Member
from gamification.models import Redemption, Reward
from tests import staff
from tests.gamification import coupon_world
from tests.gamification import reward_world as world

pytestmark = pytest.mark.django_db
AT = "/admin/gamification/"


@pytest.fixture
def clara() -> Client:
    return staff.browser(staff.manager())


@pytest.fixture
def mara() -> Member:
    return world.rich(credits=250)


def said(**fields: Any) -> dict[str, Any]:
    texts = {"name_de": "Abend", "name_en": "Evening", "description_de": "", "description_en": ""}
    return {**texts, "kind": "access", "price": 100, "min_level": 0, "is_active": "on", **fields}


def test_a_reward_is_added_and_changed(clara: Client, mara: Member) -> None:
    assert clara.post(f"{AT}reward/add/", said()).status_code == 302
    reward = Reward.objects.get()
    world.redeem(reward, mara)

    assert clara.post(f"{AT}reward/{reward.pk}/change/", said(price=150, stock=4)).status_code == 302

    stored = Reward.objects.values_list("name_de", "name_en", "price", "stock", "taken").get()
    assert stored == ("Abend", "Evening", 150, 4, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "coupon"},
        {"worth": "9.50"},
        {"stock": 0},
        {"starts_at_0": "2026-02-02", "starts_at_1": "10:00", "ends_at_0": "2026-02-01", "ends_at_1": "10:00"},
    ],
)
def test_what_does_not_go_together_is_not_stored(clara: Client, mara: Member, wrong: dict[str, Any]) -> None:
    reward = world.reward(name_de="Abend", name_en="Evening", stock=2)
    world.redeem(reward, mara)

    answer = clara.post(f"{AT}reward/{reward.pk}/change/", said(**{"price": 777, **wrong}))

    assert answer.status_code == 200
    reward.refresh_from_db()
    assert (reward.price, reward.kind, reward.stock) == (100, "access", 2)


def test_a_code_needs_a_pool_and_then_is_stored(clara: Client) -> None:
    pool = coupon_world.pool()

    assert clara.post(f"{AT}reward/add/", said(kind="coupon", pool=pool.pk)).status_code == 302
    assert Reward.objects.get().pool == pool


def test_what_was_bought_is_handed_over(clara: Client, mara: Member) -> None:
    redemption = world.redeem(world.parcel(), mara)
    path = f"{AT}redemption/{redemption.pk}/change/"
    assert "Deich 3" in clara.get(path).content.decode()

    clara.post(path, {"deed": "fulfil", "words": "Number 4711"})

    redemption.refresh_from_db()
    assert (redemption.state, redemption.note) == ("fulfilled", "Number 4711")
    assert "Deich 3" not in clara.get(path).content.decode()


def test_a_refund_needs_a_reason_and_happens_once(clara: Client, mara: Member) -> None:
    redemption = world.redeem(world.reward(), mara)
    path = f"{AT}redemption/{redemption.pk}/change/"

    assert clara.post(path, {"deed": "refund", "words": ""}).status_code == 200
    assert world.credits_of(mara) == 150
    for _twice in range(2):
        clara.post(path, {"deed": "refund", "words": "It broke."})

    redemption.refresh_from_db()
    assert (redemption.state, redemption.refund_reason, world.credits_of(mara)) == ("refunded", "It broke.", 250)


def test_a_code_that_was_used_meanwhile_is_told(clara: Client, mara: Member) -> None:
    redemption = world.redeem(world.reward("coupon"), mara)
    assert redemption.coupon is not None
    redemption.coupon.redeemed = 1
    redemption.coupon.state = "redeemed"
    redemption.coupon.save()

    path = f"{AT}redemption/{redemption.pk}/change/"
    answer = clara.post(path, {"deed": "refund", "words": "No."}, follow=True)

    assert "The code was redeemed in the shop." in answer.content.decode()
    assert Redemption.objects.get().state == "fulfilled"


@pytest.mark.parametrize("page", ["reward/", "redemption/", "lot/", "creditterms/", "creditterms/1/change/"])
def test_clara_finds_her_pages(clara: Client, mara: Member, page: str) -> None:
    world.redeem(world.reward("coupon"), mara)

    assert clara.get(f"{AT}{page}").status_code == 200
