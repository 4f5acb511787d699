"""Orders after a talk: the last person within two days, or the hold-out, and each order once."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from chat.models import Conversation, HelpRequest, Message, OrderCredit, Participant, Responder
from chat.services import attribution, conversations, messages
from community.models import Member, Order, Product
from tests import factories

pytestmark = pytest.mark.django_db
NOON = timezone.now().replace(microsecond=0)


@pytest.fixture
def mill() -> Product:
    return factories.product()


def adviser(name: str) -> Responder:
    return Responder.objects.create(member=factories.ambassador(name), group="ambassadors")


def talk(
    by: Member, helper: Responder | None, at: datetime, *, held_out: bool = False, advised: bool = True
) -> HelpRequest:
    conversation = Conversation.objects.create(
        kind="help", state="active", token=conversations.new_token(), created_at=at, active_at=at
    )
    if helper and advised:
        place = Participant.objects.create(conversation=conversation, member=helper.member, part="helper", joined_at=at)
        messages.send(participant=place, client_id=uuid.uuid4(), body="The small one.", at=at)
    Conversation.objects.filter(pk=conversation.pk).update(state="closed", closed_at=at)
    return HelpRequest.objects.create(
        conversation=conversation,
        member=by,
        phase="before",
        asked_at=at,
        responder=helper,
        helped_at=at if helper else None,
        held_out=held_out,
    )


def credited(order: Order) -> OrderCredit | None:
    return attribution.credit(order=Order.objects.select_related("customer").get(pk=order.pk))


def test_the_last_person_within_two_days_is_credited_once(lena: Member, mill: Product) -> None:
    mara, ben = adviser("Mara Lindqvist"), adviser("Ben Okafor")
    talk(lena, mara, NOON - timedelta(hours=47))
    last = talk(lena, ben, NOON - timedelta(hours=2))
    order = factories.purchase(lena, mill, at=NOON)
    first, again = credited(order), credited(order)
    assert first is not None
    assert (first, first.help, first.responder, first.amount) == (again, last, ben, Decimal("12.90"))
    assert OrderCredit.objects.count() == 1


@pytest.mark.parametrize("before", [timedelta(hours=49), timedelta(minutes=-1)])
def test_a_talk_too_early_or_afterwards_has_nothing_to_do_with_it(
    lena: Member, mill: Product, before: timedelta
) -> None:
    talk(lena, adviser("Mara Lindqvist"), NOON - before)
    assert credited(factories.purchase(lena, mill, at=NOON)) is None


def test_of_two_talks_side_by_side_the_last_words_count_and_not_who_took_theirs_later(
    lena: Member, mill: Product
) -> None:
    mara, ben = adviser("Mara Lindqvist"), adviser("Ben Okafor")
    earlier = talk(lena, mara, NOON - timedelta(hours=3))
    talk(lena, ben, NOON - timedelta(hours=2))
    Message.objects.filter(conversation=earlier.conversation).update(at=NOON - timedelta(hours=1))
    credit = credited(factories.purchase(lena, mill, at=NOON))
    assert credit is not None
    assert (credit.help, credit.responder) == (earlier, mara)


def test_who_took_the_talk_and_said_nothing_has_advised_nobody(lena: Member, mill: Product) -> None:
    talk(lena, adviser("Mara Lindqvist"), NOON - timedelta(hours=1), advised=False)
    assert credited(factories.purchase(lena, mill, at=NOON)) is None


def test_a_talk_of_somebody_else_has_nothing_to_do_with_it(lena: Member, mill: Product) -> None:
    talk(factories.member(), adviser("Mara Lindqvist"), NOON - timedelta(hours=1))
    assert credited(factories.purchase(lena, mill, at=NOON)) is None


def test_an_order_of_the_hold_out_is_kept_for_comparison_and_nobodys(lena: Member, mill: Product) -> None:
    talk(lena, None, NOON - timedelta(hours=1), held_out=True)
    credit = credited(factories.purchase(lena, mill, at=NOON))
    assert credit is not None
    assert (credit.held_out, credit.responder) == (True, None)


def test_a_guests_order_is_tied_by_the_name_of_the_talk(mill: Product) -> None:
    ben = adviser("Ben Okafor")
    asked = talk(factories.member(), ben, NOON - timedelta(hours=1))
    order = factories.purchase(factories.member(), mill, at=NOON)
    Order.objects.filter(pk=order.pk).update(conversation=asked.conversation.token)
    credit = credited(order)
    assert credit is not None
    assert credit.responder == ben


def test_the_sweep_finds_what_no_hint_brought(lena: Member, mill: Product) -> None:
    talk(lena, adviser("Mara Lindqvist"), NOON - timedelta(hours=1))
    factories.purchase(lena, mill, at=NOON)
    factories.purchase(factories.member(), mill, at=NOON)
    OrderCredit.objects.all().delete()
    assert (attribution.sweep(at=NOON), attribution.sweep(at=NOON)) == (1, 0)
