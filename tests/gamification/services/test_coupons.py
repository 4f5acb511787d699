"""A code's way: out of the stock, to a member, into a basket, through the till and back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from community import vault
from community.models import Activity, Member
from gamification import coupon_states as states
from gamification.discounts import Basket
from gamification.models import Coupon, CouponUse
from gamification.queries import coupon_checks
from gamification.queries import coupons as reading
from gamification.services import coupon_pools, coupon_uses, coupons
from gamification.services.budgets import BudgetUsedUp
from tests import factories
from tests.gamification import coupon_world as world
from tests.unchanged import refused

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LATER = NOW + timedelta(hours=1)
FIVE, FIFTY = Decimal("5.00"), world.basket("50.00")


@pytest.fixture(autouse=True)
def sums_are_right(db: None) -> Iterator[None]:
    """Whatever a test does, nothing that is kept differs from what it came from."""
    yield
    assert [*coupon_checks.coupons(), *coupon_checks.budgets()] == []


def money(coupon: Coupon) -> tuple[Decimal | int, Decimal | int]:
    """What the budget has promised and spent."""
    budget = coupon.pool.budget
    budget.refresh_from_db()
    return budget.reserved, budget.spent


def state(coupon: Coupon) -> str:
    coupon.refresh_from_db()
    return coupon.state


def code(coupon: Coupon) -> str:
    return coupons.code_of(coupon)


# --- stock and assignment --------------------------------------------------------------------------------------------


def test_a_code_is_stored_sealed_and_found_by_its_digest_alone(member: Member) -> None:
    coupon = world.coupon(member=member)
    written = code(coupon)
    row = Coupon.objects.filter(pk=coupon.pk).values().get()
    assert written.replace("-", "") not in str(row).upper()
    assert (row["last4"], len(written)) == (written[-4:], 14)
    assert row["digest"] == vault.digest(written.replace("-", ""))


def test_the_oldest_code_goes_first_and_its_worth_is_promised(member: Member) -> None:
    pool = world.pool(codes=3)
    first = Coupon.objects.filter(pool=pool).earliest("id")
    given = coupons.assign(pool=pool, member=member, activity=None, at=NOW)
    assert (given.pk, given.state, given.member, given.assigned_at) == (first.pk, "assigned", member, NOW)
    assert money(given) == (FIVE, 0)


def test_the_same_deed_is_given_one_coupon(member: Member) -> None:
    factories.answer()
    deed, pool = Activity.objects.latest("id"), world.pool(codes=2)
    given = [coupons.assign(pool=pool, member=member, activity=deed, at=NOW) for _ in range(2)]
    assert given[0] == given[1]
    assert money(given[0]) == (FIVE, 0)


def test_an_empty_pool_and_a_used_up_budget_refuse(member: Member) -> None:
    for useless in (world.pool(codes=0), world.pool(codes=1, valid_until=NOW)):
        with refused("pool_empty"):
            coupons.assign(pool=useless, member=member, activity=None, at=NOW)
    poor = world.pool(world.budget("4.99"))
    with refused(BudgetUsedUp):
        coupons.assign(pool=poor, member=member, activity=None, at=NOW)


def test_a_code_is_valid_through_its_last_day_in_the_sites_time_zone(member: Member) -> None:
    at = datetime(2026, 3, 27, 22, 30, tzinfo=ZoneInfo("UTC"))
    coupon = world.coupon(member=member, at=at, valid_days=2)
    assert coupon.expires_at == datetime(2026, 3, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    sooner = world.coupon(member=member, at=at, valid_days=2, valid_until=at + timedelta(hours=3))
    assert sooner.expires_at == at + timedelta(hours=3)


def test_an_upload_is_taken_over_whole(member: Member) -> None:
    pool = world.pool(codes=0, uses=3)
    assert coupon_pools.upload(pool=pool, text="\ufeffCode,for\nMIDSUMMER-26,all\n\nfjord_0001\n", at=NOW) == 2
    given = coupons.assign(pool=pool, member=member, activity=None, at=NOW)
    assert (code(given), given.last4, given.uses) == ("MIDSUMMER-26", "ER26", 3)
    assert reading.counts(pool)["generated"] == 1


def test_an_upload_with_a_bad_line_is_refused_line_by_line() -> None:
    pool = world.pool(codes=0)
    coupon_pools.upload(pool=pool, text="MIDSUMMER-26", at=NOW)
    with pytest.raises(coupon_pools.BadUpload) as bad:
        coupon_pools.upload(pool=pool, text="AUTUMN-2026\nmidsummer26\nshort\nautumn 2026\nAUTUMN2026", at=NOW)
    assert [(one.line, one.code) for one in bad.value.complaints] == [
        (2, "midsummer26"), (3, "short"), (4, "autumn 2026"), (5, "AUTUMN2026"),
    ]  # fmt: skip
    assert Coupon.objects.count() == 1
    with refused("codes_invalid"):
        coupon_pools.upload(pool=pool, text="\n", at=NOW)
    with refused("too_many_codes"):
        coupon_pools.generate(pool=pool, count=10_001, at=NOW)
    with refused("code_length"):
        coupon_pools.generate(pool=pool, count=1, length=9, at=NOW)


# --- the till --------------------------------------------------------------------------------------------------------


def test_from_the_basket_to_the_order_and_back(member: Member) -> None:
    coupon = world.coupon(member=member)

    held = coupon_uses.reserve(code=code(coupon), basket_id="B-1", basket=FIFTY, at=NOW)
    assert (held.discount, held.expires_at) == (FIVE, NOW + timedelta(minutes=30))
    assert (state(coupon), money(coupon)) == ("reserved", (FIVE, 0))

    paid = coupon_uses.redeem_reserved(token=held.token, order="W-1", basket=world.basket("4.20"), at=NOW)
    assert (paid.token, paid.discount, paid.order) == (held.token, Decimal("4.20"), "W-1")
    assert (state(coupon), money(coupon)) == ("redeemed", (0, Decimal("4.20")))

    back = coupon_uses.refund(token=paid.token, at=LATER)
    assert (back.state, state(coupon), money(coupon)) == ("refunded", "refunded", (FIVE, 0))
    assert coupon_uses.redeem(code=code(coupon), order="W-2", basket=FIFTY, at=LATER).discount == FIVE
    assert money(coupon) == (0, FIVE)
    verbs = Activity.objects.filter(subject_kind="coupon").order_by("id").values_list("verb", "actor", "undoes__verb")
    assert list(verbs) == [
        ("coupon.redeemed", member.pk, None),
        ("coupon.refunded", member.pk, "coupon.redeemed"),
        ("coupon.redeemed", member.pk, None),
    ]


def test_looking_takes_nothing() -> None:
    coupon = world.coupon()
    for _ in range(3):
        assert coupon_uses.check(code=code(coupon).lower(), basket=FIFTY, at=NOW).discount == FIVE
    assert coupon_uses.check(code=code(coupon), basket=None, at=NOW).discount is None
    assert (state(coupon), CouponUse.objects.count()) == ("assigned", 0)


def test_the_same_basket_keeps_its_reservation_and_another_waits() -> None:
    coupon = world.coupon(percent=Decimal(10))
    first = coupon_uses.reserve(code=code(coupon), basket_id="B-1", basket=FIFTY, at=NOW)
    again = coupon_uses.reserve(code=code(coupon), basket_id="B-1", basket=world.basket("20.00"), at=LATER)
    assert again.pk != first.pk
    again = coupon_uses.reserve(code=code(coupon), basket_id="B-1", basket=world.basket("30.00"), at=LATER)
    assert (again.discount, CouponUse.objects.filter(state="reserved").count()) == (Decimal("3.00"), 1)
    with refused("coupon_reserved"):
        coupon_uses.reserve(code=code(coupon), basket_id="B-2", basket=FIFTY, at=LATER)
    with refused("coupon_reserved"):
        coupon_uses.redeem(code=code(coupon), order="W-1", basket=FIFTY, at=LATER)
    paid = coupon_uses.redeem(code=code(coupon), order="W-1", basket=FIFTY, basket_id="B-1", at=LATER)
    assert (paid.pk, state(coupon)) == (again.pk, "redeemed")


def test_a_basket_that_is_given_up_frees_its_code() -> None:
    coupon = world.coupon()
    held = coupon_uses.reserve(code=code(coupon), basket_id="B-1", basket=FIFTY, at=NOW)
    for _ in range(2):
        assert coupon_uses.release(token=held.token, at=NOW).state == "released"
    assert state(coupon) == "assigned"
    with refused("reservation_over"):
        coupon_uses.redeem_reserved(token=held.token, order="W-1", basket=FIFTY, at=NOW)


def test_a_forgotten_basket_frees_its_code_at_the_next_look_and_by_the_beat() -> None:
    coupon, other = world.coupon(), world.coupon()
    held = coupon_uses.reserve(code=code(coupon), basket_id="B-1", basket=FIFTY, at=NOW)
    coupon_uses.reserve(code=code(other), basket_id="B-2", basket=FIFTY, at=NOW)

    assert coupon_uses.check(code=code(coupon), basket=None, at=LATER).coupon.state == "assigned"
    with refused("reservation_over"):
        coupon_uses.redeem_reserved(token=held.token, order="W-1", basket=FIFTY, at=LATER)
    assert [coupon_uses.lapse(at=NOW), coupon_uses.lapse(at=LATER), coupon_uses.lapse(at=LATER)] == [0, 1, 0]
    assert (state(other), CouponUse.objects.filter(state="lapsed").count()) == ("assigned", 2)


def test_a_used_code_is_used_up_whatever_is_tried() -> None:
    coupon = world.coupon()
    paid = coupon_uses.redeem(code=code(coupon), order="W-1", basket=FIFTY, at=NOW)
    with refused("coupon_used"):
        coupon_uses.check(code=code(coupon), basket=None, at=NOW)
    with refused("coupon_used"):
        coupon_uses.redeem(code=code(coupon), order="W-1", basket=FIFTY, at=NOW)
    with refused("coupon_used"):
        coupon_uses.redeem_reserved(token=paid.token, order="W-1", basket=FIFTY, at=NOW)
    with refused("coupon_used"):
        coupon_uses.release(token=paid.token, at=NOW)
    clara = factories.member()
    with refused("coupon_not_revocable"):
        coupons.revoke(coupon=coupon, by=clara, at=NOW)


def test_a_refund_happens_once() -> None:
    coupon = world.coupon()
    paid = coupon_uses.redeem(code=code(coupon), order="W-1", basket=FIFTY, at=NOW)
    for _ in range(2):
        coupon_uses.refund(token=paid.token, at=NOW)
    assert (state(coupon), money(coupon), coupon.redeemed) == ("refunded", (FIVE, 0), 0)


def test_unknown_names_are_unknown() -> None:
    world.pool(codes=1)
    in_stock = coupons.code_of(Coupon.objects.get())
    held = coupon_uses.reserve(code=code(world.coupon()), basket_id="B", basket=FIFTY, at=NOW)
    for unknown in (in_stock, "NO-SUCH-CODE-1", ""):
        with refused("coupon_unknown"):
            coupon_uses.check(code=unknown, basket=None, at=NOW)
    with refused("reservation_unknown"):
        coupon_uses.release(token="cu_none", at=NOW)
    with refused("redemption_unknown"):
        coupon_uses.refund(token=held.token, at=NOW)


@pytest.mark.parametrize(
    ("fields", "basket", "name"),
    [
        ({"minimum": Decimal("50.01")}, FIFTY, "basket_too_small"),
        ({}, world.basket("50.00", "SEK"), "currency_differs"),
    ],
)
def test_a_basket_that_does_not_meet_the_terms_is_refused(fields: dict[str, Any], basket: Basket, name: str) -> None:
    coupon = world.coupon(**fields)
    for deed, also in ((coupon_uses.reserve, {"basket_id": "B"}), (coupon_uses.redeem, {"order": "W"})):
        with refused(name):
            deed(code=code(coupon), basket=basket, at=NOW, **also)


def test_a_code_for_several_uses_counts_them() -> None:
    coupon = world.coupon(uses=2)
    assert money(coupon) == (Decimal("10.00"), 0)
    held = coupon_uses.reserve(code=code(coupon), basket_id="B-1", basket=FIFTY, at=NOW)
    paid = coupon_uses.redeem(code=code(coupon), order="W-2", basket=FIFTY, at=NOW)
    assert state(coupon) == "reserved"
    coupon_uses.redeem_reserved(token=held.token, order="W-1", basket=FIFTY, at=NOW)
    with refused("coupon_used"):
        coupon_uses.redeem(code=code(coupon), order="W-3", basket=FIFTY, at=NOW)
    coupon_uses.refund(token=paid.token, at=NOW)
    assert (state(coupon), money(coupon)) == ("refunded", (FIVE, FIVE))


def test_a_refund_that_the_budget_cannot_promise_in_full_is_promised_in_part() -> None:
    budget = world.budget("5.00")
    coupon = world.coupon(world.pool(budget, percent=Decimal(10)))
    paid = coupon_uses.redeem(code=code(coupon), order="W-1", basket=world.basket("20.00"), at=NOW)
    world.coupon(world.pool(budget, amount=Decimal("3.00")))
    coupon_uses.refund(token=paid.token, at=NOW)
    assert money(coupon) == (Decimal("5.00"), 0)
    with refused("budget_used_up"):
        coupon_uses.redeem(code=code(coupon), order="W-2", basket=FIFTY, at=NOW)
    assert coupon_uses.redeem(code=code(coupon), order="W-3", basket=world.basket("20.00"), at=NOW).discount == 2


# --- the end ---------------------------------------------------------------------------------------------------------


def test_what_is_over_expires_and_its_money_is_free() -> None:
    coupon = world.coupon(valid_until=LATER)
    with refused("coupon_expired"):
        coupon_uses.check(code=code(coupon), basket=None, at=LATER)
    assert reading.state_at(coupon, LATER) == "expired"
    assert [coupons.expire(at=NOW), coupons.expire(at=LATER), coupons.expire(at=LATER)] == [0, 1, 0]
    assert (state(coupon), money(coupon)) == ("expired", (0, 0))
    with refused("coupon_expired"):
        coupon_uses.check(code=code(coupon), basket=None, at=LATER)


def test_stock_that_nobody_got_expires_with_its_pool() -> None:
    pool = world.pool(codes=3, valid_until=LATER)
    assert coupons.expire(at=LATER) == 3
    assert reading.counts(pool) == dict.fromkeys(Coupon.State.values, 0) | {"expired": 3}


def test_a_basket_that_holds_a_code_keeps_it_over_the_end() -> None:
    coupon = world.coupon(valid_until=NOW + timedelta(minutes=10))
    held = coupon_uses.reserve(code=code(coupon), basket_id="B-1", basket=FIFTY, at=NOW)
    soon = NOW + timedelta(minutes=20)
    assert coupons.expire(at=soon) == 0
    assert coupon_uses.redeem_reserved(token=held.token, order="W-1", basket=FIFTY, at=soon).discount == FIVE


def test_a_revoked_code_is_gone_from_baskets_too() -> None:
    coupon, manager = world.coupon(), factories.member("Clara")
    held = coupon_uses.reserve(code=code(coupon), basket_id="B-1", basket=FIFTY, at=NOW)
    coupons.revoke(coupon=coupon, by=manager, at=NOW)
    assert (state(coupon), money(coupon), coupon.held) == (states.REVOKED, (0, 0), 0)
    with refused("coupon_revoked"):
        coupon_uses.check(code=code(coupon), basket=None, at=NOW)
    with refused("coupon_revoked"):
        coupon_uses.redeem_reserved(token=held.token, order="W-1", basket=FIFTY, at=NOW)
    deed = Activity.objects.get(verb="coupon.revoked")
    assert (deed.actor, deed.beneficiary) == (manager, coupon.member)
