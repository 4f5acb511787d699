"""Where a visitor is in the shop: what its page tells about itself and the cart, as far as that is worth keeping."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from chat.models import Conversation, HelpRequest, Visitor
from community.queries import products

CART_MOST = 50


@dataclass(frozen=True, slots=True)
class Told:
    """What the page says; the browser may say anything, so nothing is decided by it that matters."""

    page_url: str = ""
    page_title: str = ""
    product: str = ""
    cart: Sequence[dict[str, Any]] = ()
    cart_value: Decimal | None = None
    cart_currency: str = ""
    cart_shared: bool = False


@transaction.atomic
def tell(*, visitor: Visitor, told: Told, at: datetime) -> int:
    """Let those who help see where the visitor is by now; returns for how many requests that is open."""
    rows = HelpRequest.objects.filter(visitor=visitor).exclude(conversation__state=Conversation.State.CLOSED)
    changes: dict[str, Any] = {
        "page_url": told.page_url,
        "page_title": told.page_title,
        "cart": list(told.cart)[:CART_MOST],
        "cart_value": told.cart_value,
        "cart_currency": told.cart_currency,
        "cart_shared": told.cart_shared,
        "asker_seen_at": at,
    }
    if (product := products.called(told.product)) is not None:
        changes["product"] = product
    return HelpRequest.objects.filter(pk__in=rows.values("pk")).update(**changes)
