"""What a helper may know of who asks. Every page, frame and answer asks here, and nowhere else.

An ambassador is a customer among customers: they get the page and the product, the name that the visitor typed, and
the cart where the visitor agreed to share it. The team gets all of it. What is not named below is told to nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from chat.models import HelpRequest, Responder
from chat.queries import cards
from community.models import Order

#: Reasons for choosing somebody that give nothing away about who asks.
OPEN_REASONS = frozenset({"owns", "product", "topic", "language", "rating", "newcomer", "last_time"})
#: What the page may say of a line of the cart.
CART_LINE = ("sku", "name", "quantity", "price")
ORDERS = 5


def for_responder(help_request: HelpRequest, responder: Responder) -> dict[str, Any]:
    """What ``responder`` may see of ``help_request``, fetched with product, topic, visitor and member.

    What is not theirs to see is not in it at all, not even empty.
    """
    known = _for_everybody(help_request)
    if _is_team(responder):
        return known | {"cart": _cart(help_request)} | _for_the_team(help_request)
    return known | ({"cart": _cart(help_request)} if help_request.cart_shared else {})


def reasons_for(reasons: Iterable[Mapping[str, Any]], responder: Responder) -> list[Mapping[str, Any]]:
    """Those of the ``reasons`` why somebody was chosen that ``responder`` may see."""
    return [reason for reason in reasons if _is_team(responder) or reason.get("reason") in OPEN_REASONS]


def name(help_request: HelpRequest) -> str:
    """How the one who asks calls themselves; empty for a visitor who did not say."""
    if help_request.member is not None:
        return help_request.member.display_name
    return help_request.visitor.name if help_request.visitor else ""


def _is_team(responder: Responder) -> bool:
    return responder.group == Responder.Group.AGENTS


def _for_everybody(asked: HelpRequest) -> dict[str, Any]:
    return {
        "name": name(asked),
        "phase": asked.phase,
        "language": asked.language,
        "topic": asked.topic.name if asked.topic else "",
        "product": cards.card(asked.product, asked.language) if asked.product else None,
        "page": {"title": asked.page_title, "url": _bare(asked.page_url)},
        "cart_shared": asked.cart_shared,
        "summary": asked.summary,
    }


def _for_the_team(asked: HelpRequest) -> dict[str, Any]:
    visitor, member = asked.visitor, asked.member
    return {
        "page": {"title": asked.page_title, "url": asked.page_url},
        "email": visitor.email if visitor else (member.email if member else ""),
        "customer": visitor.customer.ref if visitor and visitor.customer else "",
        "returning": asked.returning,
        "visits": visitor.visits if visitor else 0,
        "crm": dict(asked.crm),
        "orders": _orders(asked),
    }


def _bare(url: str) -> str:
    """An address without what stands behind it: the rest may name an order, a person or a search."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https"):
        return ""
    return urlunsplit((parts.scheme, f"{host}{port}", parts.path, "", ""))


def _cart(asked: HelpRequest) -> dict[str, Any]:
    lines = asked.cart if isinstance(asked.cart, list) else []
    return {
        "lines": [{key: line[key] for key in CART_LINE if key in line} for line in lines if isinstance(line, dict)],
        "value": None if asked.cart_value is None else str(asked.cart_value),
        "currency": asked.cart_currency,
    }


def _orders(asked: HelpRequest) -> list[dict[str, Any]]:
    """The newest orders of whom the shop vouched for, or of the member's own accounts in the shop."""
    rows = Order.objects.order_by("-placed_at", "-id")
    if asked.visitor is None:
        rows = rows.filter(customer__member=asked.member_id)
    elif asked.visitor.customer_id is None:
        return []
    else:
        rows = rows.filter(customer=asked.visitor.customer_id)
    return [
        {"number": row.number, "status": row.status, "placed_at": row.placed_at.isoformat()} for row in rows[:ORDERS]
    ]
