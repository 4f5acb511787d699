"""The log as a machine: whatever is sent, repeated, lost and fetched, everybody ends with what a list would have."""

from __future__ import annotations

import uuid

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chat.models import Conversation, Message
from chat.queries import log
from chat.services import conversations, messages
from community.models import Member
from tests import factories
from tests.chat import world

pytestmark = pytest.mark.django_db

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["send", "repeat", "say", "close", "open", "read", "hint", "fetch"]),
        st.integers(0, 9),
    ),
    min_size=5,
    max_size=40,
)


class Screen:
    """A client that keeps the rules: the next number is shown, a later one makes it fetch."""

    def __init__(self, talk: Conversation, member: Member) -> None:
        self.talk, self.member = talk, member
        self.shown: list[tuple[int, str]] = []

    def hint(self, message: Message) -> None:
        if message.seq == len(self.shown) + 1:
            self.shown.append((message.seq, message.body))
        elif message.seq > len(self.shown) + 1:
            self.fetch()

    def fetch(self) -> None:
        replay = log.after(world.place(self.talk, self.member), len(self.shown))
        self.shown += [(row.seq, row.body) for row in replay.messages]


class Machine:
    """Two people, their screens, and the naive model: a list."""

    def __init__(self) -> None:
        self.people = [factories.member("Lena Sommer"), factories.member("Mara Lindqvist")]
        self.talk = world.direct(*self.people)
        self.screens = [Screen(self.talk, member) for member in self.people]
        self.model: list[str] = []
        self.sent: list[tuple[int, uuid.UUID, int]] = []
        self.read = [0, 0]
        self.is_closed = False

    def step(self, what: str, number: int) -> None:
        who = number % 2
        match what:
            case "send":
                self.send(who, uuid.uuid4())
            case "repeat" if self.sent:
                again, client_id, seq = self.sent[number % len(self.sent)]
                assert self.send(again, client_id) == seq
            case "say":
                said = messages.say(conversation=self.talk, kind=Message.Kind.BOT, body="Beep", at=timezone.now())
                self.model.append("Beep")
                assert said.seq == len(self.model)
            case "close" | "open":
                self.is_closed = what == "close"
                state = {"state": "closed", "closed_at": timezone.now()} if self.is_closed else {"state": "active"}
                Conversation.objects.filter(pk=self.talk.pk).update(**{"closed_at": None, **state})
            case "read":
                self.reads(who, number)
            case "hint":
                for message in Message.objects.filter(conversation=self.talk, seq__gt=max(0, len(self.model) - number)):
                    self.screens[who].hint(message)
            case "fetch":
                self.screens[who].fetch()

    def send(self, who: int, client_id: uuid.UUID) -> int | None:
        place = world.place(self.talk, self.people[who])
        known = {name: seq for _, name, seq in self.sent}
        body = f"Line {len(self.model) + 1}"
        if self.is_closed and client_id not in known:
            with pytest.raises(messages.Closed):
                messages.send(participant=place, client_id=client_id, body=body, at=timezone.now())
            return None
        sent = messages.send(participant=place, client_id=client_id, body=body, at=timezone.now())
        assert sent.is_new == (client_id not in known)
        if sent.is_new:
            self.model.append(body)
            self.sent.append((who, client_id, sent.message.seq))
            self.read[who] = len(self.model)
        return sent.message.seq

    def reads(self, who: int, seq: int) -> None:
        is_news = self.read[who] < seq <= len(self.model)
        assert conversations.read(participant=world.place(self.talk, self.people[who]), seq=seq) == is_news
        if is_news:
            self.read[who] = seq


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_everybody_ends_with_the_list(steps: list[tuple[str, int]]) -> None:
    with transaction.atomic():
        machine = Machine()
        for what, number in steps:
            machine.step(what, number)
        expected = list(enumerate(machine.model, start=1))
        stored = Message.objects.filter(conversation=machine.talk).order_by("seq").values_list("seq", "body")
        assert list(stored) == expected
        for screen, member, read in zip(machine.screens, machine.people, machine.read, strict=True):
            screen.fetch()
            assert screen.shown == expected
            assert world.place(machine.talk, member).read_seq == read
        transaction.set_rollback(True)
