"""Taking back what one said: for a day, while the talk goes on, and not under the eyes of the team."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from chat import frames
from chat.models import Conversation, Message
from chat.services import reports, taking_back
from community import live
from community.models import Member
from tests import factories
from tests.chat import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(lena: Member, mara: Member) -> Message:
    return world.said(world.direct(lena, mara), lena, "My address is Hauptstraße 1")


def test_the_words_go_for_everybody_and_the_number_stays(
    said: Message, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    told: list[tuple[str, Any]] = []
    monkeypatch.setattr(live, "publish", lambda group, event: told.append((group, event)))

    with django_capture_on_commit_callbacks(execute=True):
        taking_back.take_back(message=said, at=timezone.now())
        taking_back.take_back(message=said, at=timezone.now())

    said.refresh_from_db()
    assert (said.seq, said.body, said.html) == (1, "", "")
    assert [(group, event["frame"]["seq"], event["frame"]["deleted"]) for group, event in told] == [
        (frames.group(said.conversation_id), 1, True)
    ]


def stays(said: Message, *, after: timedelta = timedelta()) -> bool:
    with pytest.raises(taking_back.Stays):
        taking_back.take_back(message=said, at=timezone.now() + after)
    said.refresh_from_db()
    return said.body == "My address is Hauptstraße 1"


def test_after_a_day_it_stays(said: Message) -> None:
    assert stays(said, after=timedelta(hours=24))


def test_what_is_over_stays(said: Message) -> None:
    Conversation.objects.update(state="closed", closed_at=timezone.now())
    assert stays(said)


def test_what_the_team_looks_at_stays_until_they_have(said: Message, mara: Member) -> None:
    place = world.place(said.conversation, mara)
    report = reports.report(participant=place, message=said, reason="spam", at=timezone.now())
    assert stays(said)

    reports.decide(report=report, by=factories.member("Clara"), remove=False, at=timezone.now())
    taking_back.take_back(message=said, at=timezone.now())
    said.refresh_from_db()
    assert said.body == ""
