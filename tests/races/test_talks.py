"""Many write into one conversation at the same moment: no number is missing, none is given twice."""

from __future__ import annotations

import uuid
from functools import partial

import pytest
from django.utils import timezone

from chat.models import Conversation, HelpRequest, Message, Participant, Rating, Responder
from chat.services import conversations, messages, offers, ratings, reports
from chat.services import help as helping
from tests import factories
from tests.chat import desks, world
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


@pytest.mark.django_db(transaction=True)
def test_a_talk_that_is_rated_while_the_team_finds_spam_in_it_counts_for_nobody() -> None:
    mara, ben = desks.responder(), desks.agent()
    asked = offers.take(asked=desks.asked("Buy pills"), responder=mara, at=NOW)
    place = world.place(asked.conversation, mara.member)
    messages.send(participant=place, client_id=uuid.uuid4(), body="No", at=NOW)
    said = Message.objects.get(conversation=asked.conversation, visitor=asked.visitor)
    report = reports.report(participant=place, message=said, reason="spam", at=NOW)
    helping.close(asked=asked, by=mara.member, at=NOW)
    over = HelpRequest.objects.select_related("conversation", "responder__member", "visitor").get(pk=asked.pk)

    outcome = at_once(
        [
            partial(ratings.rate, asked=over, stars=1, text="", shop_at_fault=False, at=NOW),
            partial(reports.decide, report=report, by=ben.member, remove=True, at=NOW),
        ]
    )

    assert outcome.errors == []
    assert list(Responder.objects.filter(pk=mara.pk).values_list("rating_sum", "rating_count")) == [(0, 0)]
    assert (Rating.objects.filter(counts=True).count(), differences()) == (0, [])
