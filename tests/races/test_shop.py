"""The shop, the manager and the member speak at the same moment: nobody misses anybody, on both databases."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from community.models import Member, Order, Ownership, Product, ShopCustomer
from community.services import orders, products, shop_customers
from tests import factories
from tests.races.crowd import at_once, differences

pytestmark = pytest.mark.django_db(transaction=True)
NOW = timezone.now()
ROUNDS = 4


def told(number: str, sku: str, customer: str, *, status: str = "paid", minutes: int = 0) -> orders.Told:
    moment = NOW + timedelta(minutes=minutes)
    return orders.Told(number, customer, NOW, status, "EUR", (orders.Line(sku, 1, Decimal(5)),), moment)


def described(sku: str) -> products.Told:
    return products.Told(sku, sku, "https://shop.example/", "", Decimal(5), "EUR", {}, active=True, told_at=NOW)


def verify(member: Member) -> int:
    EmailAddress.objects.create(user=member, email=f"shop{member.pk}@example.com", verified=True)
    return shop_customers.link(member=member, at=NOW)


def test_order_product_customer_and_verified_address_find_one_another() -> None:
    for number in range(ROUNDS):
        member, sku, customer = factories.member(), f"SKU-{number}", f"C-{number}"
        address = f"shop{member.pk}@example.com"

        outcome = at_once(
            [
                partial(orders.receive, told=told(f"N-{number}", sku, customer), at=NOW),
                partial(products.receive, told=described(sku)),
                partial(shop_customers.receive, ref=customer, email=address, told_at=NOW, at=NOW),
                partial(verify, member),
            ]
        )

        assert outcome.errors == []
        assert [row.product.sku for row in Ownership.objects.filter(member=member)] == [sku]
    assert differences() == []


def test_every_state_of_an_order_at_once_ends_in_the_newest() -> None:
    member, product = factories.member(), factories.product("aurora")
    shop_customers.receive(ref="C-1", email=member.email, told_at=NOW, at=NOW)
    states = [told("N-1", product.sku, "C-1", status=s, minutes=m) for m, s in enumerate(Order.Status.values)]

    outcome = at_once([partial(orders.receive, told=state, at=NOW) for state in states * 3])

    assert outcome.errors == []
    assert (Order.objects.get().status, Order.objects.get().updated_at) == ("cancelled", states[-1].updated_at)
    assert (ShopCustomer.objects.count(), Ownership.objects.count(), Product.objects.get().owner_count) == (1, 0, 0)
    assert differences() == []
