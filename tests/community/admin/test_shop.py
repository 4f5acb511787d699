"""A manager makes keys for the shop and reads what it sent."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from community.admin.brand import BrandForm
from community.models import ApiKey, Order, Ownership, Product
from community.services import api_keys
from tests import factories, staff

pytestmark = pytest.mark.django_db


def test_a_key_is_shown_once_and_works() -> None:
    desk = staff.browser(staff.manager())

    shown = desk.post("/admin/community/apikey/add/", {"name": "Webshop", "scopes": ["customers", "orders"]})

    key = re.findall(r"kk_[0-9a-f]{8}_[0-9a-z]{40}", shown.content.decode())
    assert (shown.status_code, len(key)) == (200, 1)
    assert "no-store" in shown["Cache-Control"]
    row = ApiKey.objects.get()
    assert (row.name, row.scopes, row.is_active) == ("Webshop", ["customers", "orders"], True)
    headers = {"Authorization": f"Api-Key {key[0]}"}
    assert APIClient().put("/api/v1/shop/customers/C-7/", {}, headers=headers).status_code == 200
    later = desk.get(f"/admin/community/apikey/{row.pk}/change/").content.decode()
    assert key[0] not in later
    assert row.digest not in later


def test_a_key_needs_something_that_it_may_do() -> None:
    answer = staff.browser(staff.manager()).post("/admin/community/apikey/add/", {"name": "Webshop"})

    assert (answer.status_code, ApiKey.objects.count()) == (200, 0)


def test_a_key_is_renamed_and_switched_off_and_keeps_its_secrets() -> None:
    row, secret = api_keys.create(name="Shop", scopes=["orders"], at=timezone.now())

    staff.browser(staff.manager()).post(
        f"/admin/community/apikey/{row.pk}/change/", {"name": "Old shop", "scopes": ["products"]}
    )

    kept = ApiKey.objects.get()
    assert (kept.name, kept.scopes, kept.is_active, kept.digest) == ("Old shop", ["products"], False, row.digest)
    assert api_keys.by_key(secret.key) is None


def test_orders_are_read_and_not_written() -> None:
    lena = factories.member("Lena Sommer")
    order = factories.purchase(lena, factories.product("aurora"))
    desk = staff.browser(staff.manager())

    page = desk.get(f"/admin/community/order/{order.pk}/change/")
    desk.post(f"/admin/community/order/{order.pk}/change/", {"status": "cancelled"})

    assert page.status_code == 200
    assert "AURORA" in page.content.decode()
    assert Order.objects.get().status == Order.Status.PAID
    assert desk.get("/admin/community/order/add/").status_code == 403


def test_a_product_that_a_manager_enters_is_linked_to_what_was_ordered() -> None:
    lena = factories.member("Lena Sommer")
    unknown = factories.product("aurora")
    unknown.pk = None
    Product.objects.all().delete()
    factories.purchase(lena, unknown)
    entered = {"name": "Aurora", "slug": "aurora", "sku": "AURORA", "currency": "EUR", "position": 0, "is_active": "on"}

    staff.browser(staff.manager()).post("/admin/community/product/add/", entered)

    assert [(row.member, row.product.sku) for row in Ownership.objects.all()] == [(lena, "AURORA")]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://Shop.example/\r\nhttp://localhost:8724", "https://shop.example\nhttp://localhost:8724"),
        ("https://*", None),
    ],
)
def test_shops_are_kept_as_origins_and_nonsense_is_refused(typed: str, kept: str | None) -> None:
    form = BrandForm({"name": "Nordlicht", "shop_origins": typed})
    form.full_clean()

    assert form.cleaned_data.get("shop_origins") == kept
    assert ("shop_origins" in form.errors) == (kept is None)
