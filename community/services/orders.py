"""Orders: taken in from the shop's server in whatever order its words arrive."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.dispatch import Signal

from community.models import Order, OrderLine, Product
from community.services import ownerships, shop_customers, shop_turns

#: Sent after commit with ``order`` in its newest state; receivers only enqueue work.
order_received = Signal()
#: Of two states at the same moment the later one of these counts.
RANK = {status: place for place, status in enumerate(Order.Status.values)}


@dataclass(frozen=True, slots=True)
class Line:
    """So many of one article, for ``amount`` together."""

    sku: str
    quantity: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Told:
    """An order as the shop describes it at ``updated_at``."""

    number: str
    customer: str
    placed_at: datetime
    status: str
    currency: str
    lines: tuple[Line, ...]
    updated_at: datetime
    email: str = ""
    conversation: str = ""


@transaction.atomic
def receive(*, told: Told, at: datetime) -> Order:
    """Take in one state of an order and return the newest known one.

    Words may come late, twice or in any order: the same words always end in the same state. A customer or SKU that
    the shop has not described yet is kept by its number and linked when it does.
    """
    shop_turns.take()
    customer = shop_customers.known(told.customer)
    if told.email:
        shop_customers.hear(customer=customer, email=told.email, told_at=told.updated_at, at=at)
    told = _summed(told)
    digest = _digest(told)
    former = Order.objects.select_related("customer").filter(number=told.number).first()
    conversation = max(told.conversation, former.conversation if former else "")
    if former and _version(told, digest) <= (former.updated_at, RANK[former.status], former.digest):
        if conversation != former.conversation:
            former.conversation = conversation
            former.save(update_fields=["conversation"])
        return former
    order, _made = Order.objects.update_or_create(
        number=told.number,
        defaults={
            "customer": customer,
            "placed_at": told.placed_at,
            "status": told.status,
            "currency": told.currency,
            "updated_at": told.updated_at,
            "digest": digest,
            "conversation": conversation,
        },
    )
    _put_lines(order, told.lines)
    transaction.on_commit(lambda: order_received.send_robust(sender=Order, order=order), robust=True)
    owners = {customer.member_id, former.customer.member_id if former else None}
    ownerships.refresh(members={pk for pk in owners if pk})
    return order


def _version(told: Told, digest: str) -> tuple[datetime, int, str]:
    return told.updated_at, RANK[told.status], digest


def _summed(told: Told) -> Told:
    """The same order with one line for each SKU."""
    sums: dict[str, Line] = {}
    for line in told.lines:
        other = sums.get(line.sku, Line(line.sku, 0, Decimal(0)))
        sums[line.sku] = Line(line.sku, other.quantity + line.quantity, other.amount + line.amount)
    lines = tuple(sums[sku] for sku in sorted(sums))
    return Told(
        told.number, told.customer, told.placed_at, told.status, told.currency, lines,
        told.updated_at, told.email, told.conversation,
    )  # fmt: skip


def _digest(told: Told) -> str:
    """Tells two contents apart that claim the same moment and status."""
    lines = [(line.sku, line.quantity, str(line.amount)) for line in told.lines]
    said = json.dumps([told.customer, told.placed_at.timestamp(), told.currency, lines])
    return hashlib.sha256(said.encode()).hexdigest()


def _put_lines(order: Order, lines: Iterable[Line]) -> None:
    """Make the order's lines what they are now; one that stays keeps its id, which reviews refer to."""
    lines = list(lines)
    skus = [line.sku for line in lines]
    order.lines.exclude(sku__in=skus).delete()
    products = dict(Product.objects.filter(sku__in=skus).values_list("sku", "pk"))
    for line in lines:
        OrderLine.objects.update_or_create(
            order=order,
            sku=line.sku,
            defaults={"product_id": products.get(line.sku), "quantity": line.quantity, "amount": line.amount},
        )
