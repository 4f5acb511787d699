"""Topics and products over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from rest_framework.test import APIClient

from community.models import Member
from tests import factories

pytestmark = pytest.mark.django_db

ApiFor = Callable[[Member | None], APIClient]


def test_topics_are_named_in_the_readers_language(api_for: ApiFor) -> None:
    factories.topic("brewing", name_de="Zubereitung", name_en="Brewing")

    german = api_for(None).get("/api/v1/topics/", headers={"Accept-Language": "de"})
    english = api_for(None).get("/api/v1/topics/", headers={"Accept-Language": "en"})

    assert [row["name"] for row in german.json()["results"]] == ["Zubereitung"]
    assert english.json()["results"] == [
        {"slug": "brewing", "name": "Brewing", "url": "http://testserver/threads/?topic=brewing", "threads": 0}
    ]


def test_products_tell_price_and_addresses_and_leave_out_what_is_not_sold(api_for: ApiFor) -> None:
    product = factories.product("aurora", price=Decimal("649.00"), shop_url="https://shop.example/aurora")
    factories.product("old", is_active=False)
    factories.thread(product=product)

    rows = api_for(None).get("/api/v1/products/").json()["results"]

    assert rows == [api_for(None).get("/api/v1/products/aurora/").json()]
    assert {name: rows[0][name] for name in ("sku", "price", "currency", "threads", "shop_url", "url")} == {
        "sku": "AURORA",
        "price": "649.00",
        "currency": "EUR",
        "threads": 1,
        "shop_url": "https://shop.example/aurora",
        "url": f"http://testserver{product.get_absolute_url()}",
    }
    assert api_for(None).get("/api/v1/products/old/").status_code == 404
