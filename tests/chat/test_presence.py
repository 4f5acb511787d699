"""Who is here."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from chat import presence
from chat.queries.companions import companions
from chat.services import conversations
from community.services import blocks
from tests import factories
from tests.chat import world


def state() -> str:
    return presence.states(["member:1"])["member:1"]


def test_online_until_idle_for_five_minutes_and_offline_a_minute_after_the_last_sign() -> None:
    begin = timezone.now()
    with time_machine.travel(begin, tick=False) as clock:
        assert state() == "offline"
        presence.note("member:1", idle=False)
        seen = []
        for seconds in range(20, 400, 20):
            clock.move_to(begin + timedelta(seconds=seconds))
            presence.note("member:1", idle=True)
            seen.append((seconds, state()))
        assert [at for at, what in seen if what == "online"] == list(range(20, 300, 20))
        assert {what for at, what in seen if at >= 300} == {"away"}
        clock.shift(timedelta(seconds=61))
        assert state() == "offline"


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
