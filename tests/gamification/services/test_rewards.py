"""Redeeming rewards: who may, what moves, and how it is handed over or given back."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from community.models import Activity, Member, Notification
from gamification.models import Budget, Reward
from gamification.services import coupon_uses, coupons, redemptions, rewards
from tests.gamification import coupon_world
from tests.gamification import reward_world as world
from tests.unchanged import refused

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def mara() -> Member:
    return world.rich(credits=250)


def test_a_code_is_there_at_once(mara: Member) -> None:
    reward = world.reward("coupon", price=100)

    redemption = world.redeem(reward, mara)

    assert redemption.coupon is not None
    assert (redemption.state, redemption.price, redemption.coupon.member) == ("fulfilled", 100, mara)
    assert world.credits_of(mara) == 150
    assert Reward.objects.get().taken == 1
    deed = Activity.objects.get(verb="reward.redeemed", subject_id=reward.pk)
    assert (deed.actor, deed.facts["price"], redemption.entry.activity) == (mara, 100, deed)


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("not_enough_credits", {"price": 251}),
        ("reward_not_offered", {"is_active": False}),
        ("reward_not_offered", {"starts_at": timezone.now() + HOUR}),
        ("reward_not_offered", {"ends_at": timezone.now() - HOUR}),
        ("reward_sold_out", {"stock": 0}),
        ("level_too_low", {"min_level": 2}),
        ("address_missing", {"kind": "parcel"}),
    ],
)
def test_what_is_not_for_the_member_is_refused(mara: Member, code: str, fields: dict[str, object]) -> None:
    reward = world.reward(**fields)  # type: ignore[arg-type] # fields of the model

    with refused(code):
        rewards.redeem(reward=reward, member=mara, at=timezone.now())


def test_an_empty_pool_is_sold_out(mara: Member) -> None:
    reward = world.reward("coupon", pool=coupon_world.pool(codes=0))

    with refused("reward_sold_out"):
        world.redeem(reward, mara)


def test_an_empty_budget_is_sold_out(mara: Member) -> None:
    reward = world.parcel(budget=coupon_world.budget("9.49"))

    with refused("reward_sold_out"):
        world.redeem(reward, mara)


def test_a_member_redeems_as_often_as_one_may_and_a_refund_frees_the_place(mara: Member, member: Member) -> None:
    reward = world.reward(per_member=1)
    first = world.redeem(reward, mara)

    with refused("reward_limit_reached"):
        world.redeem(reward, mara)

    redemptions.refund(redemption=first, by=member, reason="It broke.", at=timezone.now())
    world.redeem(reward, mara)
    assert Reward.objects.get().taken == 1


def test_nobody_pays_another_price_than_they_saw(mara: Member) -> None:
    reward = world.reward(price=100)

    with refused("price_changed"):
        world.redeem(reward, mara, price=90)


def test_what_is_sent_waits_for_a_manager_with_its_address_under_lock(mara: Member, member: Member) -> None:
    reward = world.parcel()
    redemption = world.redeem(reward, mara)
    assert (redemption.state, redemptions.address_of(redemption)) == ("open", world.ADDRESS)
    assert "Deich" not in redemption.address
    assert Budget.objects.values_list("reserved", "spent").get() == (Decimal("9.50"), Decimal(0))

    redemptions.fulfil(redemption=redemption, by=member, note="Number 4711", at=timezone.now())

    redemption.refresh_from_db()
    assert (redemption.state, redemption.note, redemption.address) == ("fulfilled", "Number 4711", "")
    assert Budget.objects.values_list("reserved", "spent").get() == (Decimal(0), Decimal("9.50"))
    told = Notification.objects.get(kind="reward.fulfilled")
    assert (told.member, told.facts["words"]) == (mara, "Number 4711")
    with refused("redemption_not_open"):
        redemptions.fulfil(redemption=redemption, by=member, at=timezone.now())


def test_a_refund_brings_everything_back_and_says_why(mara: Member, member: Member) -> None:
    redemption = world.redeem(world.parcel(), mara)

    redemptions.refund(redemption=redemption, by=member, reason=" Out of beans. ", at=timezone.now())

    redemption.refresh_from_db()
    assert (redemption.state, redemption.refund_reason, redemption.address) == ("refunded", "Out of beans.", "")
    assert (world.credits_of(mara), world.left_of(mara), Reward.objects.get().taken) == (250, [250], 0)
    assert Budget.objects.values_list("reserved", "spent").get() == (Decimal(0), Decimal(0))
    undo = Activity.objects.get(verb="reward.refunded")
    assert (undo.actor, undo.undoes) == (member, redemption.entry.activity)
    assert Notification.objects.get(kind="reward.refunded").facts["words"] == "Out of beans."
    with refused("redemption_not_open"):
        redemptions.refund(redemption=redemption, by=member, reason="Again.", at=timezone.now())


def test_a_refund_needs_a_reason(mara: Member, member: Member) -> None:
    redemption = world.redeem(world.reward(), mara)

    with refused("reason_missing"):
        redemptions.refund(redemption=redemption, by=member, reason=" ", at=timezone.now())


def test_a_refunded_code_is_revoked_and_a_used_one_is_not_refunded(mara: Member, member: Member) -> None:
    reward = world.reward("coupon")
    unused, used = world.redeem(reward, mara), world.redeem(reward, mara)
    assert unused.coupon is not None
    assert used.coupon is not None
    code = coupons.code_of(used.coupon)
    coupon_uses.redeem(code=code, order="17", basket=coupon_world.basket(), basket_id="", at=timezone.now())

    redemptions.refund(redemption=unused, by=member, reason="By mistake.", at=timezone.now())

    unused.coupon.refresh_from_db()
    assert unused.coupon.state == "revoked"
    with refused("coupon_used"):
        redemptions.refund(redemption=used, by=member, reason="No.", at=timezone.now())


def test_an_erased_member_leaves_no_address(mara: Member) -> None:
    redemption = world.redeem(world.parcel(), mara)

    redemptions.forget_addresses(mara, timezone.now())

    redemption.refresh_from_db()
    assert (redemption.address, redemption.state) == ("", "open")
