"""From a talk to a public question: the very words that both people agreed to, and nothing before."""

from __future__ import annotations

import uuid

import pytest
from django.utils import timezone

from chat.models import Conversation, HelpRequest, Message, Participant, Publication, Responder
from chat.services import conversations, messages, offers, publications
from chat.services import help as helping
from community.models import Letter, Member, Thread
from tests import factories
from tests.chat import desks

pytestmark = pytest.mark.django_db


@pytest.fixture
def mara() -> Responder:
    return Responder.objects.create(member=factories.ambassador(), group="ambassadors")


@pytest.fixture
def talk(lena: Member, mara: Responder) -> HelpRequest:
    now = timezone.now()
    conversation = Conversation.objects.create(
        kind="help", token=conversations.new_token(), created_at=now, active_at=now
    )
    for person, part, body in (
        (lena, "asker", "Which grind for a moka pot?\nI am Lena, lena@example.com."),
        (mara.member, "helper", "A little coarser than for espresso, Lena."),
    ):
        place = Participant.objects.create(conversation=conversation, member=person, part=part, joined_at=now)
        messages.send(participant=place, client_id=uuid.uuid4(), body=body, at=now)
    Conversation.objects.update(state="closed", closed_at=now)
    return HelpRequest.objects.create(
        conversation=conversation, member=lena, phase="before", language="en", asked_at=now, responder=mara
    )


def proposed(talk: HelpRequest, mara: Responder) -> Publication:
    draft = publications.draft_of(talk, mara)
    return publications.propose(asked=talk, by=mara, draft=draft, at=timezone.now())


def test_the_draft_says_nothing_of_who_they_are(talk: HelpRequest, mara: Responder) -> None:
    assert publications.draft_of(talk, mara) == publications.Draft(
        "Which grind for a moka pot?",
        "Which grind for a moka pot?\nI am …, ….",
        "A little coarser than for espresso, ….",
    )


def test_nothing_is_public_before_the_asker_agrees(talk: HelpRequest, mara: Responder) -> None:
    publication = proposed(talk, mara)
    assert (Thread.objects.count(), publication.thread) == (0, None)
    assert "/talks/publish/" in Message.objects.get(kind=Message.Kind.BOT).body


def test_with_consent_the_very_words_are_a_solved_question(talk: HelpRequest, mara: Responder, lena: Member) -> None:
    publication = proposed(talk, mara)
    thread = publications.decide(publication=publication, agreed=True, at=timezone.now())
    assert thread is not None
    thread.refresh_from_db()
    assert thread.accepted_answer is not None
    assert (thread.author, thread.body, thread.state) == (lena, publication.question, Thread.State.SOLVED)
    assert (thread.accepted_answer.author, thread.accepted_answer.body) == (mara.member, publication.answer)
    assert publications.decide(publication=publication, agreed=True, at=timezone.now()) == thread
    assert Thread.objects.count() == 1


def test_what_nobody_here_could_answer_is_asked_of_the_community() -> None:
    ben = desks.agent()
    left = desks.asked("Which grind for a moka pot?", by=desks.visitor(email="jule@example.com"), tell=True)
    asked = offers.take(asked=left, responder=ben, at=timezone.now())
    helping.close(asked=asked, by=ben.member, at=timezone.now())
    draft = publications.draft_of(asked, ben)
    publication = publications.propose(asked=asked, by=ben, draft=draft, at=timezone.now())
    assert "/talks/publish/" in Letter.objects.get(to="jule@example.com").body
    assert Thread.objects.count() == 0

    thread = publications.decide(publication=publication, agreed=True, at=timezone.now())

    assert thread is not None
    asked_for = (ben.member, "Which grind for a moka pot?", Thread.State.UNANSWERED)
    assert (thread.author, thread.body, thread.state) == asked_for
    assert not thread.answers.exists()


def test_a_no_is_final(talk: HelpRequest, mara: Responder) -> None:
    publication = proposed(talk, mara)
    assert publications.decide(publication=publication, agreed=False, at=timezone.now()) is None
    with pytest.raises(publications.Answered):
        publications.decide(publication=publication, agreed=True, at=timezone.now())
    with pytest.raises(publications.NotOver):
        proposed(talk, mara)
    assert Thread.objects.count() == 0


def test_a_talk_that_goes_on_and_one_of_somebody_else_are_not_proposed(talk: HelpRequest, mara: Responder) -> None:
    other = Responder.objects.create(member=factories.ambassador("Ida Berg"), group="ambassadors")
    draft = publications.draft_of(talk, mara)
    with pytest.raises(publications.NotOver):
        publications.propose(asked=talk, by=other, draft=draft, at=timezone.now())
    Conversation.objects.update(state="active", closed_at=None)
    with pytest.raises(publications.NotOver):
        publications.propose(asked=talk, by=mara, draft=draft, at=timezone.now())
    assert Publication.objects.count() == 0
