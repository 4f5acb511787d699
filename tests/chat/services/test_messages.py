"""The log: numbers without a gap, and every message once."""

from __future__ import annotations

import uuid

import pytest
from django.utils import timezone

from chat.models import Conversation, Message, Participant
from chat.queries import log
from chat.services import conversations, messages
from community.models import Member
from community.services import blocks
from tests.chat import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(lena: Member, mara: Member) -> Conversation:
    return world.direct(lena, mara)


def send(talk: Conversation, by: Member, body: str, client_id: uuid.UUID | None = None) -> messages.Sent:
    return messages.send(
        participant=world.place(talk, by), client_id=client_id or uuid.uuid4(), body=body, at=timezone.now()
    )


def test_messages_are_numbered_in_their_order(talk: Conversation, lena: Member, mara: Member) -> None:
    for by, body in ((lena, "Hello"), (mara, "Hi"), (lena, "Which grind?")):
        send(talk, by, body)
    assert list(Message.objects.values_list("seq", "body")) == [(1, "Hello"), (2, "Hi"), (3, "Which grind?")]
    talk.refresh_from_db()
    assert talk.last_seq == 3


def test_a_repeated_send_finds_the_stored_message(talk: Conversation, lena: Member) -> None:
    once = uuid.uuid4()
    first, again = send(talk, lena, "Hello", once), send(talk, lena, "Hello", once)
    assert (first.is_new, again.is_new, again.message) == (True, False, first.message)
    assert Message.objects.count() == 1


def test_a_message_stays_stored_when_the_conversation_closed_meanwhile(talk: Conversation, lena: Member) -> None:
    once = uuid.uuid4()
    send(talk, lena, "Hello", once)
    Conversation.objects.update(state="closed", closed_at=timezone.now())
    assert send(talk, lena, "Hello", once).is_new is False
    with pytest.raises(messages.Closed):
        send(talk, lena, "Still there?")
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "refusal"), [("", messages.Empty), (" \n ", messages.Empty), ("x" * 4001, messages.TooLong)]
)
def test_nothing_and_too_much_are_refused(talk: Conversation, lena: Member, body: str, refusal: type) -> None:
    with pytest.raises(refusal):
        send(talk, lena, body)
    talk.refresh_from_db()
    assert (talk.last_seq, Message.objects.count()) == (0, 0)


def test_markup_is_rendered_and_never_executed(talk: Conversation, lena: Member) -> None:
    html = send(talk, lena, "**Yes** <script>alert(1)</script>").message.html
    assert "<strong>Yes</strong>" in html
    assert "<script" not in html


def test_a_stranger_waits_for_an_answer_and_it_opens_the_conversation(lena: Member, mara: Member) -> None:
    talk = conversations.with_member(by=lena, to=mara, at=timezone.now())
    for number in range(messages.REQUEST_MOST):
        send(talk, lena, f"Hello {number}")
    with pytest.raises(messages.Unanswered):
        send(talk, lena, "Hello?")
    send(talk, mara, "Hi")
    assert send(talk, lena, "There you are").message.seq == messages.REQUEST_MOST + 2


def test_who_is_blocked_reaches_nobody(talk: Conversation, lena: Member, mara: Member) -> None:
    blocks.block(member=mara, blocked=lena, at=timezone.now())
    for by in (lena, mara):
        with pytest.raises(messages.Unwelcome):
            send(talk, by, "Hello")
    assert Message.objects.count() == 0


def test_two_members_have_one_conversation(lena: Member, mara: Member) -> None:
    first = conversations.with_member(by=lena, to=mara, at=timezone.now())
    assert conversations.with_member(by=mara, to=lena, at=timezone.now()) == first
    assert Participant.objects.filter(conversation=first).count() == 2


def test_nobody_talks_to_themselves(lena: Member) -> None:
    with pytest.raises(conversations.Alone):
        conversations.with_member(by=lena, to=lena, at=timezone.now())
    assert Conversation.objects.count() == 0


def test_a_deleted_message_keeps_its_number_and_nothing_else(talk: Conversation, lena: Member) -> None:
    message = send(talk, lena, "My address is …").message
    messages.delete(message=message, at=timezone.now())
    message.refresh_from_db()
    assert (message.seq, message.body, message.html, message.deleted_at is None) == (1, "", "", False)


def test_reading_moves_forward_only_and_never_past_the_end(talk: Conversation, lena: Member, mara: Member) -> None:
    for _ in range(3):
        send(talk, lena, "Hello")
    place = world.place(talk, mara)
    read = [conversations.read(participant=place, seq=seq) for seq in (2, 1, 2, 3, 4)]
    assert read == [True, False, False, True, False]
    place.refresh_from_db()
    assert (place.read_seq, place.delivered_seq) == (3, 3)


def test_a_replay_gives_what_was_missed_or_says_that_it_is_too_much(talk: Conversation, lena: Member) -> None:
    for number in range(4):
        send(talk, lena, f"Line {number}")
    place = world.place(talk, lena)
    assert [row.seq for row in log.after(place, 1).messages] == [2, 3, 4]
    assert log.after(place, 0, most=3) == log.Replay([], resync=True)
    assert [row.seq for row in log.before(place, 4, most=2)] == [2, 3]
