"""Desks in tests: who helps, and what somebody in the shop asks them."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from chat.models import Conversation, HelpRequest, Offer, Participant, Responder, Visitor, Widget
from chat.services import conversations, messages, widgets
from community.models import Member, Role
from tests import factories

#: What nobody but the team may ever see; each stands in one field of a request.
SECRET = {
    "email": "katharina@shop.example",
    "customer": "customer-4711",
    "crm": "platinum",
    "order": "order-4712",
    "query": "coupon=SECRET13",
    "hidden in the cart": "gift for Ole",
}


def responder(
    group: str = Responder.Group.AMBASSADORS,
    name: str = "Mara Lindqvist",
    *,
    member: Member | None = None,
    **fields: Any,
) -> Responder:
    """Somebody who helps, with the role for it, available now."""
    role = Role.AMBASSADOR if group == Responder.Group.AMBASSADORS else Role.AGENT
    who = member or factories.member(name, role)
    given = {"available": True, "languages": ["de", "en"], "seen_at": timezone.now(), **fields}
    return Responder.objects.create(member=who, group=group, **given)


def agent(name: str = "Ben Okafor", **fields: Any) -> Responder:
    """Somebody of the team who helps."""
    return responder(Responder.Group.AGENTS, name, **fields)


def visitor(name: str = "Katharina", **fields: Any) -> Visitor:
    """Somebody in the shop."""
    now = timezone.now()
    widget = (
        Widget.objects.first() or widgets.create(name="Shop", pages=["https://shop.example"], language="de", at=now)[0]
    )
    return Visitor.objects.create(**{"widget": widget, "name": name, "first_at": now, "seen_at": now, **fields})


def asked(question: str = "Is it loud in the morning?", *, by: Visitor | None = None, **fields: Any) -> HelpRequest:
    """A request for help that waits for somebody."""
    now, who = timezone.now(), by or visitor()
    conversation = Conversation.objects.create(
        kind=Conversation.Kind.HELP,
        state=Conversation.State.QUEUED,
        token=conversations.new_token(),
        created_at=now,
        active_at=now,
    )
    place = Participant.objects.create(
        conversation=conversation, visitor=who, part=Participant.Part.ASKER, joined_at=now
    )
    messages.send(participant=place, client_id=uuid.uuid4(), body=question, at=now)
    given = {"phase": "before", "language": "en", "asked_at": now, "queued_at": now, "visitor": who, **fields}
    return HelpRequest.objects.create(conversation=conversation, **given)


def telling(**fields: Any) -> HelpRequest:
    """A request with a secret in every field that may hold one, from somebody whom the shop vouched for."""
    buyer = factories.member("Katharina Berg")
    order = factories.purchase(buyer, factories.product(), number=SECRET["order"])
    who = visitor(email=SECRET["email"], customer=order.customer, crm={"tier": SECRET["crm"]}, visits=7)
    type(order.customer).objects.filter(pk=order.customer_id).update(ref=SECRET["customer"])
    given = {
        "product": order.lines.get().product,
        "page_title": "Aurora S1",
        "page_url": f"https://user:pw@shop.example/aurora-s1/?{SECRET['query']}#top",
        "cart": [{"sku": "MAHL-ONE", "name": "Mahl One", "quantity": 1, "note": SECRET["hidden in the cart"]}],
        "cart_value": Decimal("349.00"),
        "cart_currency": "EUR",
        "crm": {"tier": SECRET["crm"]},
        "returning": True,
        "summary": "Torn between two machines.",
    }
    return asked(by=who, **{**given, **fields})


def offered(to: Responder, question: HelpRequest | None = None, *, at: datetime | None = None) -> Offer:
    """An offer that is open, with its place in the load."""
    question, now = question or asked(), at or timezone.now()
    Conversation.objects.filter(pk=question.conversation_id).update(state=Conversation.State.OFFERED)
    Responder.objects.filter(pk=to.pk).update(load=to.load + 1)
    return Offer.objects.create(
        conversation=question.conversation, responder=to, at=now, expires_at=now + timedelta(seconds=30)
    )


def helped(by: Responder, question: HelpRequest | None = None) -> HelpRequest:
    """A request that ``by`` helps with."""
    question, now = question or asked(), timezone.now()
    Conversation.objects.filter(pk=question.conversation_id).update(state=Conversation.State.ACTIVE)
    Participant.objects.create(
        conversation=question.conversation, member=by.member, part=Participant.Part.HELPER, joined_at=now
    )
    HelpRequest.objects.filter(pk=question.pk).update(responder=by, helped_at=now, queued_at=None)
    Responder.objects.filter(pk=by.pk).update(load=by.load + 1)
    return HelpRequest.objects.select_related("conversation", "product", "topic", "member", "visitor").get(
        pk=question.pk
    )
