"""What a coupon takes off a basket. Pure arithmetic with money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True, slots=True)
class Terms:
    """``amount`` off, or ``percent`` of what it is for, then ``amount`` at most; ``skus`` empty: for everything."""

    currency: str
    amount: Decimal
    percent: Decimal | None = None
    minimum: Decimal = Decimal(0)
    skus: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Line:
    """One article of a basket; ``amount`` is the price of the whole line."""

    sku: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Basket:
    """What somebody is about to buy; the shop sends ``lines`` where a code may be for some articles only."""

    amount: Decimal
    currency: str
    lines: Sequence[Line] | None = None


class Unfit(Exception):
    """The basket does not meet the terms; ``reason`` says which."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def discount(terms: Terms, basket: Basket) -> Decimal:
    """What comes off, to the hundredth and never more than there is. Raises ``Unfit``."""
    if basket.currency != terms.currency:
        raise Unfit("currency_differs")
    if basket.amount < terms.minimum:
        raise Unfit("basket_too_small")
    base = _base(terms, basket)
    if terms.percent is None:
        return min(terms.amount, base)
    share = (base * terms.percent / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return min(share, terms.amount, base)


def _base(terms: Terms, basket: Basket) -> Decimal:
    """The part of the basket that the coupon is for."""
    if not terms.skus:
        return basket.amount
    if basket.lines is None:
        raise Unfit("lines_missing")
    fitting = sum((line.amount for line in basket.lines if line.sku in terms.skus), Decimal(0))
    if fitting <= 0:
        raise Unfit("articles_differ")
    return min(fitting, basket.amount)
