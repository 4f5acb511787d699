"""Reported messages and transcripts: what leaves a conversation, and to whom."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from chat.models import Conversation, Message, MessageReport
from chat.services import messages, reports, transcripts
from community.models import Letter, Member
from tests import factories
from tests.chat import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk(lena: Member, mara: Member) -> Conversation:
    return world.direct(lena, mara)


def report(talk: Conversation, by: Member, message: Message) -> MessageReport:
    place = world.place(talk, by)
    return reports.report(participant=place, message=message, reason="rude", note=" Twice ", at=timezone.now())


def test_a_message_is_reported_once_and_never_ones_own(talk: Conversation, lena: Member, mara: Member) -> None:
    message = world.said(talk, lena)
    assert report(talk, mara, message).note == "Twice"
    with pytest.raises(reports.Reported):
        report(talk, mara, message)
    with pytest.raises(reports.OwnMessage):
        report(talk, lena, message)
    assert MessageReport.objects.count() == 1


@pytest.mark.parametrize(("remove", "outcome", "body"), [(True, "removed", ""), (False, "kept", "How rude")])
def test_a_decision_is_made_once(
    talk: Conversation, lena: Member, mara: Member, remove: bool, outcome: str, body: str
) -> None:
    found, clara = report(talk, mara, world.said(talk, lena, "How rude")), factories.member("Clara")
    reports.decide(report=found, by=clara, remove=remove, at=timezone.now())
    with pytest.raises(reports.Decided):
        reports.decide(report=found, by=clara, remove=not remove, at=timezone.now())
    found.refresh_from_db()
    assert (found.outcome, found.decided_by, Message.objects.get().body) == (outcome, clara, body)


def test_nobody_decides_about_their_own_message(talk: Conversation, lena: Member, mara: Member) -> None:
    found = report(talk, mara, world.said(talk, lena))
    with pytest.raises(reports.OwnMessage):
        reports.decide(report=found, by=lena, remove=False, at=timezone.now())
    found.refresh_from_db()
    assert found.outcome == ""


def test_a_transcript_holds_what_was_said_and_goes_to_ones_own_address(
    talk: Conversation, lena: Member, mara: Member
) -> None:
    world.said(talk, lena, "Which grind?")
    messages.delete(message=world.said(talk, mara, "My address is …"), at=timezone.now())
    transcripts.send(participant=world.place(talk, mara), at=timezone.now())
    letter = Letter.objects.get()
    assert letter.to == mara.email
    assert "Lena Sommer: Which grind?" in letter.body
    assert "Mara Lindqvist: (deleted)" in letter.body


def test_an_address_that_nobody_confirmed_gets_nothing(talk: Conversation, mara: Member) -> None:
    EmailAddress.objects.filter(user=mara).update(verified=False)
    with pytest.raises(transcripts.Unverified):
        transcripts.send(participant=world.place(talk, mara), at=timezone.now())
    assert Letter.objects.count() == 0


def test_a_transcript_shows_nothing_from_before_one_came(talk: Conversation, lena: Member, mara: Member) -> None:
    world.said(talk, lena, "Before")
    world.said(talk, lena, "After")
    talk.participants.filter(member=mara).update(from_seq=2)
    lines = transcripts.lines(world.place(talk, mara), mara)
    assert [line.partition(": ")[2] for line in lines] == ["After"]
