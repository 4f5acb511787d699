"""``/ws/chat/``: who may come in, what is answered, what is heard."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from rest_framework.test import APIClient
from websockets.exceptions import InvalidStatus

from chat import hub
from chat.consumers import socket, sweep
from chat.models import Conversation, Message, Participant, VisitorSession
from chat.services import conversations, messages, visitor_sessions
from community.models import Member
from community.services import blocks
from tests import factories
from tests.chat import world
from tests.chat.sockets import Frame, Tab, session_of, tab
from tests.recovery.product import wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("at_rest", "nobody_left")]
Open = Callable[[Member], Tab]


@pytest.fixture
def nobody_left(site: str) -> Iterator[None]:
    """Let the sweep of one test end before the database is put back."""
    yield
    wait_until(lambda: not any(known.sockets for known in hub._hubs.values()), seconds=10)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweep, "EVERY", 0.1)
    monkeypatch.setattr(socket, "SLOWED", 0)


@pytest.fixture
def opened(site: str) -> Iterator[Open]:
    """Open tabs that are closed after the test."""
    with ExitStack() as stack:

        def open_tab(member: Member) -> Tab:
            opened_tab = stack.enter_context(tab(site, session_of(member)))
            opened_tab.hello()
            return opened_tab

        yield open_tab


@pytest.fixture
def talk(lena: Member, mara: Member) -> Conversation:
    return world.direct(lena, mara)


class TestComingIn:
    def test_who_says_nothing_is_closed(self, site: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(socket, "HELLO_WITHIN", 0.1)
        with tab(site) as it:
            assert it.close_code() == 4401

    def test_without_a_good_token_it_is_closed(self, site: str) -> None:
        hello = {"type": "hello"}
        for frame in (hello, {**hello, "token": "x"}, {**hello, "token": 7}, {"type": "ping"}):
            with tab(site, "x" * 32) as it:
                it.send(frame)
                assert it.close_code() == 4401, frame

    def test_a_page_of_another_site_is_rejected(self, site: str, lena: Member) -> None:
        with pytest.raises(InvalidStatus) as refused, tab(site, session_of(lena), origin="https://evil.example"):
            pass
        assert refused.value.response.status_code == 403

    def test_a_tab_is_known_by_its_cookie_and_an_app_by_its_token(self, site: str, lena: Member) -> None:
        session = session_of(lena)
        with tab(site, session) as it, tab(site) as app:
            answers = [it.hello()[-1], app.hello(token=session)[-1]]
        assert [answer["you"]["handle"] for answer in answers] == [lena.handle, lena.handle]

    def test_a_visitor_of_the_shop_is_known_by_the_token_even_where_a_cookie_comes_along(
        self, site: str, lena: Member
    ) -> None:
        visit, token = world.visit()
        with tab(site, session_of(lena)) as it:
            assert it.hello(token=token)[-1]["you"] == {"kind": "visitor", "id": visit.visitor_id, "name": ""}


class TestTheLog:
    def test_a_message_is_stored_and_comes_to_everybody_once(
        self, opened: Open, talk: Conversation, lena: Member, mara: Member
    ) -> None:
        here, there = opened(lena), opened(mara)
        once = str(uuid.uuid4())
        receipts = [here.say(talk.pk, "**Hello**", once) for _ in range(2)]
        assert [(frame["type"], frame["seq"]) for frame in receipts] == [("stored", 1), ("stored", 1)]
        frame = there.until("message")[-1]
        assert (frame["seq"], frame["client_id"], frame["author"]["handle"]) == (1, once, lena.handle)
        assert (frame["body"], "<strong>" in frame["html"]) == ("**Hello**", True)
        assert Message.objects.count() == 1

    def test_hello_brings_what_was_missed(self, opened: Open, talk: Conversation, lena: Member, mara: Member) -> None:
        for number in range(3):
            world.said(talk, lena, f"Line {number}")
        conversations.read(participant=world.place(talk, mara), seq=2)
        here = opened(mara)
        told = [(frame["type"], frame.get("seq")) for frame in here.hello({talk.pk: 1})]
        assert told == [("read", 2), ("message", 2), ("message", 3), ("hello", None)]
        assert world.place(talk, mara).delivered_seq == 3

    def test_resume_brings_what_was_missed_and_how_the_conversation_stands(
        self, opened: Open, talk: Conversation, lena: Member, mara: Member
    ) -> None:
        world.said(talk, lena)
        here = opened(mara)
        here.send({"type": "resume", "conversation": talk.pk, "after": 0})
        frames = [frame for frame in here.until("presence") if frame.get("by", {}).get("handle") != mara.handle]
        assert [frame["type"] for frame in frames] == ["message", "conversation", "read", "presence"]
        assert (frames[2]["by"]["handle"], frames[2]["seq"], frames[3]["state"]) == (lena.handle, 1, "offline")

    def test_who_missed_too_much_or_has_more_than_there_is_reads_anew(
        self, opened: Open, talk: Conversation, lena: Member, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("chat.queries.log.REPLAY_MOST", 2)
        for _ in range(3):
            world.said(talk, lena)
        here = opened(lena)
        told = [here.hello({talk.pk: seen})[0] for seen in (0, 9)]
        assert told == [{"type": "resync", "conversation": talk.pk}] * 2

    def test_a_conversation_that_begins_later_is_heard(self, opened: Open, lena: Member, mara: Member) -> None:
        here = opened(mara)
        talk = conversations.with_member(by=lena, to=mara, at=timezone.now())
        assert here.until("conversation")[-1]["conversation"] == talk.pk
        world.said(talk, lena)
        assert here.until("message")[-1]["seq"] == 1

    def test_what_the_layer_lost_comes_from_the_log(
        self, opened: Open, talk: Conversation, lena: Member, mara: Member, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        here = opened(mara)
        with monkeypatch.context() as deaf:
            deaf.setattr("chat.services.messages.live.publish", lambda *_: None)
            world.said(talk, lena)
        assert here.until("message")[-1]["seq"] == 1

    def test_who_left_hears_nothing_more(self, opened: Open, talk: Conversation, lena: Member, mara: Member) -> None:
        here, other = opened(mara), opened(lena)
        Participant.objects.filter(member=mara).update(left_at=timezone.now())
        conversations.announce(conversation=talk, people=[mara])
        wait_until(lambda: heard_by(talk) == 1, seconds=10)
        other.say(talk.pk, "Still there?")
        assert here.ask({"type": "ping"}, "pong") == {"type": "pong"}
        here.send({"type": "resume", "conversation": talk.pk, "after": 0})
        assert here.get()["code"] == "not_found"


class TestSigns:
    def test_typing_is_shown_at_most_every_few_seconds(
        self, opened: Open, talk: Conversation, lena: Member, mara: Member
    ) -> None:
        elsewhere = world.direct(lena, factories.member())
        here, there = opened(lena), opened(mara)
        for to in (talk, elsewhere, talk):
            here.send({"type": "typing", "conversation": to.pk})
        here.say(talk.pk, "Hello")
        frames = there.until("message")
        assert [frame["type"] for frame in frames] == ["typing", "message"]
        assert frames[0]["by"]["handle"] == lena.handle

    def test_who_has_no_socket_is_shown_to_write(
        self, opened: Open, talk: Conversation, lena: Member, mara: Member, api_for: Callable[[Member], APIClient]
    ) -> None:
        there = opened(mara)
        assert api_for(lena).post(f"/api/v1/conversations/{talk.pk}/typing/").status_code == 204
        assert there.until("typing")[-1]["by"]["handle"] == lena.handle

    def test_who_was_blocked_is_not_shown_to_write(
        self, opened: Open, talk: Conversation, lena: Member, mara: Member
    ) -> None:
        here, there = opened(lena), opened(mara)
        blocks.block(member=mara, blocked=lena, at=timezone.now())
        here.send({"type": "typing", "conversation": talk.pk})
        assert here.say(talk.pk, "Hello")["code"] == "conversation_refused"
        assert there.ask({"type": "ping"}, "pong") == {"type": "pong"}

    def test_reading_is_told_to_the_writer(self, opened: Open, talk: Conversation, lena: Member, mara: Member) -> None:
        here, there = opened(lena), opened(mara)
        here.say(talk.pk, "Hello")
        there.send({"type": "read", "conversation": talk.pk, "seq": 1})
        frame = here.until("read")[-1]
        if not frame["seq"]:  # that it reached the screen may be told apart
            frame = here.until("read")[-1]
        assert (frame["by"]["handle"], frame["seq"]) == (mara.handle, 1)

    def test_what_reached_a_screen_is_told_while_it_is_open(
        self, opened: Open, talk: Conversation, lena: Member, mara: Member
    ) -> None:
        here, _there = opened(lena), opened(mara)
        here.say(talk.pk, "Hello")
        frame = here.until("read")[-1]
        assert (frame["by"]["handle"], frame["seq"], frame["delivered"]) == (mara.handle, 0, 1)
        assert world.place(talk, mara).delivered_seq == 1

    def test_presence_follows_the_tabs_of_the_other(
        self, opened: Open, talk: Conversation, lena: Member, mara: Member
    ) -> None:
        here = opened(lena)
        assert here.ask({"type": "resume", "conversation": talk.pk, "after": 0}, "presence")["state"] == "offline"
        opened(mara)
        assert here.until("presence")[-1]["state"] == "online"


class TestFrames:
    def test_a_malformed_frame_is_answered_and_the_socket_lives(self, opened: Open, lena: Member) -> None:
        here = opened(lena)
        for frame in ("", "{", "[]", "7", "null", '"hello"', b"\x00\xff", "[" * 16_000):
            here.send(frame)
            assert here.get()["code"] == "malformed", frame[:20]
        assert here.lives()

    def test_an_unknown_frame_is_answered_and_the_socket_lives(self, opened: Open, lena: Member) -> None:
        here = opened(lena)
        send: Frame = {"type": "send", "conversation": 1, "client_id": str(uuid.uuid4()), "body": "Hello"}
        for frame in (
            {},
            {"type": "message"},
            {"type": "chat.place"},
            {"type": ["send"]},
            {**send, "client_id": "7"},
            {**send, "conversation": "1"},
            {**send, "conversation": True},
            {**send, "conversation": 10**30},
            {**send, "body": 7},
            {"type": "resume", "conversation": 1, "after": -1},
            {"type": "read", "conversation": 1, "seq": None},
        ):
            here.send(frame)
            assert here.get()["code"] == "unknown_frame", frame
        assert here.lives()

    def test_a_conversation_of_others_is_not_there(self, opened: Open, talk: Conversation) -> None:
        stranger = opened(factories.member("Jonas Weber"))
        name = str(uuid.uuid4())
        asked = {"conversation": talk.pk, "client_id": name, "body": "Hello", "after": 0, "seq": 0}
        for kind in ("send", "resume", "typing", "read"):
            frame = stranger.ask({"type": kind, **asked}, "error")
            assert (frame["code"], frame["conversation"], frame["client_id"]) == ("not_found", talk.pk, name), kind
        assert (stranger.lives(), Message.objects.count()) == (True, 0)

    def test_a_refused_message_is_answered_and_the_socket_lives(
        self, opened: Open, talk: Conversation, lena: Member
    ) -> None:
        here = opened(lena)
        codes = [here.say(talk.pk, body)["code"] for body in ("", "x" * 4001, "\ud800")]
        assert codes == ["message_empty", "message_too_long", "message_empty"]
        assert (here.lives(), Message.objects.count()) == (True, 0)

    def test_a_frame_of_more_than_sixteen_kibibytes_is_too_large(self, opened: Open, lena: Member) -> None:
        here = opened(lena)
        here.send(" " * (16 * 1024 + 1))
        assert here.close_code() == 1009

    def test_a_flood_is_slowed_and_then_closed(self, opened: Open, lena: Member) -> None:
        here = opened(lena)
        for _ in range(200):
            here.send({"type": "ping"})
        assert here.close_code() == 4429


class TestEnding:
    def test_a_session_that_is_over_closes_its_own_tabs_only(self, site: str, lena: Member) -> None:
        session, elsewhere = session_of(lena), session_of(lena)
        with tab(site, session) as here, tab(site, elsewhere) as there:
            here.hello()
            there.hello()
            Session.objects.filter(session_key=session).delete()
            assert (here.close_code(), there.lives()) == (4401, True)

    def test_who_is_barred_or_has_a_new_password_is_closed(self, opened: Open, lena: Member, mara: Member) -> None:
        here, there = opened(lena), opened(mara)
        Member.objects.filter(pk=lena.pk).update(is_active=False)
        Member.objects.filter(pk=mara.pk).update(password="another")
        assert (here.close_code(), there.close_code()) == (4401, 4401)

    def test_a_visitor_who_leaves_is_closed(self, site: str) -> None:
        visit, token = world.visit()
        with tab(site) as it:
            it.hello(token=token)
            visitor_sessions.end(session=VisitorSession.objects.get(pk=visit.pk), at=timezone.now())
            assert it.close_code() == 4401


def heard_by(talk: Conversation) -> int:
    return sum(len(known._members.get(f"chat.{talk.pk}", ())) for known in hub._hubs.values())


def test_the_group_of_a_conversation_is_joined_once_for_a_process(
    opened: Open, talk: Conversation, lena: Member, mara: Member
) -> None:
    for member in (lena, lena, mara):
        opened(member)
    assert heard_by(talk) == 3
    assert messages.REQUEST_MOST == 3
