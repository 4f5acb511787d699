"""Asking for help, offers and hand-overs, from the first question until the end."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from chat.models import Conversation, HelpRequest, Message, Offer, Participant, Responder, RoutingDecision, RoutingRule
from chat.queries import waiting
from chat.services import handover, offers, placing
from chat.services import help as helping
from chat.verification import CHECKS
from community.models import Activity
from community.services import blocks
from tests import factories
from tests.chat import desks, world
from tests.unchanged import refused

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def ask(question: str = "Is it loud?", *, at: datetime = NOW, **context: Any) -> HelpRequest:
    return helping.ask(
        by=desks.visitor(), context=helping.Context(**{"language": "en", **context}), question=question, at=at
    )


def person(question: str = "Is it loud?", *, at: datetime = NOW, **context: Any) -> HelpRequest:
    return helping.want_person(asked=ask(question, at=at, **context), at=at)


def fresh(asked: HelpRequest) -> HelpRequest:
    return HelpRequest.objects.select_related("conversation", "responder").get(pk=asked.pk)


def state(asked: HelpRequest) -> tuple[str, str]:
    row = fresh(asked)
    return row.conversation.state, row.target


def offer_of(asked: HelpRequest) -> Offer:
    return Offer.objects.get(conversation=asked.conversation, state=Offer.State.OPEN)


def events(asked: HelpRequest) -> list[str]:
    rows = asked.conversation.messages.filter(kind="system").order_by("seq")
    return [row.data["event"] for row in rows]


def differences() -> list[Any]:
    return [found for check in CHECKS.values() for found in check()]


def test_without_a_rule_the_bot_answers_first() -> None:
    asked = ask("Is it loud in the morning?")
    assert state(asked) == ("active", "bot")
    assert asked.fallbacks == ["ambassadors", "agents", "message"]
    assert list(asked.conversation.messages.values_list("seq", "body")) == [(1, "Is it loud in the morning?")]
    decision = RoutingDecision.objects.get()
    assert (decision.cause, decision.outcome, decision.target, decision.rule) == ("asked", "bot", "bot", None)


def test_a_rule_leads_to_a_person_who_gets_an_offer_and_accepts() -> None:
    RoutingRule.objects.create(
        name="Espresso", is_active=True, conditions={"page": ["/espresso"]}, target="ambassadors", fallbacks=["agents"]
    )
    mara = desks.responder()
    asked = ask(page_url="https://shop.example/espresso/")
    assert state(asked) == ("offered", "ambassadors")
    mara.refresh_from_db()
    assert (mara.load, offer_of(asked).responder) == (1, mara)

    offers.accept(offer=offer_of(asked), at=NOW)

    assert (state(asked), fresh(asked).responder) == (("active", "ambassadors"), mara)
    assert world.place(asked.conversation, mara.member).part == Participant.Part.HELPER
    assert events(asked) == ["queued", "helper_joined"]
    assert differences() == []


def test_accepting_twice_is_once() -> None:
    mara = desks.responder()
    asked = person()
    offer = offer_of(asked)
    offers.accept(offer=offer, at=NOW)
    offers.accept(offer=offer, at=NOW)
    mara.refresh_from_db()
    assert (mara.load, events(asked)) == (1, ["queued", "helper_joined"])


def test_an_offer_that_ran_out_cannot_be_accepted() -> None:
    desks.responder()
    offer = offer_of(person())
    with refused(offers.OfferGone):
        offers.accept(offer=offer, at=NOW + timedelta(seconds=30))


@pytest.mark.parametrize("from_the_shop", [False, True])
@pytest.mark.parametrize("who_blocks", ["asker", "helper", "nobody"])
def test_who_blocks_the_other_is_never_led_to_them(who_blocks: str, from_the_shop: bool) -> None:
    lena, mara, ben = factories.member("Lena Vogt"), desks.responder(), desks.agent()
    pair = {"asker": (lena, mara.member), "helper": (mara.member, lena)}.get(who_blocks)
    if pair:
        blocks.block(member=pair[0], blocked=pair[1], at=NOW)
    vouched = desks.visitor(customer=factories.purchase(lena, factories.product()).customer) if from_the_shop else None

    asked = helping.ask(by=vouched or lena, context=helping.Context(language="en"), question="Is it loud?", at=NOW)
    helping.want_person(asked=asked, at=NOW)

    assert offer_of(asked).responder == (ben if pair else mara)


def test_two_who_decline_lead_to_the_next_target() -> None:
    for name in ("Mara", "Jonas", "Aylin"):
        desks.responder(name=name)
    ben = desks.agent()
    asked = person()
    for _ in range(2):
        offers.decline(offer=offer_of(asked), at=NOW)
        placing.serve(at=NOW)
    assert (state(asked), offer_of(asked).responder) == (("offered", "agents"), ben)
    assert sorted(Responder.objects.values_list("load", flat=True)) == [0, 0, 0, 1]


def test_silence_is_a_no() -> None:
    mara, ben = desks.responder(), desks.agent()
    asked = person()
    assert offer_of(asked).responder == mara
    assert offers.expire(at=NOW + timedelta(seconds=29)) == 0
    assert offers.expire(at=NOW + timedelta(seconds=30)) == 1
    placing.serve(at=NOW + timedelta(seconds=30))
    assert offer_of(asked).responder == ben
    assert differences() == []


def test_nobody_there_makes_it_a_message_and_an_agent_takes_it_later() -> None:
    asked = person()
    assert (state(asked), events(asked)) == (("left_message", "message"), ["left_message"])
    ben = desks.agent()
    offers.take(asked=asked, responder=ben, at=NOW)
    assert state(asked) == ("active", "agents")
    jonas = desks.agent("Jonas")
    with refused(offers.Taken):
        offers.take(asked=asked, responder=jonas, at=NOW)


def test_whoever_is_busy_is_waited_for_in_the_order_of_arrival() -> None:
    mara = desks.responder(capacity=1)
    first, second, third = (person(at=NOW + timedelta(seconds=n)) for n in range(3))
    assert [state(asked)[0] for asked in (first, second, third)] == ["offered", "queued", "queued"]
    assert [place.position for asked in (second, third) if (place := waiting.place_of(fresh(asked), NOW))] == [1, 2]

    offers.accept(offer=offer_of(first), at=NOW)
    helping.close(asked=first, by=mara.member, at=NOW)
    placing.serve(at=NOW)

    assert [state(asked)[0] for asked in (first, second, third)] == ["closed", "offered", "queued"]
    assert differences() == []


def test_a_lost_helper_is_told_and_the_visitor_waits_in_front() -> None:
    mara = desks.responder(capacity=1)
    lost = person()
    offers.accept(offer=offer_of(lost), at=NOW)
    ben = desks.agent(capacity=1)
    busy = person("Where is my invoice?")
    behind = person("Where is my parcel?", at=NOW + timedelta(seconds=1))
    assert (offer_of(busy).responder, state(behind)[0]) == (ben, "queued")

    later = NOW + timedelta(seconds=61)
    Responder.objects.filter(pk=ben.pk).update(seen_at=later)
    assert handover.find_lost(at=NOW + timedelta(seconds=59)) == 0
    assert handover.find_lost(at=later) == 1
    placing.serve(at=later)

    mara.refresh_from_db()
    assert (state(lost), mara.load, events(lost)) == (
        ("queued", "agents"),
        0,
        ["queued", "helper_joined", "helper_lost"],
    )
    places = [waiting.place_of(fresh(asked), later) for asked in (lost, behind)]
    assert [place.position for place in places if place] == [1, 2]
    assert Participant.objects.get(conversation=lost.conversation, member=mara.member).left_at == later
    assert differences() == []


def test_whoever_wrote_a_moment_ago_is_not_lost() -> None:
    mara = desks.responder()
    asked = person()
    offers.accept(offer=offer_of(asked), at=NOW - timedelta(seconds=90))
    Responder.objects.update(seen_at=NOW - timedelta(seconds=90))
    world.said(asked.conversation, mara.member)
    assert handover.find_lost(at=timezone.now()) == 0


def test_handing_over_goes_in_front_with_a_summary_and_not_back() -> None:
    mara = desks.responder()
    asked = person()
    offers.accept(offer=offer_of(asked), at=NOW)
    ben = desks.agent()
    handover.to(asked=asked, by=mara, target="agents", summary="Wants to know the width.", at=NOW)
    placing.serve(at=NOW)
    row = fresh(asked)
    assert (offer_of(asked).responder, row.summary, row.front) == (ben, "Wants to know the width.", True)
    with refused(handover.NotHelping):
        handover.to(asked=asked, by=mara, target="agents", summary="", at=NOW)

    offers.accept(offer=offer_of(asked), at=NOW)
    handover.to(asked=asked, by=ben, target="ambassadors", summary="Knows it well.", at=NOW)
    placing.serve(at=NOW)
    assert offer_of(asked).responder == mara
    assert differences() == []


def test_questions_about_orders_never_reach_an_ambassador() -> None:
    desks.responder()
    asked = person("Where is my parcel?")
    assert state(asked) == ("left_message", "message")
    assert not Offer.objects.exists()
    ben = desks.agent()
    offers.take(asked=asked, responder=ben, at=NOW)
    with refused(handover.BadTarget):
        handover.to(asked=asked, by=ben, target="ambassadors", summary="", at=NOW)


def test_the_hold_out_begins_with_the_bot_and_may_ask_for_a_person() -> None:
    RoutingRule.objects.create(name="All", is_active=True, target="ambassadors", hold_out=50)
    mara = desks.responder(capacity=12)
    drawn = []
    for _ in range(12):
        asked = ask()
        assert state(asked)[0] == ("active" if asked.held_out else "offered")
        drawn.append(asked.held_out)
        last = asked
        if asked.held_out:
            break
    assert drawn.count(True) == 1
    assert state(helping.want_person(asked=last, at=NOW)) == ("offered", "ambassadors")
    mara.refresh_from_db()
    assert mara.load == len(drawn)


def test_leaving_takes_the_offer_back() -> None:
    mara = desks.responder()
    asked = person()
    with refused(helping.BadAddress):
        helping.leave(asked=asked, at=NOW, email="nobody")
    helping.leave(asked=asked, at=NOW, email="lena@example.com")
    mara.refresh_from_db()
    row = fresh(asked)
    assert (row.conversation.state, row.tell, mara.load) == ("left_message", True, 0)
    assert row.visitor is not None
    assert row.visitor.email == "lena@example.com"


def test_closing_frees_the_place_once_and_records_who_helped() -> None:
    mara = desks.responder()
    asked = person()
    offers.accept(offer=offer_of(asked), at=NOW)
    world.said(asked.conversation, mara.member)
    for _ in range(2):
        helping.close(asked=asked, by=mara.member, at=NOW)
    mara.refresh_from_db()
    assert (mara.load, mara.helped_count, state(asked)[0]) == (0, 1, "closed")
    for verb in ("conversation.closed", "conversation.helped"):
        deed = Activity.objects.get(verb=verb)
        assert (deed.actor, deed.subject_id) == (mara.member, asked.conversation.pk)
    with refused(helping.NotWaiting):
        helping.want_person(asked=asked, at=NOW)


def test_a_talk_in_which_the_helper_said_nothing_is_over_and_has_helped_nobody() -> None:
    mara = desks.responder()
    asked = person()
    offers.accept(offer=offer_of(asked), at=NOW)
    helping.close(asked=asked, by=mara.member, at=NOW)
    verbs = Activity.objects.filter(verb__startswith="conversation.").values_list("verb", flat=True)
    assert list(verbs) == ["conversation.closed"]


def test_whoever_asks_is_not_offered_their_own_question() -> None:
    mara = desks.responder()
    asked = helping.ask(by=mara.member, context=helping.Context(language="en"), question="And you?", at=NOW)
    assert state(helping.want_person(asked=asked, at=NOW))[0] == "left_message"


def test_three_open_questions_are_enough() -> None:
    who = desks.visitor()
    for _ in range(3):
        helping.ask(by=who, context=helping.Context(), at=NOW)
    with refused(helping.TooMany):
        helping.ask(by=who, context=helping.Context(), at=NOW)


def test_an_empty_question_waits_for_the_first_words() -> None:
    asked = ask("")
    assert asked.conversation.last_seq == 0
    place = asked.conversation.participants.get()
    assert place.part == Participant.Part.ASKER
    assert Conversation.objects.get().state == "active"
    assert Message.objects.count() == 0
