"""Whatever order the shop's words arrive in, and however often each: the same words end in the same state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from community.models import Member, Order, OrderLine, Ownership, Product, ShopCustomer
from community.services import orders, ownerships, products, shop_customers
from community.verification import owners
from tests import factories

START = datetime(2025, 1, 1, tzinfo=UTC)
NOW = datetime(2025, 6, 1, tzinfo=UTC)
EMAILS = ("lena@example.com", "mara@example.com", "stranger@example.com")
Word = Callable[[], object]

moments = st.integers(0, 3).map(lambda days: START + timedelta(days=days))
skus = st.sampled_from(["A", "B"])
lines = st.lists(
    st.builds(orders.Line, skus, st.integers(0, 2), st.sampled_from([Decimal("5.00"), Decimal("7.50")])), max_size=3
)


@st.composite
def order_words(draw: st.DrawFn) -> Word:
    """One state of one of two orders."""
    told = orders.Told(
        number=draw(st.sampled_from(["N-1", "N-2"])),
        customer=draw(st.sampled_from(["C-1", "C-2"])),
        placed_at=draw(moments),
        updated_at=draw(moments),
        status=draw(st.sampled_from(Order.Status.values)),
        currency="EUR",
        lines=tuple(draw(lines)),
        email=draw(st.sampled_from(["", *EMAILS])),
        conversation=draw(st.sampled_from(["", "talk-1", "talk-2"])),
    )
    return partial(orders.receive, told=told, at=NOW)


@st.composite
def customer_words(draw: st.DrawFn) -> Word:
    """One state of one of two customers."""
    ref, email = draw(st.sampled_from(["C-1", "C-2"])), draw(st.sampled_from([None, *EMAILS]))
    return partial(shop_customers.receive, ref=ref, email=email, told_at=draw(moments), at=NOW)


@st.composite
def product_words(draw: st.DrawFn) -> Word:
    """One state of one of two products."""
    told = products.Told(
        sku=draw(skus),
        name=draw(st.sampled_from(["Aurora", "Fjord"])),
        url="https://shop.example/",
        picture=draw(st.sampled_from(["", "https://shop.example/a.jpg"])),
        price=Decimal(draw(st.integers(1, 3))),
        currency="EUR",
        facts={},
        active=draw(st.booleans()),
        told_at=draw(moments),
    )
    return partial(products.receive, told=told)


words = st.one_of(order_words(), order_words(), customer_words(), product_words())


@st.composite
def told_twice(draw: st.DrawFn) -> tuple[list[Word], list[Word]]:
    """The same words in two orders, some of them repeated."""
    said = draw(st.lists(words, min_size=2, max_size=7))
    repeated = draw(st.lists(st.sampled_from(said), max_size=3))
    return said, draw(st.permutations([*said, *repeated]))


@pytest.mark.django_db
def test_late_reordered_and_repeated_words_end_in_the_same_state() -> None:
    people = [factories.member("Lena", email=EMAILS[0]), factories.member("Mara", email=EMAILS[1])]

    @settings(max_examples=30, deadline=None, database=None)
    @given(told_twice())
    def same(both: tuple[list[Word], list[Word]]) -> None:
        once, otherwise = (state_after(said) for said in both)
        assert once == otherwise

    same()
    assert [Ownership.objects.filter(member__in=people).count(), Order.objects.count()] == [0, 0]


def state_after(said: list[Word]) -> dict[str, Any]:
    """What is known after these words, in the shop's own names; everything is undone afterwards."""
    with transaction.atomic():
        for word in said:
            word()
        found = snapshot()
        assert found["owned"] == found["derived"]
        assert list(owners()) == []
        transaction.set_rollback(True)
    return found


def snapshot() -> dict[str, Any]:
    skus_of = dict(Product.objects.values_list("pk", "sku"))
    return {
        "orders": list(
            Order.objects.order_by("number").values(
                "number", "customer__ref", "placed_at", "updated_at", "status", "conversation", "digest"
            )
        ),
        "lines": list(
            OrderLine.objects.order_by("order__number", "sku").values(
                "order__number", "sku", "product__sku", "quantity", "amount"
            )
        ),
        "customers": list(ShopCustomer.objects.order_by("ref").values("ref", "member", "email_digest", "email_at")),
        "products": list(
            Product.objects.order_by("sku").values("sku", "name", "price", "picture", "is_active", "owner_count")
        ),
        "owned": {(row.member_id, row.product.sku): row.since for row in Ownership.objects.select_related("product")},
        "derived": {(member, skus_of[product]): since for (member, product), since in ownerships.derived().items()},
    }


@pytest.mark.django_db
def test_an_address_verified_later_finds_what_was_bought_under_it(member: Member) -> None:
    """The last kind of word comes from the member."""
    product = factories.product("aurora")
    shopper = factories.member("Lena", email="lena@example.com")
    bought = factories.purchase(shopper, product)
    ShopCustomer.objects.update(member=None)
    ownerships.refresh(members=[shopper.pk])
    assert Ownership.objects.count() == 0

    linked = shop_customers.link(member=shopper, at=NOW)

    assert (linked, shop_customers.link(member=shopper, at=NOW), shop_customers.link(member=member, at=NOW)) == (
        1,
        0,
        0,
    )
    assert [(row.member, row.since) for row in Ownership.objects.all()] == [(shopper, bought.placed_at)]
