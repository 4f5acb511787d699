"""The chat in figures: how talks with the bot end, and what people sell beside the hold-out."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from chat.models import BotTalk, Conversation, HelpRequest, Participant, RoutingDecision, RoutingRule
from chat.queries import bot_figures, uplift
from chat.services import attribution, messages
from community.models import Order
from tests import factories
from tests.chat import desks

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LONG_AGO = NOW - timedelta(days=3)


def bot_talk(at: datetime = LONG_AGO, **fields: Any) -> BotTalk:
    """A talk with the bot that found something, and is over."""
    asked = desks.asked(asked_at=at, queued_at=None, target="bot")
    Conversation.objects.filter(pk=asked.conversation_id).update(state="closed", closed_at=at)
    return BotTalk.objects.create(help=asked, began_at=at, **{"turns": 1, "found": 1, **fields})


def ended() -> dict[str, int]:
    return {end: count for end, count in bot_figures.of(NOW).ends.items() if count}


def test_whoever_needed_nobody_else_was_helped() -> None:
    bot_talk()
    assert ended() == {"solved": 1}


@pytest.mark.parametrize("fields", [{"found": 0}, {"helped": False}])
def test_without_an_answer_or_with_one_that_did_not_help_nothing_is_solved(fields: dict[str, Any]) -> None:
    bot_talk(**fields)
    assert ended() == {"nothing": 1}


def test_a_person_was_asked_for_or_a_message_was_left() -> None:
    bot_talk(handed_over_at=LONG_AGO)
    left = bot_talk()
    Conversation.objects.filter(help__bot_talk=left).update(state="left_message", closed_at=None)
    assert ended() == {"handed": 2}


@pytest.mark.parametrize(("hours", "end"), [(24, "again"), (25, "solved")])
def test_whoever_asks_anew_within_a_day_was_not_helped(hours: int, end: str) -> None:
    talk = bot_talk()
    desks.asked(by=talk.help.visitor, asked_at=LONG_AGO + timedelta(hours=hours))
    desks.asked(asked_at=LONG_AGO + timedelta(hours=1))
    assert ended() == {end: 1}


def test_what_is_younger_than_a_day_is_not_judged_and_what_nobody_asked_in_is_not_counted() -> None:
    bot_talk(NOW - timedelta(hours=23))
    bot_talk(turns=0)
    found = bot_figures.of(NOW)
    assert (found.ends["open"], found.judged, found.solved) == (1, 0, None)


def test_the_present_week_stands_last_and_older_ones_are_left_out() -> None:
    bot_talk(NOW - timedelta(weeks=9))
    bot_talk(NOW, handed_over_at=NOW)
    weeks = bot_figures.of(NOW).weeks
    assert [sum(week.ends.values()) for week in weeks] == [0, 0, 0, 0, 0, 0, 0, 1]


@pytest.fixture
def rule() -> RoutingRule:
    return RoutingRule.objects.create(name="Big carts", target="ambassadors", hold_out=10)


def question(rule: RoutingRule, *, held_out: bool = False, at: datetime = LONG_AGO, **fields: Any) -> HelpRequest:
    """What a customer of the shop asked and the rule led on."""
    customer = factories.purchase(factories.member(), factories.product(), at=NOW - timedelta(days=400)).customer
    by = fields.pop("by", None) or desks.visitor(customer=customer)
    asked = desks.asked(by=by, asked_at=at, held_out=held_out, **fields)
    RoutingDecision.objects.create(
        help=asked, rule=rule, cause="asked", outcome="queued", target="ambassadors", held_out=held_out, at=at
    )
    return asked


def ordered(asked: HelpRequest, after: timedelta, **fields: Any) -> Order:
    """An order of whoever asked."""
    assert asked.visitor is not None
    given = {"number": f"N-{Order.objects.count()}", "customer": asked.visitor.customer, "status": "paid"}
    at = asked.asked_at + after
    return Order.objects.create(**{**given, "currency": "EUR", "placed_at": at, "updated_at": at, **fields})


def sides(at: datetime = NOW) -> list[tuple[int, int]]:
    found = uplift.of(at)
    return [(side.asked, side.ordered) for side in (found.people, found.held_out)]


def test_orders_within_two_days_are_compared_with_the_hold_out(rule: RoutingRule) -> None:
    first, second, third = question(rule), question(rule), question(rule, held_out=True)
    ordered(first, timedelta(hours=48))
    ordered(second, timedelta(hours=49))
    ordered(third, timedelta(hours=-1))
    assert sides() == [(2, 1), (1, 0)]


def test_an_order_is_known_by_the_talk_that_it_names_too(rule: RoutingRule) -> None:
    asked, other = question(rule, held_out=True), question(rule)
    ordered(other, timedelta(days=-300), placed_at=LONG_AGO, conversation=asked.conversation.token)
    assert sides()[1] == (1, 1)


def test_everybody_counts_once_and_whoever_may_still_order_does_not(rule: RoutingRule) -> None:
    asked = question(rule, held_out=True)
    question(rule, by=asked.visitor, at=LONG_AGO + timedelta(hours=1))
    question(rule, at=NOW - timedelta(hours=47))
    assert sides() == [(0, 0), (1, 0)]


def test_rules_that_held_nobody_out_and_cancelled_orders_do_not_count(rule: RoutingRule) -> None:
    question(RoutingRule.objects.create(name="All", target="agents"))
    ordered(question(rule, held_out=True), timedelta(hours=1), status="cancelled")
    assert sides() == [(0, 0), (1, 0)]


def test_the_comparison_costs_the_same_for_many(rule: RoutingRule, django_assert_num_queries: Any) -> None:
    for _number in range(5):
        question(rule, held_out=True)
    with django_assert_num_queries(3):
        uplift.of(NOW)


def test_orders_after_advice_are_summed_by_currency() -> None:
    mara, lena = desks.responder(), factories.member()
    for currency in ("EUR", "EUR", "CHF"):
        helped = desks.helped(mara, desks.asked(asked_at=LONG_AGO))
        HelpRequest.objects.filter(pk=helped.pk).update(visitor=None, member=lena, helped_at=LONG_AGO)
        place = Participant.objects.get(conversation=helped.conversation_id, member=mara.member)
        messages.send(participant=place, client_id=uuid.uuid4(), body="The small one.", at=LONG_AGO)
        order = factories.purchase(lena, factories.product(), at=LONG_AGO + timedelta(hours=1))
        Order.objects.filter(pk=order.pk).update(currency=currency)
        attribution.credit(order=Order.objects.select_related("customer").get(pk=order.pk))
    found = [(row.currency, row.orders, row.amount) for row in uplift.advised(NOW)]
    assert found == [("CHF", 1, Decimal("12.90")), ("EUR", 2, Decimal("25.80"))]
