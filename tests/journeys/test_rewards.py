"""Mara sees what her credits buy, redeems a code and takes it with her."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from gamification.models import Redemption
from gamification.services import coupons
from tests.gamification import coupon_world
from tests.gamification import reward_world as world

Open = Callable[..., Page]


@pytest.mark.smoke
def test_a_reward_is_redeemed_and_its_code_copied(open_browser: Open, transactional_db: None) -> None:
    pool = coupon_world.pool(codes=3, name="Ten percent off beans")
    world.reward("coupon", name="Ten percent code", pool=pool, price=100)
    world.reward(name="Fjord kettle", price=900)
    mara = world.rich("Mara Lindqvist", credits=250)

    page = open_browser(mara)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/rewards/")
    expect(page.get_by_role("heading", name="You have 250 credits")).to_be_visible()
    expect(page.get_by_text("650 to go", exact=True)).to_be_visible()
    page.get_by_role("link", name="Redeem Ten percent code").click()
    expect(page.get_by_text("150", exact=True)).to_be_visible()
    assert Redemption.objects.count() == 0

    page.get_by_role("button", name="Redeem for 100 credits").click()
    expect(page.get_by_text("It is yours: Ten percent code.")).to_be_visible()
    coupon = Redemption.objects.get().coupon
    assert coupon is not None
    code = coupons.code_of(coupon)
    expect(page.get_by_text(code, exact=True)).to_be_visible()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == code
    page.get_by_text("Show at the till").click()
    expect(page.get_by_role("img", name="The code for a scanner")).to_be_visible()
