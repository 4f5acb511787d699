"""What comes off a basket, to the cent."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gamification.discounts import Basket, Line, Terms, Unfit, discount

FIVE = Terms("EUR", Decimal("5.00"), minimum=Decimal("20.00"))
TENTH = Terms("EUR", Decimal("30.00"), percent=Decimal("10.00"))
BEANS = Terms("EUR", Decimal("5.00"), skus=frozenset({"BEANS"}))
money = st.decimals(0, 100_000, places=2)


def basket(amount: str, *lines: tuple[str, str]) -> Basket:
    return Basket(Decimal(amount), "EUR", [Line(sku, Decimal(of)) for sku, of in lines] or None)


@pytest.mark.parametrize(
    ("terms", "of", "expected"),
    [
        (FIVE, basket("20.00"), "5.00"),
        (TENTH, basket("99.99"), "10.00"),
        (TENTH, basket("99.95"), "10.00"),
        (TENTH, basket("0.04"), "0.00"),
        (TENTH, basket("1290.00"), "30.00"),
        (BEANS, basket("30.00", ("BEANS", "12.00"), ("CUP", "18.00")), "5.00"),
        (BEANS, basket("20.00", ("BEANS", "2.50"), ("CUP", "17.50")), "2.50"),
        (BEANS, basket("2.00", ("BEANS", "12.00")), "2.00"),
    ],
)
def test_what_comes_off(terms: Terms, of: Basket, expected: str) -> None:
    assert discount(terms, of) == Decimal(expected)


@pytest.mark.parametrize(
    ("terms", "of", "reason"),
    [
        (FIVE, Basket(Decimal("50.00"), "SEK"), "currency_differs"),
        (FIVE, basket("19.99"), "basket_too_small"),
        (BEANS, basket("50.00"), "lines_missing"),
        (BEANS, basket("50.00", ("CUP", "50.00")), "articles_differ"),
    ],
)
def test_what_does_not_fit_is_named(terms: Terms, of: Basket, reason: str) -> None:
    with pytest.raises(Unfit) as unfit:
        discount(terms, of)
    assert unfit.value.reason == reason


@given(amount=money, most=st.decimals("0.01", 1000, places=2), percent=st.none() | st.decimals("0.01", 100, places=2))
def test_never_more_than_the_basket_or_the_promise(amount: Decimal, most: Decimal, percent: Decimal | None) -> None:
    off = discount(Terms("EUR", most, percent), Basket(amount, "EUR"))
    assert 0 <= off <= min(amount, most)
    assert off == off.quantize(Decimal("0.01"))
