"""Who is here."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from chat import presence
from chat.queries.companions import companions
from chat.services import conversations
from community.services import blocks
from tests import factories
from tests.chat import world


def state(at: datetime) -> str:
    return presence.states(["member:1"], at=at)["member:1"]


def test_online_until_idle_for_five_minutes_and_offline_a_minute_after_the_last_sign() -> None:
    begin = timezone.now()
    assert state(begin) == "offline"
    presence.note("member:1", idle=False, at=begin)
    seen = []
    for seconds in range(20, 400, 20):
        now = begin + timedelta(seconds=seconds)
        presence.note("member:1", idle=True, at=now)
        seen.append((seconds, state(now)))
    assert [at for at, what in seen if what == "online"] == list(range(20, 300, 20))
    assert {what for at, what in seen if at >= 300} == {"away"}
    assert state(now + timedelta(seconds=61)) == "offline"


def test_whose_tabs_are_open_is_away_and_not_gone() -> None:
    begin = timezone.now()
    presence.note_open({"member:1", "visitor:2"}, at=begin)
    assert presence.states(["member:1", "visitor:2"], at=begin) == {"member:1": "away", "visitor:2": "away"}
    assert state(begin + timedelta(seconds=61)) == "offline"


@pytest.mark.django_db
def test_companions_are_those_of_an_open_conversation_without_a_line_between() -> None:
    lena, mara = factories.member(), factories.ambassador()
    talk = world.direct(lena, mara)
    assert [other.member for other in companions(world.place(talk, lena))] == [mara]
    blocks.block(member=mara, blocked=lena, at=timezone.now())
    assert companions(world.place(talk, lena)) == []


@pytest.mark.django_db
def test_who_is_asked_does_not_show_that_they_are_there() -> None:
    lena, mara = factories.member(), factories.ambassador()
    talk = conversations.with_member(by=lena, to=mara, at=timezone.now())
    assert companions(world.place(talk, lena)) == []
