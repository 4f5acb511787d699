"""``/ws/live/`` of the real server, spoken to by a real client over a real socket."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from community import consumers
from community.models import Activity, Member, Notification
from community.services import answers, notifications
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("at_rest")]
#: Generous for a busy machine; on a calm one a frame takes some ten milliseconds.
SOON = 5.0
TOKEN = "c" * 32
Frame = dict[str, Any]


class Tab:
    """An open tab: what it sends and what it gets."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    def send(self, frame: object) -> None:
        self.socket.send(frame if isinstance(frame, str | bytes) else json.dumps(frame))

    def get(self) -> Frame:
        frame: Frame = json.loads(self.socket.recv(timeout=SOON))
        return frame

    def until(self, kind: str) -> list[Frame]:
        """Return the frames up to the next one of ``kind``, which is the last."""
        frames = [self.get()]
        while frames[-1]["type"] != kind:
            frames.append(self.get())
        return frames

    def hello(self, *watch: int) -> list[Frame]:
        """Say hello and return the answer, which ends with the unread count."""
        self.send({"type": "hello", "watch": list(watch)})
        return self.until("unread")

    def close_code(self) -> int:
        """Return the code with which the server closes, whatever else it sends before."""
        try:
            while True:
                self.socket.recv(timeout=SOON)
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 0


def session_of(member: Member) -> str:
    client = Client()
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies["sessionid"].value


@pytest.fixture
def opened(site: str) -> Callable[..., AbstractContextManager[ClientConnection]]:
    """Open a socket with the session of somebody, or as a stranger."""

    def open_socket(session: str | None = None, *, origin: str | None = None, app: bool = False) -> ClientConnection:
        headers = {"Cookie": f"sessionid={session}"} if session else {}
        address = site.replace("http", "ws", 1) + "/ws/live/"
        return connect(address, additional_headers=headers, origin=None if app else Origin(origin or site))

    return open_socket


@pytest.fixture
def tab(opened: Callable[..., ClientConnection], member: Member) -> Iterator[Tab]:
    """An open tab of ``member``."""
    with opened(session_of(member)) as socket:
        yield Tab(socket)


def told(member: Member, number: int = 1, *, minutes_ago: int = 0, group: str = "") -> list[Notification]:
    """Store notifications that no tab has shown, as the worker does, with a question to be worded with.

    Each is a line of its own, unless they share a ``group``.
    """
    answer = factories.answer()
    at = timezone.now() - timedelta(minutes=minutes_ago)
    return Notification.objects.bulk_create(
        Notification(
            member=member,
            kind="answer.created",
            key=f"test:{answer.pk}:{n}",
            group=group or f"test:{answer.pk}:{n}",
            actor=answer.author,
            thread=answer.thread,
            facts={"answer": answer.pk},
            created_at=at,
        )
        for n in range(number)
    )


def settled(number: int) -> None:
    """Wait until the worker has stored ``number`` notifications and nothing else is to come."""
    deadline = time.monotonic() + SOON
    while Notification.objects.count() < number and time.monotonic() < deadline:
        time.sleep(0.02)
    assert Notification.objects.count() == number


