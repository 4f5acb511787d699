"""What the shop sells, and what somebody is about to buy."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from urllib.parse import quote

from api import Discount, Line


@dataclass(frozen=True)
class Article:
    """One thing on the shelf."""

    sku: str
    name: str
    text: str
    price: Decimal
    facts: dict[str, str | int]

    @property
    def path(self) -> str:
        return f"/products/{quote(self.sku, safe='')}/"


SHELF = {
    article.sku: article
    for article in (
        Article("AURORA-S1", "Aurora S1", "Single-boiler espresso machine, ready in six minutes.", Decimal("1290.00"),
                {"width_mm": 285, "boiler": "single", "ready_minutes": 6}),
        Article("AURORA-DUO", "Aurora Duo", "Dual boiler for those who brew and steam at once.", Decimal("2190.00"),
                {"width_mm": 340, "boiler": "dual", "ready_minutes": 9}),
        Article("MAHL-TWO", "Mahl Two", "Quiet grinder for espresso and filter.", Decimal("449.00"),
                {"burrs_mm": 64, "noise_db": 62}),
        Article("KETTLE-FJORD", "Fjord", "Gooseneck kettle with temperature control.", Decimal("79.00"),
                {"litres": "0.8"}),
    )
}  # fmt: skip


@dataclass
class Purchase:
    """A basket that becomes an order. Its number is there from the start: whatever is sent twice has the same name."""

    number: str = field(default_factory=lambda: f"W-{uuid.uuid4().hex[:12]}")
    articles: dict[str, int] = field(default_factory=dict)
    reserved: Discount | None = None
    redeemed: Discount | None = None
    email: str = ""
    placed: datetime | None = None
    returned: bool = False
    conversation: str = ""

    @property
    def lines(self) -> list[Line]:
        return [Line(sku, many, SHELF[sku].price * many) for sku, many in self.articles.items()]

    @property
    def worth(self) -> Decimal:
        return sum((line.amount for line in self.lines), Decimal(0))

    @property
    def off(self) -> Decimal:
        discount = self.redeemed or self.reserved
        return discount.amount if discount else Decimal(0)

    @property
    def count(self) -> int:
        return sum(self.articles.values())


@dataclass
class Customer:
    """Somebody's browser: what is in their basket, who they said they are, and the talk that they had."""

    basket: Purchase = field(default_factory=Purchase)
    email: str = ""
    conversation: str = ""
    orders: int = 0
    spent: Decimal = Decimal(0)
