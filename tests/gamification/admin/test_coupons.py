"""A manager makes pools and fills them, watches budgets, and never sees a whole code."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from community.models import Member
from gamification.models import Budget, Coupon, CouponPool
from gamification.services import coupon_uses, coupons
from tests import factories, staff
from tests.gamification import coupon_world as world

pytestmark = pytest.mark.django_db
POOLS, COUPONS, BUDGETS = (f"/admin/gamification/{name}/" for name in ("couponpool", "coupon", "budget"))


@pytest.fixture
def clara() -> Client:
    return staff.browser(staff.manager())


def terms(budget: Budget, **said: Any) -> dict[str, Any]:
    told = {"name_de": "5 € Rabatt", "name_en": "5 € off", "amount": "5.00", "minimum": "0", "uses": "1"}
    return {**told, "budget": budget.pk, "hold_minutes": "30", "percent": "", "valid_days": "", **said}


def test_a_pool_is_made_and_its_promise_stays_once_it_was_given(clara: Client) -> None:
    budget = world.budget()
    assert clara.post(f"{POOLS}add/", terms(budget, minimum="20.00")).status_code == 302
    pool = CouponPool.objects.get()
    assert (pool.amount, pool.minimum, pool.percent, pool.budget) == (Decimal("5.00"), Decimal("20.00"), None, budget)

    clara.post(f"{POOLS}{pool.pk}/generate/", {"count": "3", "length": "12"})
    world.coupon(pool)
    clara.post(f"{POOLS}{pool.pk}/change/", terms(budget, name_en="Thank you", amount="500.00", uses="9"))
    pool.refresh_from_db()
    assert (pool.amount, pool.uses, Coupon.objects.filter(pool=pool).count()) == (Decimal("5.00"), 1, 3)
    page = clara.get(f"{POOLS}{pool.pk}/change/").content.decode()
    assert "ready to use: 1" in page or "bereit: 1" in page


def test_codes_are_uploaded_whole_or_not_at_all_with_a_word_on_each_line(clara: Client) -> None:
    pool = world.pool(codes=0)

    def upload(text: bytes) -> Any:
        return clara.post(f"{POOLS}{pool.pk}/upload/", {"file": SimpleUploadedFile("codes.csv", text)})

    bad = upload(b"code\nMIDSUMMER-26\nshort\nMIDSUMMER26\n")
    assert (bad.status_code, Coupon.objects.count()) == (400, 0)
    assert [(one.line, one.code) for one in bad.context["complaints"]] == [(3, "short"), (4, "MIDSUMMER26")]
    assert upload(b"\xff\xfe\x00").context["form"].errors["file"]
    assert upload(b"code\nMIDSUMMER-26\nAUTUMN-2026\n").status_code == 302
    assert Coupon.objects.count() == 2


def test_of_a_code_only_the_end_is_shown_and_the_whole_finds_it(clara: Client) -> None:
    coupon, other = world.coupon(), world.coupon()
    code = coupons.code_of(coupon)
    list_ = clara.get(COUPONS, {"q": code.lower().replace("-", " ")})
    assert [row.pk for row in list_.context["cl"].result_list] == [coupon.pk]
    assert other.pk not in [row.pk for row in list_.context["cl"].result_list]
    for page in (clara.get(COUPONS), clara.get(f"{COUPONS}{coupon.pk}/change/")):
        text = page.content.decode()
        assert f"…{coupon.last4}" in text
        assert code not in text
        assert coupon.sealed not in text


def test_a_manager_revokes(clara: Client) -> None:
    coupon = world.coupon()
    clara.post(COUPONS, {"action": "revoke", "_selected_action": [coupon.pk], "index": "0"})
    coupon.refresh_from_db()
    coupon.pool.budget.refresh_from_db()
    assert (coupon.state, coupon.pool.budget.reserved) == ("revoked", Decimal(0))


def test_counts_are_exported_without_codes(clara: Client) -> None:
    pool = world.pool(codes=3, name="=SUM(A1)")
    coupon = world.coupon(pool)
    coupon_uses.redeem(code=coupons.code_of(coupon), order="W-1", basket=world.basket(), at=coupon.created_at)
    response = clara.post(POOLS, {"action": "export_counts", "_selected_action": [pool.pk], "index": "0"})
    heading, row = response.content.decode().splitlines()
    assert heading == (
        "pool,currency,generated,assigned,reserved,redeemed,refunded,expired,revoked,redemptions,taken_off"
    )
    assert row == "'=SUM(A1),EUR,2,0,0,1,0,0,0,1,5.00"


def test_a_budget_shows_what_draws_on_it_and_keeps_its_cap(clara: Client) -> None:
    coupon = world.coupon(world.pool(world.budget("20.00")))
    budget = coupon.pool.budget
    page = clara.get(f"{BUDGETS}{budget.pk}/change/").content.decode()
    assert "5 € off" in page
    refused = clara.post(f"{BUDGETS}{budget.pk}/change/", {"name": budget.name, "cap": "4.99"})
    assert refused.context["adminform"].form.errors["cap"]
    assert clara.post(f"{BUDGETS}{budget.pk}/change/", {"name": "New name", "cap": "5.00"}).status_code == 302
    budget.refresh_from_db()
    assert (budget.name, budget.cap, budget.reserved) == ("New name", Decimal("5.00"), Decimal("5.00"))


@pytest.mark.parametrize("who", ["stranger", "member", "ambassador"])
def test_nobody_else_gets_in(who: str) -> None:
    people: dict[str, Member | None] = {
        "stranger": None, "member": factories.member(), "ambassador": factories.ambassador(),
    }  # fmt: skip
    pool, client = world.pool(codes=0), staff.browser(people[who])
    for address in (POOLS, COUPONS, BUDGETS, f"{POOLS}{pool.pk}/generate/", f"{POOLS}{pool.pk}/upload/"):
        assert client.get(address).status_code == 302
        assert client.post(address, {"count": "3", "length": "12"}).status_code == 302
    assert Coupon.objects.count() == 0
