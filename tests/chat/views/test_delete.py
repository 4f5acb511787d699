"""Deleting one's own message: a page that asks, a deed that a script may do as well, and nobody else's words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from chat.models import Conversation, Message
from community.models import Member
from tests import factories
from tests.chat import desks, world

pytestmark = pytest.mark.django_db
Browser = Callable[[Member], Client]


@pytest.fixture
def talk(lena: Member, mara: Member) -> Conversation:
    made = world.direct(lena, mara)
    world.said(made, lena, "My address is Hauptstraße 1")
    return made


def test_it_asks_first_and_then_leaves_a_mark(talk: Conversation, lena: Member, client_for: Browser) -> None:
    browser, url = client_for(lena), f"/messages/{talk.pk}/delete/1/"
    assert f'href="{url}"' in browser.get(f"/messages/{talk.pk}/").content.decode()
    assert "My address is Hauptstraße 1" in browser.get(url).content.decode()
    answers = [browser.post(url) for _ in range(2)]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(303, f"/messages/{talk.pk}/")] * 2
    page = browser.get(f"/messages/{talk.pk}/").content.decode()
    assert ("This message was deleted." in page, "Hauptstraße" in page, url in page) == (True, False, False)


def test_a_script_gets_no_page(talk: Conversation, lena: Member, client_for: Browser) -> None:
    url, json = f"/messages/{talk.pk}/delete/1/", {"Accept": "application/json"}
    assert client_for(lena).post(url, headers=json).status_code == 204
    world.said(talk, lena)
    Message.objects.filter(seq=2).update(at=timezone.now() - timedelta(days=2))
    answer = client_for(lena).post(f"/messages/{talk.pk}/delete/2/", headers=json)
    assert (answer.status_code, answer.json()["code"]) == (409, "message_stays")


def test_what_is_too_old_offers_nothing_and_says_why(talk: Conversation, lena: Member, client_for: Browser) -> None:
    Message.objects.update(at=timezone.now() - timedelta(days=2))
    url = f"/messages/{talk.pk}/delete/1/"
    assert url not in client_for(lena).get(f"/messages/{talk.pk}/").content.decode()
    answer = client_for(lena).post(url)
    assert (answer.status_code, "This one stays." in answer.content.decode()) == (409, True)
    assert Message.objects.get().body == "My address is Hauptstraße 1"


def test_nobody_deletes_what_others_said(talk: Conversation, mara: Member, client_for: Browser) -> None:
    people = (mara, factories.member("Nobody"), factories.member("Clara", is_superuser=True, is_staff=True))
    url = f"/messages/{talk.pk}/delete/1/"
    assert [client_for(who).post(url).status_code for who in people] == [404, 404, 404]
    assert Client().post(url).status_code == 302
    assert Message.objects.get().deleted_at is None


def test_a_helper_comes_back_to_the_desk(client_for: Browser) -> None:
    mara = desks.responder()
    helped = desks.helped(mara)
    said = world.said(helped.conversation, mara.member, "Yes")
    browser, url = client_for(mara.member), f"/messages/{helped.conversation_id}/delete/{said.seq}/"
    assert f'href="{url}"' in browser.get(f"/desk/{helped.conversation_id}/").content.decode()
    assert browser.post(url)["Location"] == f"/desk/{helped.conversation_id}/"
