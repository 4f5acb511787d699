"""The desks of the demo: who helps, what they often say, whom they helped, and what was left at night."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from chat.models import CannedReply, HelpRequest, Offer, Participant, Responder, Visitor, Widget
from chat.services import availability, messages, offers, responders
from chat.services import help as helping
from community.models import Member, Product, Topic
from config.demo.chat_desk_words import ASKED, REPLIES, Asked

AMBASSADORS, AGENTS = Responder.Group.AMBASSADORS, Responder.Group.AGENTS
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody's desk: what they know, and how many they help at once."""

    by: str
    group: str
    languages: tuple[str, ...]
    products: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    capacity: int = 2


DESKS = (
    Desk("mara", AMBASSADORS, ("de", "en"), ("aurora-s1", "mahl-one"), ("milk", "noise-and-size", "parts"), 3),
    Desk("aylin", AMBASSADORS, ("de",), ("aurora-s1", "kettle-fjord"), ("water",)),
    Desk("ingrid", AMBASSADORS, ("en",), ("mahl-two", "mahl-one"), ("dialling-in", "beans")),
    Desk("emil", AMBASSADORS, ("en",), ("mahl-one", "beans-mittsommer"), ("filter", "beans"), 1),
    Desk("ben", AGENTS, ("de", "en"), (), ("orders", "parts"), 5),
)


def play(
    people: Mapping[str, Member], topics: Mapping[str, Topic], products: Mapping[str, Product], now: datetime
) -> None:
    """Make desks, replies and talks where they are missing."""
    for position, (group, phase, german, english) in enumerate(REPLIES):
        texts = {"title_de": german[0], "title_en": english[0], "body_de": german[1], "body_en": english[1]}
        CannedReply.objects.get_or_create(
            title_en=english[0], defaults={**texts, "group": group, "phase": phase, "position": position}
        )
    open_desks = {desk.by: _desk(desk, people[desk.by], topics, products) for desk in DESKS}
    widget = Widget.objects.order_by("id").first()
    if widget is None:
        return
    for asked in sorted(ASKED, key=lambda one: -one.hours):
        if not Visitor.objects.filter(widget=widget, name=asked.name).exists():
            talk(asked, open_desks, widget, products, now - timedelta(hours=asked.hours))


def desks(handles: Iterable[str]) -> dict[str, Responder]:
    """The desks that are there, by their handles."""
    rows = Responder.objects.filter(member__email__in=[f"{handle}@demo.example" for handle in handles])
    return {row.member.email.partition("@")[0]: row for row in rows.select_related("member")}


def _desk(desk: Desk, member: Member, topics: Mapping[str, Topic], products: Mapping[str, Product]) -> Responder:
    found = Responder.objects.filter(member=member).first()
    if found is not None:
        return found
    made = responders.store(
        responder=Responder(
            member=member, group=desk.group, languages=list(desk.languages), capacity=desk.capacity, available=True
        )
    )
    made.products.set(products[slug] for slug in desk.products)
    made.topics.set(topics[slug] for slug in desk.topics)
    return made


def talk(
    asked: Asked, desks: Mapping[str, Responder], widget: Widget, products: Mapping[str, Product], at: datetime
) -> HelpRequest:
    """Let one visitor ask, and whoever helps answer; nobody helps with what was left."""
    visitor = Visitor.objects.create(
        widget=widget, name=asked.name, language=asked.language, first_at=at, seen_at=at, visits=asked.visits
    )
    desk = desks.get(asked.helped_by)
    request = asked_by(visitor, asked, desk, products, at)
    return advised(request, desk, asked.lines[1:], at) if desk else helping.leave(asked=request, at=at + 4 * MINUTE)


def asked_by(
    visitor: Visitor, asked: Asked, desk: Responder | None, products: Mapping[str, Product], at: datetime
) -> HelpRequest:
    """Let a visitor ask while somebody sits at ``desk``."""
    if desk is not None:
        availability.change(responder=desk, available=True, at=at)
    return helping.ask(by=visitor, context=_context(asked, products), question=asked.lines[0], at=at)


def advised(request: HelpRequest, desk: Responder, lines: tuple[str, ...], at: datetime) -> HelpRequest:
    """Let the one at ``desk`` help, and end it."""
    request = _helped(request, desk, at + MINUTE / 3)
    _talk(request, desk.member, lines, at + MINUTE)
    return helping.close(asked=request, by=desk.member, at=at + (len(lines) + 3) * MINUTE)


def _helped(request: HelpRequest, desk: Responder, at: datetime) -> HelpRequest:
    """Let the one at the desk take it, offered or not."""
    offer = Offer.objects.filter(conversation=request.conversation_id, state=Offer.State.OPEN).first()
    if offer is not None and offer.responder_id == desk.pk:
        return offers.accept(offer=offer, at=at)
    if offer is not None:
        offers.decline(offer=offer, at=at)
        return _helped(request, desk, at)
    request.refresh_from_db()
    if request.conversation.state == request.conversation.State.ACTIVE:
        request = helping.want_person(asked=request, at=at)
        return _helped(request, desk, at)
    return offers.take(asked=request, responder=desk, at=at)


def _talk(request: HelpRequest, helper: Member, lines: tuple[str, ...], at: datetime) -> None:
    """What was said, a minute apart; a line that begins with ">" is the visitor's."""
    places = Participant.objects.filter(conversation=request.conversation_id).select_related("conversation")
    asker, desk = places.get(part=Participant.Part.ASKER), places.get(member=helper)
    for number, line in enumerate(lines):
        place = asker if line.startswith(">") else desk
        messages.send(participant=place, client_id=uuid.uuid4(), body=line.removeprefix("> "), at=at + number * MINUTE)


def _context(asked: Asked, products: Mapping[str, Product]) -> helping.Context:
    product = products.get(asked.product)
    told: dict[str, Any] = {"phase": asked.phase, "language": asked.language, "product": product}
    if product is not None:
        told |= {"page_url": product.shop_url, "page_title": product.name}
    if asked.cart:
        lines = [(products[slug], 1) for slug in asked.cart]
        told |= {
            "cart": [{"sku": one.sku, "name": one.name, "quantity": n, "price": str(one.price)} for one, n in lines],
            "cart_value": sum((one.price or Decimal(0) for one, _n in lines), Decimal(0)),
            "cart_currency": "EUR",
            "cart_shared": asked.shared,
        }
    return helping.Context(**told)
