"""The demo shop, run as its README says: its page shows the community, and a purchase makes an owner."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from community.models import ApiKey, Brand, Member, Ownership, Product
from community.services import api_keys, brands
from tests import factories

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

    page.get_by_label("Your e-mail address").fill(lena.email)
    page.get_by_role("button", name="Buy").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")

    assert [row.member for row in Ownership.objects.filter(product=aurora)] == [lena]
    page.goto(thread.get_absolute_url())
    expect(page.locator(".answer .owned")).to_contain_text(f"Owns it since {timezone.localdate():%B %Y}")
