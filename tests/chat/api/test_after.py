"""After the talk over HTTP: who may rate it, who may say whether the bot helped, and what the shop's server sends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from chat.models import BotTalk, HelpRequest, Message, Rating, Responder, ShopMessage
from chat.services import help as helping
from community.models import ApiKey, Member, Role
from community.services import api_keys, shop_customers
from tests import factories
from tests.chat import desks, world

pytestmark = pytest.mark.django_db
ApiFor = Callable[[Member | None], APIClient]
CARD = {"reference": "parcel-1", "customer": "K-1", "kind": "parcel", "title": "Your parcel is on its way"}


@pytest.fixture
def ben() -> Responder:
    return desks.agent()


def visiting() -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Visitor {world.visit('Katharina')[1]}")
    return client


def over(by: APIClient, ben: Responder) -> int:
    """A visitor asked, Ben answered, and it is over; returns the conversation."""
    asked = {"phase": "before", "language": "en"}
    pk = int(by.post("/api/v1/conversations/", asked, format="json").json()["id"])
    talk = HelpRequest.objects.get(conversation=pk)
    HelpRequest.objects.filter(pk=talk.pk).update(queued_at=timezone.now())
    helped = desks.helped(ben, talk)
    world.said(helped.conversation, ben.member)
    helping.close(asked=helped, by=ben.member, at=timezone.now())
    return pk


def people(api_for: ApiFor, ben: Responder) -> list[APIClient]:
    others = (None, factories.member(), factories.ambassador(), ben.member, factories.member("Clara", Role.MANAGER))
    return [*(api_for(one) for one in others), visiting()]


@pytest.mark.parametrize(("path", "body"), [("rating", {"stars": 5}), ("helped", {"helped": True})])
def test_only_the_one_who_asked_says_how_it_was(api_for: ApiFor, ben: Responder, path: str, body: Any) -> None:
    asker = visiting()
    pk = over(asker, ben)
    BotTalk.objects.get_or_create(help=HelpRequest.objects.get(conversation=pk), defaults={"began_at": timezone.now()})
    address = f"/api/v1/conversations/{pk}/{path}/"
    statuses = [client.post(address, body, format="json").status_code for client in people(api_for, ben)]
    assert statuses == [401, 404, 404, 404, 404, 404]
    assert (Rating.objects.count(), BotTalk.objects.get().helped) == (0, None)
    assert asker.post(address, body, format="json").status_code in (200, 201)


def test_a_rating_is_kept_once_and_a_second_one_is_refused(ben: Responder) -> None:
    asker = visiting()
    address = f"/api/v1/conversations/{over(asker, ben)}/rating/"
    first = asker.post(address, {"stars": 2, "text": "Slow", "about": "shop"}, format="json")
    second = asker.post(address, {"stars": 5}, format="json")
    assert (first.status_code, second.status_code, second.json()["code"]) == (201, 409, "already_rated")
    rating = Rating.objects.get()
    assert (rating.stars, rating.text, rating.shop_at_fault, rating.counts) == (2, "Slow", True, False)


def test_a_word_that_nobody_would_read_is_refused(ben: Responder) -> None:
    asker = visiting()
    address = f"/api/v1/conversations/{over(asker, ben)}/rating/"
    answer = asker.post(address, {"stars": 5, "word": "Thank you"}, format="json")
    assert (answer.status_code, answer.json()["code"], Rating.objects.count()) == (422, "rating_word_unread", 0)


@pytest.mark.parametrize("stars", [0, 6, "many", None])
def test_what_is_no_rating_says_so_and_changes_nothing(ben: Responder, stars: object) -> None:
    asker = visiting()
    answer = asker.post(f"/api/v1/conversations/{over(asker, ben)}/rating/", {"stars": stars}, format="json")
    assert (answer.status_code, Rating.objects.count()) == (400, 0)


def shop(*scopes: str) -> APIClient:
    _row, secrets = api_keys.create(name="Shop", scopes=scopes, at=timezone.now())
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Api-Key {secrets.key}")
    return client


def test_a_card_of_the_shop_reaches_the_verified_buyer(api_for: ApiFor) -> None:
    lena, now = factories.member(), timezone.now()
    waits = shop(ApiKey.Scope.MESSAGES).post("/api/v1/shop/messages/", CARD, format="json")
    shop_customers.receive(ref="K-1", email=lena.email, told_at=now, at=now)
    shown = shop(ApiKey.Scope.MESSAGES).post("/api/v1/shop/messages/", {**CARD, "reference": "parcel-2"}, format="json")
    assert [(answer.status_code, answer.json()["shown"]) for answer in (waits, shown)] == [(201, False), (201, True)]
    mine = api_for(lena).get("/api/v1/conversations/").json()["results"]
    assert [talk["last"]["kind"] for talk in mine] == ["shop"]
    assert api_for(factories.member()).get("/api/v1/conversations/").json()["results"] == []


def test_a_key_that_may_not_and_a_member_send_no_cards(api_for: ApiFor) -> None:
    senders = (shop(ApiKey.Scope.ORDERS), api_for(factories.member()), api_for(None))
    statuses = [client.post("/api/v1/shop/messages/", CARD, format="json").status_code for client in senders]
    assert statuses == [403, 401, 401]
    assert (ShopMessage.objects.count(), Message.objects.count()) == (0, 0)
