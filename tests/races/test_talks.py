"""Many write into one conversation at the same moment: no number is missing, none is given twice."""

from __future__ import annotations

import uuid
from functools import partial

import pytest
from django.utils import timezone

from chat.models import Conversation, Message, Participant
from chat.services import conversations, messages
from tests import factories
from tests.chat import world
from tests.races.crowd import at_once, differences

NOW = timezone.now()


@pytest.mark.django_db(transaction=True)
def test_messages_sent_at_once_are_numbered_without_a_gap() -> None:
    lena, mara = factories.member(), factories.ambassador()
    talk = world.direct(lena, mara)
    places = [world.place(talk, lena), world.place(talk, mara)]
    deeds = [
        partial(messages.send, participant=places[n % 2], client_id=uuid.uuid4(), body=f"Line {n}", at=NOW)
        for n in range(24)
    ]

    outcome = at_once(deeds)

    assert (outcome.errors, outcome.refusals) == ([], [])
    assert sorted(sent.message.seq for sent in outcome.answers) == list(range(1, 25))
    assert Conversation.objects.get(pk=talk.pk).last_seq == 24
    assert differences() == []


@pytest.mark.django_db(transaction=True)
def test_a_message_sent_many_times_at_once_is_stored_once() -> None:
    lena = factories.member()
    talk = world.direct(lena)
    once, place = uuid.uuid4(), world.place(talk, lena)

    outcome = at_once(
        [partial(messages.send, participant=place, client_id=once, body="Hello", at=NOW) for _ in range(16)]
    )

    assert (outcome.errors, outcome.refusals) == ([], [])
    assert sorted(sent.is_new for sent in outcome.answers) == [False] * 15 + [True]
    assert list(Message.objects.values_list("seq", "client_id")) == [(1, once)]


@pytest.mark.django_db(transaction=True)
def test_two_who_write_first_have_one_conversation() -> None:
    lena, mara = factories.member(), factories.ambassador()

    outcome = at_once(
        [partial(conversations.with_member, by=by, to=to, at=NOW) for by, to in [(lena, mara), (mara, lena)] * 6]
    )

    assert outcome.errors == []
    assert len({made.pk for made in outcome.answers}) == 1
    assert Participant.objects.count() == 2
