"""Reads of the desk: what is offered, whom somebody helps, who waits, and why it was them."""

from __future__ import annotations

import io
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from chat.models import CannedReply, Conversation, HelpRequest, Offer, RoutingDecision, RoutingRule
from chat.queries import desk, reasons, replies
from chat.services import attachments, messages
from tests import factories
from tests.chat import desks, world

pytestmark = pytest.mark.django_db


def test_offers_carry_the_question_and_end_with_their_time() -> None:
    mara, now = desks.responder(), timezone.now()
    offer = desks.offered(mara, desks.asked("How long does it take to heat up?"))

    assert [(one.pk, vars(one)["question"]) for one in desk.offers(mara, now)] == [
        (offer.pk, "How long does it take to heat up?")
    ]
    assert desk.offers(mara, now + timedelta(minutes=1)) == []


def test_what_was_offered_to_others_or_is_decided_is_not_offered() -> None:
    mara = desks.responder()
    desks.offered(desks.responder(name="Aylin Demir"))
    Offer.objects.filter(pk=desks.offered(mara).pk).update(state=Offer.State.DECLINED)

    assert desk.offers(mara, timezone.now()) == []


def test_a_talk_shows_its_last_words_and_what_was_not_read() -> None:
    mara = desks.responder()
    helped = desks.helped(mara)
    place = helped.conversation.participants.get(visitor__isnull=False)
    messages.send(participant=place, client_id=uuid.uuid4(), body="Are you there?", at=timezone.now())

    (row,) = desk.talks(mara)

    assert (vars(row)["last_body"], vars(row)["last_by"], vars(row)["unread"]) == ("Are you there?", None, 2)


def test_a_file_without_words_is_called_by_its_name() -> None:
    mara = desks.responder()
    helped, waiting = desks.helped(mara), desks.asked(target="ambassadors")
    for asked in (helped, waiting):
        place = asked.conversation.participants.select_related("conversation", "visitor").get(visitor__isnull=False)
        file = attachments.encode(io.BytesIO(world.photo()), "kitchen.jpg")
        attachments.send(participant=place, client_id=uuid.uuid4(), body="", file=file, at=timezone.now())

    rows = (*desk.talks(mara), *desk.untaken(mara))

    assert [vars(row)["last_body"] for row in rows] == ["kitchen.webp", "kitchen.webp"]
    assert desk.question(waiting) == "Is it loud in the morning?"


def test_who_lost_a_helper_waits_in_front_and_left_messages_are_the_teams() -> None:
    mara, ben = desks.responder(), desks.agent()
    usual, front = desks.asked(target="ambassadors"), desks.asked(target="ambassadors", front=True)
    left = desks.asked(target="message", queued_at=None)
    Conversation.objects.filter(pk=left.conversation_id).update(state=Conversation.State.LEFT_MESSAGE)

    assert (list(desk.untaken(mara)), list(desk.untaken(ben))) == ([front, usual], [left])


@pytest.mark.parametrize(("language", "text"), [("de", "Hallo."), ("en", "Hello.")])
def test_a_reply_comes_in_the_language_of_who_asks(language: str, text: str) -> None:
    CannedReply.objects.create(title_de="Gruß", title_en="Welcome", body_de="Hallo.", body_en="Hello.")

    (reply,) = replies.offered(desks.asked(language=language), desks.responder())

    assert reply.text == text


def test_replies_are_offered_where_they_belong() -> None:
    kinds: dict[str, dict[str, Any]] = {
        "all": {},
        "team": {"group": "agents"},
        "after": {"phase": "after"},
        "off": {"is_active": False},
        "before": {"phase": "before", "group": "ambassadors"},
    }
    for position, (title, fields) in enumerate(kinds.items()):
        CannedReply.objects.create(title_en=title, body_en=title, position=position, **fields)

    assert [one.text for one in replies.offered(desks.asked(), desks.responder())] == ["all", "before"]


def decided(asked: HelpRequest, responder: int, **candidate: object) -> RoutingDecision:
    """A decision for ``responder``, as the routing keeps it."""
    return RoutingDecision.objects.create(
        help=asked,
        at=timezone.now(),
        cause=RoutingDecision.Cause.ASKED,
        outcome=RoutingDecision.Outcome.OFFERED,
        target="ambassadors",
        responder_id=responder,
        candidates=[{"responder": responder, "knows": True, **candidate}],
    )


def test_it_is_said_why_it_was_them() -> None:
    mara, product = desks.responder(rating_sum=24, rating_count=5), factories.product()
    factories.purchase(mara.member, product)
    asked = desks.asked(product=product)
    decided(asked, mara.pk, last_time=True)

    found = [one["reason"] for one in reasons.why(asked, mara)]

    assert found == ["owns", "language", "last_time", "rating"]


def test_the_rule_is_told_to_the_team_only() -> None:
    mara, ben = desks.responder(), desks.agent()
    asked = desks.asked()
    for who in (mara, ben):
        decision = decided(asked, who.pk)
        decision.rule = RoutingRule.objects.create(name="Gold customers")
        decision.save()

    told = [[one["reason"] for one in reasons.why(asked, who)] for who in (mara, ben)]

    assert told == [["language"], ["language", "rule"]]


def test_whoever_took_it_by_themselves_needs_no_reason() -> None:
    assert reasons.why(desks.asked(), desks.responder()) == []
