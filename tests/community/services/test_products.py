"""Products that move to another address: links, texts and the shop's blocks that use the former one lead on."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from community import access
from community.models import FormerSlug, Product
from community.services import products, texts
from tests import factories

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def moved(db: None) -> Product:
    """A product that was called ``aurora`` first, then ``aurora-s``, and is ``aurora-s1`` by now."""
    product = factories.product("aurora", name="Aurora S1")
    for slug in ("aurora-s", "aurora-s1"):
        product.slug = slug
        products.store(product=product)
    return product


def told(name: str) -> Product:
    """What the shop says of a new product."""
    said = products.Told(f"NEW-{name}", name, "", "", Decimal(1), "EUR", {}, active=True, told_at=NOW)
    return products.receive(told=said)


def test_each_former_address_leads_on(moved: Product) -> None:
    for slug in ("aurora", "aurora-s"):
        answer = Client().get(f"/products/{slug}/")
        assert (answer.status_code, answer["Location"]) == (302, "/products/aurora-s1/")
        assert access.product_for(AnonymousUser(), slug) == access.product_named(AnonymousUser(), slug) == moved
    assert Client().get("/products/aurora-s1/").status_code == 200


def test_a_text_that_uses_it_shows_the_present_one(moved: Product) -> None:
    assert 'href="/products/aurora-s1/" class="chip"' in texts.remark("#Aurora")


def test_of_one_that_is_not_on_sale_nothing_is_said(moved: Product) -> None:
    moved.is_active = False
    products.store(product=moved)
    assert Client().get("/products/aurora/").status_code == 404
    assert texts.remark("#aurora") == "#aurora"


def test_it_may_go_back_and_another_may_take_a_former_one(moved: Product) -> None:
    moved.slug = "aurora"
    products.store(product=moved)
    other = factories.product("other")
    other.slug = "aurora-s1"
    products.store(product=other)
    assert access.product_for(AnonymousUser(), "aurora") == moved
    assert access.product_for(AnonymousUser(), "aurora-s1") == other
    assert list(FormerSlug.objects.values_list("slug", "product")) == [("aurora-s", moved.pk), ("other", other.pk)]


def test_what_the_shop_adds_takes_none(moved: Product) -> None:
    assert told("Aurora").slug not in {"aurora", "aurora-s", "aurora-s1"}
    assert told("Mahl One").slug == "mahl-one"
    assert list(FormerSlug.objects.values_list("slug", flat=True)) == ["aurora", "aurora-s"]


def test_what_changes_nothing_of_the_address_leaves_none(moved: Product) -> None:
    moved.name = "Aurora S1 (2026)"
    products.store(product=moved)
    products.receive(
        told=products.Told(
            moved.sku, "Aurora", "", "", Decimal(1), "EUR", {}, active=True, told_at=NOW + timedelta(hours=1)
        )
    )
    assert (FormerSlug.objects.count(), Product.objects.get().slug) == (2, "aurora-s1")
