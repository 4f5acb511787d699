"""Cards of the shop: shown to the verified buyer, to nobody else, once."""

from __future__ import annotations

import uuid

import pytest
from django.utils import timezone

from chat.models import Conversation, Message, Participant, ShopMessage
from chat.services import messages, shop_messages
from community.models import Member
from community.services import shop_customers

pytestmark = pytest.mark.django_db


def sent(customer: str = "K-1", reference: str = "parcel-1") -> ShopMessage:
    told = shop_messages.Told(
        reference=reference, customer=customer, kind="parcel", title="Your parcel is on its way", order="N-17"
    )
    return shop_messages.receive(told=told, at=timezone.now())


def is_customer(member: Member, ref: str = "K-1") -> None:
    now = timezone.now()
    shop_customers.receive(ref=ref, email=member.email, told_at=now, at=now)


def test_a_card_appears_in_the_buyers_own_conversation(lena: Member) -> None:
    is_customer(lena)
    card = sent()
    talk = Conversation.objects.get(kind="shop")
    assert list(talk.participants.values_list("member", flat=True)) == [lena.pk]
    message = Message.objects.get(conversation=talk)
    assert (card.message, message.kind, message.data["card"]["order"]) == (message, "shop", "N-17")


def test_told_twice_it_is_shown_once_and_all_cards_share_one_conversation(lena: Member) -> None:
    is_customer(lena)
    assert sent() == sent()
    sent(reference="invoice-1")
    assert (Conversation.objects.filter(kind="shop").count(), Message.objects.count()) == (1, 2)


def test_it_waits_until_somebody_has_verified_the_address(lena: Member) -> None:
    assert sent().shown_at is None
    assert (shop_messages.show_waiting(at=timezone.now()), Message.objects.count()) == (0, 0)
    is_customer(lena)
    assert (shop_messages.show_waiting(at=timezone.now()), shop_messages.show_waiting(at=timezone.now())) == (1, 0)
    assert Message.objects.get().body == "Your parcel is on its way"


def test_nobody_writes_where_nobody_reads(lena: Member) -> None:
    is_customer(lena)
    sent()
    place = Participant.objects.select_related("member", "visitor").get(member=lena)
    with pytest.raises(messages.NobodyReads):
        messages.send(participant=place, client_id=uuid.uuid4(), body="Where is it?", at=timezone.now())
    assert Message.objects.count() == 1
