"""The link of an e-mail: it asks first, then goes on where the talk stopped, and is worth nothing to anybody later."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from chat.models import HelpRequest, MagicLink, VisitorSession
from chat.services import help as helping
from chat.services import magic_links, visitors, widgets
from tests.chat.shops import SHOP, Browser, visitor

pytestmark = pytest.mark.django_db
TOKEN = "a" * 43


@pytest.fixture
def asked() -> HelpRequest:
    """A talk to which a link leads."""
    row, _token = visitor()
    made = helping.ask(by=row, context=helping.Context(language="en"), question="Is it loud?", at=timezone.now())
    at = timezone.now()
    digest = hashlib.sha256(TOKEN.encode()).hexdigest()
    MagicLink.objects.create(help=made, digest=digest, seq=1, at=at, expires_at=at + magic_links.KEPT)
    return made


def test_looking_at_the_link_begins_nothing(asked: HelpRequest) -> None:
    sessions = VisitorSession.objects.count()

    answer = Client().get(f"/messages/back/{TOKEN}/")

    assert "Open the talk" in answer.content.decode()
    assert answer["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]
    assert VisitorSession.objects.count() == sessions


def test_following_it_goes_on_with_the_talk(asked: HelpRequest) -> None:
    page = Client().post(f"/messages/back/{TOKEN}/").content.decode()

    found = re.search(r'data-token="([\w-]{43})"', page)
    assert found is not None
    assert found[1] != TOKEN
    talks = Browser(found[1]).send("GET", "conversations/").json()["results"]
    assert [talk["id"] for talk in talks] == [asked.conversation_id]


@pytest.mark.parametrize("token", ["b" * 43, "x", "%00"])
def test_another_link_leads_nowhere(asked: HelpRequest, token: str) -> None:
    assert Client().get(f"/messages/back/{token}/").status_code == 404


def test_a_link_ends_after_two_weeks(asked: HelpRequest) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        assert Client().post(f"/messages/back/{TOKEN}/").status_code == 404


def test_it_leads_nowhere_once_visitor_or_widget_are_gone(asked: HelpRequest) -> None:
    assert asked.visitor is not None
    shop = asked.visitor.widget
    widgets.change(widget=shop, name="Shop", pages=[SHOP], language="de", greeting="", is_active=False)
    assert Client().get(f"/messages/back/{TOKEN}/").status_code == 404
    widgets.change(widget=shop, name="Shop", pages=[SHOP], language="de", greeting="", is_active=True)
    visitors.erase(visitor=asked.visitor, at=timezone.now())
    assert Client().get(f"/messages/back/{TOKEN}/").status_code == 404
