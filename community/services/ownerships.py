"""Ownerships: who owns what, worked out anew from the orders whenever one of them changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from itertools import islice

from django.db import transaction
from django.db.models import F, Min, QuerySet

from community import freshness
from community.models import Order, OrderLine, Ownership, Product
from community.services import reviews

BATCH = 500
#: Member and product.
Pair = tuple[int, int]


def refresh(*, members: Iterable[int], product: Product | None = None) -> None:
    """Let ``members`` own what their orders say, all of it or one ``product``. Runs in the shop's turn.

    What is owned is a function of the orders as they are, so it does not matter in which order they became known.
    """
    members = sorted(set(members))
    # First the members' rows, then the products': who asks a question takes them in the same order.
    reviews.verify(members=members, product=product)
    remaining = iter(members)
    while batch := list(islice(remaining, BATCH)):
        _refresh(batch, product)


def derived(members: Collection[int] | None = None, product: Product | None = None) -> dict[Pair, datetime]:
    """Since when who owns what, as the orders say it; nothing of this is read from ``Ownership``."""
    lines: QuerySet[OrderLine] = OrderLine.objects.filter(
        order__status__in=Order.OWNED, quantity__gt=0, product__isnull=False, order__customer__member__isnull=False
    )
    if members is not None:
        lines = lines.filter(order__customer__member__in=members)
    if product is not None:
        lines = lines.filter(product=product)
    rows = lines.order_by().values_list("order__customer__member", "product").annotate(since=Min("order__placed_at"))
    return {(member, owned): since for member, owned, since in rows}


def _refresh(members: list[int], product: Product | None) -> None:
    wanted = derived(members, product)
    rows = Ownership.objects.filter(member__in=members)
    if product is not None:
        rows = rows.filter(product=product)
    kept = {(row.member_id, row.product_id): row for row in rows}
    gone = [row.pk for pair, row in kept.items() if pair not in wanted]
    moved = [row for pair, row in kept.items() if wanted.get(pair, row.since) != row.since]
    new = [pair for pair in wanted if pair not in kept]
    if not (gone or moved or new):
        return
    for row in moved:
        row.since = wanted[row.member_id, row.product_id]
    Ownership.objects.bulk_update(moved, ["since"])
    Ownership.objects.filter(pk__in=gone).delete()
    Ownership.objects.bulk_create(Ownership(member_id=m, product_id=p, since=wanted[m, p]) for m, p in new)
    _count(dict.fromkeys(new, 1) | {pair: -1 for pair in kept if pair not in wanted})
    transaction.on_commit(freshness.changed)


def _count(steps: dict[Pair, int]) -> None:
    """Move the owners' count of each product; products in one order, as everywhere."""
    by_product: dict[int, int] = {}
    for (_member, product), step in steps.items():
        by_product[product] = by_product.get(product, 0) + step
    for product, step in sorted(by_product.items()):
        if step:
            Product.objects.filter(pk=product).update(owner_count=F("owner_count") + step)
