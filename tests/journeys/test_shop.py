"""The demo shop, run as its README says: it shows the community, takes its codes, and a purchase makes an owner."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from community.models import ApiKey, Brand, Member, Order, Ownership, Product
from community.services import api_keys, brands
from gamification.models import CouponUse
from gamification.services import coupons
from tests import factories
from tests.gamification import coupon_world

Open = Callable[..., Page]
SHOP = Path(__file__).parents[2] / "examples" / "shop" / "shop.py"
TITLE = "Does the Aurora fit under a cupboard?"


@pytest.fixture
def shop(live_server_asgi: str) -> Iterator[str]:
    """The shop as a process of its own; yields its address, which the brand allows to show blocks."""
    _row, secrets = api_keys.create(name="Shop", scopes=ApiKey.Scope.values, at=timezone.now())
    with subprocess.Popen(  # noqa: S603 - our own file
        [sys.executable, str(SHOP), "--community", live_server_asgi, "--port", "0"],
        env={**os.environ, "SHOP_KEY": secrets.key},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().rpartition(" ")[2].strip()
        brands.store(brand=Brand(name="Nordlicht", shop_origins=address))
        yield address
        process.terminate()


def test_a_purchase_in_the_shop_makes_a_verified_owner(open_browser: Open, shop: str) -> None:
    lena: Member = factories.member("Lena Sommer")
    aurora = Product.objects.get(sku="AURORA-S1")
    assert aurora.facts["width_mm"] == 285
    thread = factories.thread(product=aurora, title=TITLE)
    factories.answer(thread, lena)

    page = open_browser(None)
    page.goto(f"{shop}/products/AURORA-S1/")
    block = page.locator("[data-kundenkreis]")
    expect(block.get_by_role("heading", name="What owners say about Aurora S1")).to_be_visible()
    expect(block.get_by_role("link", name=TITLE)).to_be_visible()
    expect(block.get_by_role("link", name="Ask a question")).to_have_attribute(
        "href", "http://localhost:8000/threads/new/?product=aurora-s1&phase=before"
    )
    assert page.locator('head script[type="application/ld+json"]').count() == 1
    assert page.context.cookies() == []

    page.get_by_role("button", name="Into the basket").click()
    page.get_by_label("Your e-mail address").fill(lena.email)
    page.get_by_role("button", name="Buy").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")

    assert [row.member for row in Ownership.objects.filter(product=aurora)] == [lena]
    page.goto(thread.get_absolute_url())
    expect(page.locator(".answer .owned")).to_contain_text(f"Owns it since {timezone.localdate():%B %Y}")


def test_a_code_is_redeemed_in_the_shop_and_given_back_with_the_order(open_browser: Open, shop: str) -> None:
    lena: Member = factories.member("Lena Sommer")
    coupon = coupon_world.coupon(member=lena, minimum=Decimal("50.00"))
    page = open_browser(None)
    page.goto(f"{shop}/products/KETTLE-FJORD/")
    page.get_by_role("button", name="Into the basket").click()

    page.get_by_label("Coupon code").fill("NO-SUCH-CODE")
    page.get_by_role("button", name="Use the code").click()
    expect(page.get_by_role("alert")).to_have_text("This code is not known. Look at each sign again.")

    page.get_by_label("Coupon code").fill(coupons.code_of(coupon).lower())
    page.get_by_role("button", name="Use the code").click()
    expect(page.locator(".total")).to_contain_text("74.00 €")
    coupon.refresh_from_db()
    assert coupon.state == "reserved"

    page.get_by_label("Your e-mail address").fill(lena.email)
    page.get_by_role("button", name="Buy").click()
    expect(page.get_by_text("A code took 5.00 € off.")).to_be_visible()
    use = CouponUse.objects.get()
    assert (use.state, use.discount, use.amount) == ("redeemed", Decimal("5.00"), Decimal("79.00"))

    other = open_browser(None)
    other.goto(f"{shop}/products/AURORA-S1/")
    other.get_by_role("button", name="Into the basket").click()
    other.get_by_label("Coupon code").fill(coupons.code_of(coupon))
    other.get_by_role("button", name="Use the code").click()
    expect(other.get_by_role("alert")).to_have_text("This code is used up.")

    page.get_by_role("button", name="Return it").click()
    expect(page.get_by_text("Your code can be used again.")).to_be_visible()
    coupon.refresh_from_db()
    assert (coupon.state, Order.objects.get().status) == ("refunded", Order.Status.RETURNED)
