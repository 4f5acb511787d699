"""The part of the community's API that a shop needs, in one small client. Nothing but the standard library."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

CURRENCY = "EUR"


class Refused(Exception):
    """The community said no: ``code`` is for programs, ``detail`` is a sentence for the customer."""

    def __init__(self, code: str, detail: str) -> None:
        self.code, self.detail = code, detail
        super().__init__(f"{code}: {detail}")


@dataclass(frozen=True)
class Line:
    """So many of an article, and what they cost together."""

    sku: str
    quantity: int
    amount: Decimal


@dataclass(frozen=True)
class Discount:
    """What a code takes off, and the name of its reservation or redemption."""

    token: str
    amount: Decimal


class Community:
    """The community at an address, which knows the shop by its key."""

    def __init__(self, address: str, key: str) -> None:
        self.address, self.key = address.rstrip("/"), key

    def put_product(self, sku: str, told: dict[str, object]) -> None:
        """Say what is sold; called at every start, since the same word again changes nothing."""
        self._send("PUT", f"shop/products/{quote(sku, safe='')}/", {**told, "currency": CURRENCY, "active": True})

    def post_order(
        self,
        number: str,
        email: str,
        lines: list[Line],
        status: str,
        placed: datetime,
        changed: datetime,
        conversation: str = "",
    ) -> None:
        """Say what was bought, and say it again with each new state; ``conversation`` is the talk that led to it."""
        self._send("POST", "shop/orders/", {
            "order": number,
            "customer": email,
            "email": email,
            "placed_at": placed.isoformat(),
            "updated_at": changed.isoformat(),
            "lines": _written(lines),
            "currency": CURRENCY,
            "status": status,
            "conversation": conversation,
        }, key=f"{number}-{status}")  # fmt: skip

    def reserve(self, code: str, basket: str, lines: list[Line]) -> Discount:
        """Keep a code for a basket. Raises ``Refused`` with the sentence to show."""
        found = self._send("POST", "shop/coupons/reserve/", {"code": code, "basket": basket, **_worth(lines)})
        return Discount(found["reservation"], Decimal(found["discount"]))

    def release(self, reservation: str) -> None:
        """Give a code back that was kept for a basket."""
        self._send("POST", "shop/coupons/release/", {"reservation": reservation})

    def redeem(self, reservation: str, order: str, lines: list[Line]) -> Discount:
        """Redeem what was reserved. The key makes it safe to send again after a broken line."""
        body = {"reservation": reservation, "order": order, **_worth(lines)}
        found = self._send("POST", "shop/coupons/redeem/", body, key=f"{order}-redeem")
        return Discount(found["redemption"], Decimal(found["discount"]))

    def refund(self, redemption: str, order: str) -> None:
        """Take a redemption back, so that the customer can use the code again."""
        self._send("POST", "shop/coupons/refund/", {"redemption": redemption}, key=f"{order}-refund")

    def _send(self, method: str, path: str, body: dict[str, object], *, key: str = "") -> dict[str, Any]:
        request = Request(  # noqa: S310 - the address is the operator's own
            f"{self.address}/api/v1/{path}",
            json.dumps(body).encode(),
            {
                "Content-Type": "application/json",
                "Authorization": f"Api-Key {self.key}",
                "Accept-Language": "en",
                **({"Idempotency-Key": key} if key else {}),
            },
            method=method,
        )
        try:
            with urlopen(request, timeout=10) as response:  # noqa: S310 - as above
                return dict(json.load(response))
        except HTTPError as error:
            if error.headers.get_content_type() != "application/problem+json":
                raise
            problem = json.load(error)
            raise Refused(problem["code"], problem["detail"]) from error


def _worth(lines: list[Line]) -> dict[str, object]:
    """What a basket is worth; the lines are for codes that are for some articles only."""
    total = sum((line.amount for line in lines), Decimal(0))
    return {"amount": str(total), "currency": CURRENCY, "lines": _written(lines)}


def _written(lines: list[Line]) -> list[dict[str, object]]:
    return [{"sku": line.sku, "quantity": line.quantity, "amount": str(line.amount)} for line in lines]
