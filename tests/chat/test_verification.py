"""``verify`` finds a request for help whose state its rows do not bear out."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from chat.models import Conversation, HelpRequest, Offer
from chat.verification import states
from tests.chat import desks

pytestmark = pytest.mark.django_db


def test_a_request_in_each_state_is_in_order() -> None:
    desks.asked(target="agents")
    desks.offered(desks.responder())
    desks.helped(desks.agent())
    assert list(states()) == []


@pytest.mark.parametrize(
    ("state", "fields"),
    [
        ("queued", {"queued_at": None}),
        ("offered", {}),
        ("active", {"queued_at": None, "target": "agents"}),
        ("active", {"target": "bot"}),
        ("left_message", {}),
    ],
)
def test_a_state_without_its_rows_is_found(state: str, fields: dict[str, Any]) -> None:
    asked = desks.asked(target="agents")
    Conversation.objects.update(state=state)
    HelpRequest.objects.update(**fields)
    assert [(one.check, one.subject, one.expected) for one in states()] == [
        ("states", f"conversation {asked.conversation_id}", state)
    ]


def test_an_offer_that_stayed_open_is_found() -> None:
    offer = desks.offered(desks.responder())
    Conversation.objects.update(state="closed", closed_at=timezone.now())
    HelpRequest.objects.update(queued_at=None)
    assert [one.expected for one in states()] == ["closed"]
    Offer.objects.filter(pk=offer.pk).update(state="withdrawn")
    assert list(states()) == []