class TestOpening:
    def test_a_stranger_who_says_nothing_is_closed(
        self, opened: Callable[..., ClientConnection], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(consumers, "HELLO_WITHIN", 0.1)
        with opened() as socket:
            assert Tab(socket).close_code() == 4401

    def test_a_made_up_session_is_a_stranger(self, opened: Callable[..., ClientConnection]) -> None:
        with opened("x" * 32) as socket:
            assert Tab(socket).close_code() == 4401

    def test_a_page_of_another_site_is_rejected(self, opened: Callable[..., ClientConnection], member: Member) -> None:
        with pytest.raises(InvalidStatus) as refused:
            opened(session_of(member), origin="https://evil.example")
        assert refused.value.response.status_code == 403


class TestApps:
    def test_an_app_says_who_it_is_with_its_first_frame(
        self, opened: Callable[..., ClientConnection], member: Member
    ) -> None:
        (row,) = told(member)
        with opened(app=True) as socket:
            tab = Tab(socket)
            tab.send({"type": "hello", "token": session_of(member)})
            frames = tab.until("unread")
        assert [frame["id"] for frame in frames[:-1]] == [row.pk]

    @pytest.mark.parametrize(
        "frame",
        [
            {"type": "hello"},
            {"type": "hello", "token": "x" * 32},
            {"type": "hello", "token": 7},
            {"type": "hello", "token": ""},
            {"type": "ping"},
        ],
    )
    def test_without_a_good_token_it_is_closed(self, opened: Callable[..., ClientConnection], frame: Frame) -> None:
        with opened(app=True) as socket:
            tab = Tab(socket)
            tab.send(frame)
            assert tab.close_code() == 4401

    def test_an_ended_session_closes_it(self, opened: Callable[..., ClientConnection], member: Member) -> None:
        token = session_of(member)
        with opened(app=True) as socket:
            tab = Tab(socket)
            tab.send({"type": "hello", "token": token})
            tab.until("unread")
            Session.objects.filter(session_key=token).delete()
            tab.send({"type": "ping"})
            assert tab.close_code() == 4401


class TestHello:
    def test_is_answered_with_the_unread_count(self, tab: Tab) -> None:
        assert tab.hello() == [{"type": "unread", "count": 0}]

    def test_brings_the_state_of_the_threads_that_the_tab_shows(self, tab: Tab, member: Member) -> None:
        thread = factories.thread()
        answer = factories.accepted_answer(thread)
        frames = [frame for frame in tab.hello(thread.pk) if frame["type"] == "thread"]
        assert [(f["id"], f["answers"], f["state"], f["accepted"]) for f in frames] == [
            (thread.pk, 1, "solved", answer.pk)
        ]

    def test_says_nothing_of_threads_that_are_hidden_or_not_there(self, tab: Tab, member: Member) -> None:
        hidden = factories.thread()
        type(hidden).objects.filter(pk=hidden.pk).update(deleted_at=timezone.now())
        assert {frame["type"] for frame in tab.hello(hidden.pk, 10**9)} == {"unread"}

    @pytest.mark.parametrize("watch", ["all", 7, None, {"a": 1}, ["1", True, None, [2], -1]])
    def test_takes_a_strange_list_for_none(self, tab: Tab, watch: object) -> None:
        tab.send({"type": "hello", "watch": watch})
        assert tab.get() == {"type": "unread", "count": 0}


class TestCatchingUp:
    def test_what_was_missed_comes_with_the_next_hello(
        self, opened: Callable[..., ClientConnection], member: Member
    ) -> None:
        rows = told(member, 2)
        with opened(session_of(member)) as socket:
            frames = Tab(socket).hello()
        assert [frame["id"] for frame in frames[:-1]] == [row.pk for row in rows]
        assert {(frame["type"], frame["kind"], frame["effect"]) for frame in frames[:-1]} == {
            ("notification", "answer.created", "toast")
        }
        assert frames[-1]["count"] >= 2

    def test_a_tab_that_comes_back_gets_what_it_has_not_seen(
        self, opened: Callable[..., ClientConnection], member: Member
    ) -> None:
        first, second = told(member, 2)
        session = session_of(member)
        with opened(session) as socket:
            tab = Tab(socket)
            tab.hello()
            tab.send({"type": "seen", "ids": [first.pk]})
            tab.send({"type": "ping"})
            tab.until("pong")
        with opened(session) as socket:
            frames = Tab(socket).hello()
        assert [frame["id"] for frame in frames if frame["type"] == "notification"] == [second.pk]

    def test_what_belongs_together_is_one_frame_and_seen_as_one(
        self, opened: Callable[..., ClientConnection], member: Member
    ) -> None:
        *_older, newest = told(member, 3, group="together")
        session = session_of(member)
        with opened(session) as socket:
            tab = Tab(socket)
            assert [frame["id"] for frame in tab.hello() if frame["type"] == "notification"] == [newest.pk]
            notifications.hint([member.pk])
            assert [frame["type"] for frame in tab.until("unread")] == ["unread"]
            tab.send({"type": "seen", "ids": [newest.pk]})
            tab.send({"type": "ping"})
            tab.until("pong")
        assert not Notification.objects.filter(member=member, shown_at=None).exists()

    def test_nobody_marks_what_belongs_to_others(self, tab: Tab, member: Member) -> None:
        (row,) = told(factories.member())
        tab.send({"type": "seen", "ids": [row.pk]})
        tab.send({"type": "ping"})
        tab.until("pong")
        row.refresh_from_db()
        assert row.shown_at is None

    def test_what_waits_for_longer_than_a_day_is_left_to_the_list(self, tab: Tab, member: Member) -> None:
        told(member, minutes_ago=24 * 60 + 1)
        assert [frame["type"] for frame in tab.hello()] == ["unread"]

    def test_more_than_one_frameful_comes_without_anything_being_sent_twice(self, tab: Tab, member: Member) -> None:
        rows = told(member, 25)
        ids = [frame["id"] for frame in tab.hello() if frame["type"] == "notification"]
        notifications.hint([member.pk])
        ids += [frame["id"] for frame in tab.until("unread") if frame["type"] == "notification"]
        assert ids[:25] == [row.pk for row in rows]
        assert len(ids) == len(set(ids))


class TestDeeds:
    def test_an_acceptance_reaches_the_helpers_tab_with_its_reason(
        self, opened: Callable[..., ClientConnection]
    ) -> None:
        helper = factories.ambassador()
        answer = factories.answer(author=helper)
        settled(1)
        with opened(session_of(helper)) as socket:
            tab = Tab(socket)
            tab.hello()
            answers.accept(answer=answer, by=answer.thread.author, at=timezone.now())
            kinds: list[str] = []
            while not {"badge.earned", "points.earned"} & set(kinds):
                kinds += [frame["kind"] for frame in tab.until("unread")[:-1]]
        settled(4)
        assert sorted(Notification.objects.filter(member=helper).values_list("kind", flat=True)) == [
            "answer.accepted",
            "badge.earned",
            "points.earned",
        ]

    def test_readers_of_a_thread_see_the_count_of_answers_change(self, tab: Tab, member: Member) -> None:
        thread = factories.thread()
        tab.hello(thread.pk)
        answer = factories.answer(thread)
        frame = tab.until("thread")[-1]
        version = Activity.objects.get(verb="answer.created", subject_id=answer.pk).pk
        now = {"answers": 1, "state": "open", "accepted": None, "official": None}
        assert frame == {"type": "thread", "id": thread.pk, "version": version, **now}


class TestFrames:
    @pytest.mark.parametrize("frame", ["", "{", "[]", "7", "null", '"hello"', b"\x00\xff"])
    def test_a_malformed_frame_is_answered_and_the_socket_lives(self, tab: Tab, frame: str | bytes) -> None:
        tab.send(frame)
        assert (tab.get()["code"], self.lives(tab)) == ("malformed", True)

    @pytest.mark.parametrize(
        "frame",
        [
            {},
            {"type": "frame"},
            {"type": "session.ended"},
            {"type": 7},
            {"type": ["hello"]},
            {"type": "seen"},
            {"type": "seen", "ids": ["1"]},
            {"type": "seen", "ids": 7},
        ],
    )
    def test_an_unknown_frame_is_answered_and_the_socket_lives(self, tab: Tab, frame: Frame) -> None:
        tab.send(frame)
        assert (tab.get()["code"], self.lives(tab)) == ("unknown_frame", True)

    def test_numbers_beyond_any_row_harm_nobody(self, tab: Tab) -> None:
        tab.send({"type": "seen", "ids": [10**30, -(10**30)]})
        tab.send({"type": "hello", "watch": [10**30]})
        assert (tab.get(), self.lives(tab)) == ({"type": "unread", "count": 0}, True)

    def test_sixty_frames_are_answered_and_a_flood_is_closed(self, tab: Tab) -> None:
        for _ in range(60):
            tab.send({"type": "ping"})
        assert [tab.get()["type"] for _ in range(60)] == ["pong"] * 60
        tab.send({"type": "ping"})
        assert tab.close_code() == 4429

    def test_a_frame_of_more_than_sixteen_kibibytes_is_too_large(self, tab: Tab) -> None:
        tab.send(" " * (16 * 1024 + 1))
        assert tab.close_code() == 1009

    @staticmethod
    def lives(tab: Tab) -> bool:
        tab.send({"type": "ping"})
        return tab.get() == {"type": "pong"}


class TestSigningOut:
    def test_closes_the_tabs_of_that_session_only(
        self, site: str, opened: Callable[..., ClientConnection], member: Member
    ) -> None:
        session, elsewhere = session_of(member), session_of(member)
        with opened(session) as here, opened(elsewhere) as there:
            Tab(here).hello()
            Tab(there).hello()

            self.sign_out(site, session)

            assert Tab(here).close_code() == 4401
            assert TestFrames.lives(Tab(there)) is True

    def test_a_session_that_was_ended_from_another_device_ends_with_the_next_sign_of_life(
        self, opened: Callable[..., ClientConnection], member: Member
    ) -> None:
        session = session_of(member)
        with opened(session) as socket:
            tab = Tab(socket)
            tab.hello()
            Session.objects.filter(session_key=session).delete()
            tab.send({"type": "ping"})
            assert tab.close_code() == 4401

    def test_a_member_who_was_barred_is_closed_with_the_next_sign_of_life(self, tab: Tab, member: Member) -> None:
        tab.hello()
        Member.objects.filter(pk=member.pk).update(is_active=False)
        tab.send({"type": "ping"})
        assert tab.close_code() == 4401

    def test_news_never_reach_a_tab_whose_password_was_changed_meanwhile(self, tab: Tab, member: Member) -> None:
        tab.hello()
        member.set_password("another-password-of-tests-8")
        member.save()
        told(member)
        notifications.hint([member.pk])
        with pytest.raises(ConnectionClosed) as closed:
            tab.get()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4401

    @staticmethod
    def sign_out(site: str, session: str) -> None:
        connection = http.client.HTTPConnection(site.removeprefix("http://"), timeout=SOON)
        headers = {"Cookie": f"sessionid={session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN}
        connection.request("POST", "/accounts/logout/", headers=headers)
        assert connection.getresponse().status == 302
        connection.close()
