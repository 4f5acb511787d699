"""Being told by e-mail, and coming back on another device."""

from __future__ import annotations

import re
import uuid
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from chat.models import HelpRequest, MagicLink, Responder
from chat.services import conversations, magic_links, messages, offers, visitor_sessions
from chat.services import help as helping
from community.models import Letter
from tests.chat import desks, world
from tests.unchanged import refused

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LATER = NOW + timedelta(minutes=5)


def left() -> tuple[HelpRequest, Responder]:
    """Somebody left their address, and Ben took the question on."""
    asked = helping.ask(
        by=desks.visitor(), context=helping.Context(language="en"), question="Does it fit under a shelf?", at=NOW
    )
    helping.leave(asked=asked, email="katharina@example.com", at=NOW)
    ben = desks.agent()
    return offers.take(asked=asked, responder=ben, at=NOW), ben


def answered(asked: HelpRequest, ben: Responder, *, at: datetime = LATER) -> None:
    place = world.place(asked.conversation, ben.member)
    messages.send(participant=place, client_id=uuid.uuid4(), body="It does: 37 cm.", at=at)


def token() -> str:
    found = re.search(r"/messages/back/([\w-]+)/", Letter.objects.latest("id").body)
    assert found is not None
    return found[1]


def test_an_answer_is_told_once_and_leads_back_to_the_same_visitor() -> None:
    asked, ben = left()
    assert magic_links.tell(at=LATER) == 0
    answered(asked, ben)

    assert [magic_links.tell(at=LATER) for _ in range(2)] == [1, 0]

    letter = Letter.objects.get()
    assert (letter.to, letter.subject) == ("katharina@example.com", "An answer to your question at Shop")
    link = magic_links.find(token(), at=LATER)
    assert (link.help, link.digest != token()) == (asked, True)
    visitor, session_token = magic_links.follow(link=link, at=LATER)
    session = visitor_sessions.find(session_token, LATER)
    assert session is not None
    assert session.visitor == visitor == asked.visitor


def test_more_answers_are_one_letter_until_the_first_was_read() -> None:
    asked, ben = left()
    for _ in range(3):
        answered(asked, ben)
        magic_links.tell(at=LATER)
    assert MagicLink.objects.count() == 1

    place = asked.conversation.participants.get(visitor=asked.visitor)
    asked.conversation.refresh_from_db()
    conversations.read(participant=place, seq=asked.conversation.last_seq)
    assert magic_links.tell(at=LATER) == 0
    answered(asked, ben)
    assert magic_links.tell(at=LATER) == 1


def test_whoever_is_there_gets_no_letter() -> None:
    asked, ben = left()
    answered(asked, ben)
    HelpRequest.objects.update(asker_seen_at=LATER)
    assert magic_links.tell(at=LATER + timedelta(seconds=59)) == 0
    assert magic_links.tell(at=LATER + timedelta(seconds=61)) == 1


def test_whoever_wanted_no_letter_gets_none() -> None:
    asked, ben = left()
    HelpRequest.objects.update(tell=False)
    answered(asked, ben)
    assert magic_links.tell(at=LATER) == 0


def test_a_link_is_over_after_its_time_and_a_guessed_one_was_never_there() -> None:
    asked, ben = left()
    answered(asked, ben)
    magic_links.tell(at=LATER)
    for text, at in ((token(), LATER + magic_links.KEPT), ("guessed", LATER)):
        with refused(magic_links.LinkOver):
            magic_links.find(text, at=at)
