"""Cards of the shop: an order, an invoice, a parcel, shown to the customer who has verified their address, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from chat.models import Conversation, Message, Participant, ShopMessage
from chat.services import conversations, messages
from community.models import Member
from community.services import shop_customers, shop_turns

AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Told:
    """A card as the shop describes it; ``reference`` is its own name for it."""

    reference: str
    customer: str
    kind: str
    title: str
    order: str = ""
    text: str = ""
    url: str = ""


@transaction.atomic
def receive(*, told: Told, at: datetime) -> ShopMessage:
    """Take a card in, once under its reference, and show it if the customer is known to be a member."""
    shop_turns.take()
    customer = shop_customers.known(told.customer)
    card, is_new = ShopMessage.objects.get_or_create(
        reference=told.reference,
        defaults={
            "customer": customer,
            "kind": told.kind,
            "order": told.order,
            "title": told.title,
            "text": told.text,
            "url": told.url,
            "at": at,
        },
    )
    if is_new and customer.member is not None:
        _show(card, customer.member, at)
    return card


@transaction.atomic
def show_waiting(*, at: datetime) -> int:
    """Show the cards of customers who have verified their address meanwhile; return how many those were."""
    shop_turns.take()
    rows = ShopMessage.objects.filter(shown_at=None, customer__member__isnull=False, customer__member__is_active=True)
    waiting = list(rows.select_related("customer__member").order_by("id")[:AT_ONCE])
    for card in waiting:
        if card.customer.member is not None:
            _show(card, card.customer.member, at)
    return len(waiting)


def _show(card: ShopMessage, member: Member, at: datetime) -> None:
    card.message = messages.say(
        conversation=_conversation(member, at),
        kind=Message.Kind.SHOP,
        body=card.title,
        data={
            "card": {"name": card.title, "summary": card.text, "url": card.url, "kind": card.kind, "order": card.order}
        },
        at=at,
    )
    card.shown_at = at
    card.save(update_fields=["message", "shown_at"])


def _conversation(member: Member, at: datetime) -> Conversation:
    """The member's one conversation with the shop. The shop's words take turns, so it is begun once."""
    found = Conversation.objects.filter(kind=Conversation.Kind.SHOP, participants__member=member).first()
    if found is not None:
        return found
    made = Conversation.objects.create(
        kind=Conversation.Kind.SHOP, token=conversations.new_token(), created_at=at, active_at=at
    )
    Participant.objects.create(conversation=made, member=member, joined_at=at)
    conversations.announce(conversation=made, people=(member,))
    return made
