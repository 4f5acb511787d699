"""What people sell beside the bot, measured in the demo: a rule with a hold-out that ran for weeks and is over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction

from chat.models import HelpRequest, Responder, RoutingRule, Visitor, Widget
from chat.services import attribution, bot, ratings, routing_rules
from chat.services import help as helping
from community.models import Order, Product
from community.services import orders
from config.demo import chat_desk, chat_uplift_words

NAME = "Messung: voller Korb, Besitzer oder Bot"
#: So many asked, one after the other, from the first of these days ago to the last.
ASKED, FIRST, LAST = 40, 58, 4
#: Of so many, how many ordered: those whom people helped, those who began with the bot.
HELPED, BOT = (13, 5), (13, 2)
HOUR = timedelta(hours=1)


@transaction.atomic
def play(products: Mapping[str, Product], now: datetime) -> None:
    """Let the measurement happen, where it is missing, and end it: the routing of today is as it was."""
    widget = Widget.objects.order_by("id").first()
    if widget is None or RoutingRule.objects.filter(name=NAME).exists():
        return
    rule = routing_rules.store(
        rule=RoutingRule(
            name=NAME, position=5, is_active=True, target="ambassadors", fallbacks=["agents", "message"],
            hold_out=50, conditions={"phases": ["before"], "cart_from": "70"},
        )
    )  # fmt: skip
    desks = chat_desk.desks(("aylin", "ingrid", "emil"))
    step = timedelta(days=FIRST - LAST) / ASKED
    counts = {True: 0, False: 0}
    for number in range(ASKED):
        at = (now - timedelta(days=FIRST) + number * step).replace(minute=number % 60, second=0, microsecond=0)
        request = _talk(number, desks, widget, products, at)
        every, bought = BOT if request.held_out else HELPED
        # Spread over those who asked, and not the first ones of them.
        if counts[request.held_out] * bought % every < bought:
            _order(number, request, at + (2 + number % 30) * HOUR)
        counts[request.held_out] += 1
    rule.is_active = False
    routing_rules.store(rule=rule)


def _talk(
    number: int, desks: Mapping[str, Responder], widget: Widget, products: Mapping[str, Product], at: datetime
) -> HelpRequest:
    asked = chat_uplift_words.asked(number)
    visitor = Visitor.objects.create(widget=widget, name=asked.name, language=asked.language, first_at=at, seen_at=at)
    desk = desks[asked.helped_by]
    request = chat_desk.asked_by(visitor, asked, desk, products, at)
    if not request.held_out:
        request = chat_desk.advised(request, desk, asked.lines[1:], at)
        if number % 3:
            fresh = HelpRequest.objects.select_related("conversation", "responder__member").get(pk=request.pk)
            ratings.rate(asked=fresh, stars=4 + number % 2, text="", shop_at_fault=False, at=at + HOUR)
        return request
    bot.answer(asked=request, at=at + timedelta(seconds=2))
    if number % 4 == 0:
        return chat_desk.advised(request, desk, asked.lines[1:], at)
    if number % 5 == 0:
        bot.rate(asked=request, helped=False)
    return helping.close(asked=request, by=visitor, at=at + timedelta(minutes=3))


def _order(number: int, request: HelpRequest, at: datetime) -> None:
    product = request.product
    if product is None:
        return
    order = orders.receive(
        told=orders.Told(
            number=f"NK-{5000 + number}", customer=f"G-{5000 + number}", placed_at=at, updated_at=at,
            status=Order.Status.DELIVERED, currency="EUR", conversation=request.conversation.token,
            lines=(orders.Line(product.sku, 1, product.price or Decimal(0)),),
        ),
        at=at,
    )  # fmt: skip
    # A sweep looks at the last days only.
    attribution.credit(order=order)
