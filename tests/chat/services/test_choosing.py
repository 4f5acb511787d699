"""Choosing somebody where many know the thing: only they are read, and the choice is the one among all."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from chat import scoring
from chat.models import HelpRequest, Offer, Responder, RoutingDecision
from chat.queries import roster, waiting
from chat.services import placing, routing
from community.models import Product
from tests import factories
from tests.chat import desks

pytestmark = pytest.mark.django_db


@pytest.fixture
def mill() -> Product:
    return factories.product(name="Mahl One")


@pytest.fixture
def crowd(mill: Product) -> list[Responder]:
    """More than a decision keeps who know the mill, and a few who were rated better and know nothing of it."""
    knowing = [
        desks.responder(name=f"Knows {number}", rating_sum=30 + number, rating_count=10)
        for number in range(routing.CANDIDATES_KEPT + 2)
    ]
    for one in knowing:
        one.products.add(mill)
    for number in range(3):
        desks.responder(name=f"Other {number}", rating_sum=50, rating_count=10)
    return knowing


def placed(product: Product) -> tuple[HelpRequest, RoutingDecision]:
    asked = desks.asked(product=product, target="ambassadors", fallbacks=["agents", "message"])
    asked = waiting.line().get(pk=asked.pk)
    placing.place(asked=asked, cause=RoutingDecision.Cause.ASKED, at=timezone.now())
    return asked, RoutingDecision.objects.get(help=asked)


def among_all(asked: HelpRequest, product: Product) -> list[int]:
    """Everybody in the order in which they would be asked, without a short cut."""
    everybody = roster.there(timezone.now(), products=[product.slug], topics=[])["ambassadors"]
    wanted = scoring.Wanted(asked.language, product=product.slug)
    draw = routing.lot(asked.conversation, "explore:0")
    return [one.pk for one in scoring.rank(everybody, wanted, draw=draw)]


def test_where_many_know_the_thing_the_choice_is_the_one_among_all(mill: Product, crowd: list[Responder]) -> None:
    asked = desks.asked(product=mill, target="ambassadors", fallbacks=["agents", "message"])
    expected = among_all(asked, mill)
    placing.place(asked=waiting.line().get(pk=asked.pk), cause=RoutingDecision.Cause.ASKED, at=timezone.now())
    kept: list[dict[str, Any]] = RoutingDecision.objects.get(help=asked).candidates
    assert [one["responder"] for one in kept] == expected[: routing.CANDIDATES_KEPT]
    assert Offer.objects.get(conversation=asked.conversation).responder_id == expected[0] == crowd[-1].pk


def test_where_few_of_those_who_know_are_free_the_others_are_asked_as_well(
    mill: Product, crowd: list[Responder]
) -> None:
    Responder.objects.filter(pk__in=[one.pk for one in crowd[1:]]).update(load=2, capacity=2)
    asked, decision = placed(mill)
    assert [one["knows"] for one in decision.candidates] == [True, False, False, False]
    assert Offer.objects.get(conversation=asked.conversation).responder_id == crowd[0].pk


def test_where_all_who_know_are_busy_somebody_else_is_asked(mill: Product, crowd: list[Responder]) -> None:
    Responder.objects.filter(pk__in=[one.pk for one in crowd]).update(load=2, capacity=2)
    asked, _decision = placed(mill)
    assert Offer.objects.get(conversation=asked.conversation).responder.member.display_name.startswith("Other")


def test_whoever_others_wait_for_is_not_claimed_past_the_line(mill: Product, crowd: list[Responder]) -> None:
    desks.asked("I was here before.", target="ambassadors")
    before = list(Responder.objects.values_list("load"))
    asked, decision = placed(mill)
    assert (list(Responder.objects.values_list("load")), asked.conversation.offers.count()) == (before, 0)
    assert (decision.outcome, decision.responder) == (RoutingDecision.Outcome.QUEUED, None)
    assert len(decision.candidates) == routing.CANDIDATES_KEPT
