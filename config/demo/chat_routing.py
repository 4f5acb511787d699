"""The demo's routing: two rules in force, a draft to try in the simulator, and visits that it can be tried on."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from chat.models import RoutingRule, Visit, Visitor
from chat.services import contexts, routing_rules, visits

RULES: tuple[tuple[str, int, bool, str, list[str], int, dict[str, Any]], ...] = (
    ("Beim Bestellen: Bot, dann Team", 10, True, "bot", ["agents", "message"], 0, {"phases": ["while"]}),
    ("Werkstatt-Kunden gleich zum Team", 20, True, "agents", ["message"], 0, {"crm": ["service_contract = yes"]}),
    (
        "Teure Maschine im Korb: zu Besitzern",
        30,
        False,
        "ambassadors",
        ["agents", "message"],
        10,
        {"phases": ["before"], "cart_from": "800", "languages": ["de", "en"]},
    ),
)
#: Product, value of the cart, how many hours ago.
VISITED = (
    ("AURORA-S1", "1290.00", 2),
    ("AURORA-S1", None, 5),
    ("MAHL-ONE", "349.00", 9),
    ("AURORA-S1", "1639.00", 26),
    ("KETTLE-FJORD", "129.00", 31),
    ("MAHL-ONE", None, 50),
)
SHOP = "https://shop.nordlicht.example"


def play(now: datetime) -> None:
    """Write rules and visits where they are missing."""
    for name, position, is_active, target, fallbacks, hold_out, conditions in RULES:
        if not RoutingRule.objects.filter(name=name).exists():
            rule = RoutingRule(
                name=name, position=position, is_active=is_active, target=target, fallbacks=fallbacks,
                hold_out=hold_out, conditions=conditions,
            )  # fmt: skip
            routing_rules.store(rule=rule)
    visitor = Visitor.objects.order_by("id").first()
    if visitor is None or Visit.objects.exists():
        return
    for product, value, hours in VISITED:
        told = contexts.Told(
            page_url=f"{SHOP}/{product.lower()}/",
            product=product,
            cart_value=Decimal(value) if value else None,
            cart_currency="EUR",
        )
        visits.record(visitor=visitor, told=told, phase="before", at=now - timedelta(hours=hours))
