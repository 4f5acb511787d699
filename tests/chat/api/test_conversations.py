"""Conversations over HTTP: who may, what comes back, and that the log is the same as over the socket."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from chat.models import Conversation, HelpRequest, Message, Participant
from chat.services import conversations
from community import limits
from community.models import Member, Role
from community.services import blocks
from tests import factories
from tests.chat import world

pytestmark = pytest.mark.django_db
ApiFor = Callable[[Member | None], APIClient]
BASE = "/api/v1/conversations/"
PERSONS = ("stranger", "lena", "mara", "other", "manager", "visitor")


def sending(body: str = "Hello") -> dict[str, str]:
    return {"client_id": str(uuid.uuid4()), "body": body}


@pytest.fixture
def mara() -> Member:
    return factories.ambassador(handle="mara")


@pytest.fixture
def talk(lena: Member, mara: Member) -> Conversation:
    talk = world.direct(lena, mara)
    world.said(talk, lena)
    return talk


def visiting() -> APIClient:
    """The browser of a visitor of the shop."""
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Visitor {world.visit('Jonas')[1]}")
    return client


#: method, address, body, and the status for stranger, the two in it, another member, a manager, a visitor of the shop.
TABLE: list[tuple[str, str, Any, tuple[int, int, int, int, int, int]]] = [
    ("get", "", None, (401, 200, 200, 200, 200, 200)),
    ("post", "", {"to": "mara"}, (401, 200, 422, 201, 201, 404)),
    ("post", "", {"phase": "before"}, (401, 201, 201, 201, 201, 201)),
    ("get", "{talk}/", None, (401, 200, 200, 404, 404, 404)),
    ("get", "{talk}/messages/", None, (401, 200, 200, 404, 404, 404)),
    ("post", "{talk}/messages/", sending(), (401, 201, 201, 404, 404, 404)),
    ("post", "{talk}/read/", {"seq": 1}, (401, 204, 204, 404, 404, 404)),
    ("post", "{talk}/typing/", {}, (401, 204, 204, 404, 404, 404)),
]


@pytest.mark.parametrize(("method", "path", "body", "expected"), TABLE)
def test_each_person_gets_what_the_table_says(
    api_for: ApiFor, talk: Conversation, lena: Member, mara: Member, method: str, path: str, body: Any, expected: Any
) -> None:
    clients = dict(
        zip(
            PERSONS,
            (
                api_for(None),
                api_for(lena),
                api_for(mara),
                api_for(factories.member("Jonas Weber")),
                api_for(factories.member("Clara Vogt", Role.MANAGER)),
                visiting(),
            ),
            strict=True,
        )
    )
    found = []
    for person in PERSONS:
        before = transaction.savepoint()
        found.append(getattr(clients[person], method)(BASE + path.format(talk=talk.pk), body).status_code)
        transaction.savepoint_rollback(before)
    assert tuple(found) == expected


def test_a_message_is_stored_once_however_often_it_is_sent(api_for: ApiFor, talk: Conversation, mara: Member) -> None:
    api, body = api_for(mara), sending("**Hi**")
    answers = [api.post(f"{BASE}{talk.pk}/messages/", body) for _ in range(2)]
    assert [(answer.status_code, answer.json()["seq"]) for answer in answers] == [(201, 2), (200, 2)]
    assert answers[0].json()["client_id"] == body["client_id"]
    assert Message.objects.count() == 2


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"client_id": "7", "body": "Hello"}, 400, "invalid"),
        ({"body": "Hello"}, 400, "invalid"),
        (sending(""), 422, "message_empty"),
        (sending("x" * 4001), 422, "message_too_long"),
    ],
)
def test_what_is_no_message_is_refused(
    api_for: ApiFor, talk: Conversation, lena: Member, body: Any, status: int, code: str
) -> None:
    answer = api_for(lena).post(f"{BASE}{talk.pk}/messages/", body)
    assert (answer.status_code, answer.json()["code"], Message.objects.count()) == (status, code, 1)


def test_who_is_blocked_is_refused(api_for: ApiFor, talk: Conversation, lena: Member, mara: Member) -> None:
    blocks.block(member=mara, blocked=lena, at=timezone.now())
    answer = api_for(lena).post(f"{BASE}{talk.pk}/messages/", sending())
    assert (answer.status_code, answer.json()["code"], Message.objects.count()) == (403, "conversation_refused", 1)


def test_the_log_is_read_forwards_and_backwards(
    api_for: ApiFor, talk: Conversation, lena: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        world.said(talk, lena)
    monkeypatch.setattr("chat.queries.log.REPLAY_MOST", 2)
    api = api_for(lena)
    first = api.get(f"{BASE}{talk.pk}/messages/?after=1").json()
    assert ([row["seq"] for row in first["results"]], first["resync"], first["last_seq"]) == ([2, 3], True, 6)
    assert (first["read_seq"], world.place(talk, lena).read_seq) == (6, 6)
    second = api.get(first["next"]).json()
    assert [row["seq"] for row in second["results"]] == [4, 5]
    last = api.get(second["next"]).json()
    assert ([row["seq"] for row in last["results"]], last["resync"], last["next"]) == ([6], False, None)
    older = api.get(last["previous"]).json()
    assert ([row["seq"] for row in older["results"]], older["previous"]) == ([1, 2, 3, 4, 5], None)
    assert api.get(f"{BASE}{talk.pk}/messages/?after=9").json()["resync"] is True


def test_who_polls_tells_what_has_reached_them_and_who_was_only_asked_does_not(
    api_for: ApiFor, talk: Conversation, lena: Member, mara: Member
) -> None:
    world.said(talk, lena)
    ida = factories.ambassador("Ida Berg")
    question = conversations.with_member(by=lena, to=ida, at=timezone.now())
    world.said(question, lena)
    for one, reader in ((talk, mara), (question, ida)):
        api_for(reader).get(f"{BASE}{one.pk}/messages/?after=0")
        api_for(reader).get(f"{BASE}{one.pk}/messages/?before=2")
    assert [world.place(talk, mara).delivered_seq, world.place(question, ida).delivered_seq] == [2, 0]


def test_who_joined_later_does_not_read_what_was_said_before(
    api_for: ApiFor, talk: Conversation, lena: Member, mara: Member
) -> None:
    Participant.objects.filter(member=mara).update(from_seq=2)
    assert api_for(mara).get(f"{BASE}{talk.pk}/messages/?after=0").json()["results"] == []
    listed = api_for(mara).get(BASE).json()["results"][0]
    assert (listed["last"], listed["unread"]) == (None, 0)


def test_a_conversation_lists_its_people_its_last_line_and_what_is_unread(
    api_for: ApiFor, talk: Conversation, lena: Member, mara: Member
) -> None:
    (row,) = api_for(mara).get(BASE).json()["results"]
    assert (row["id"], row["kind"], row["last_seq"], row["unread"]) == (talk.pk, "direct", 1, 1)
    assert [one["person"]["handle"] for one in row["people"]] == [lena.handle]
    assert [one["handle"] for one in row["with"]] == [lena.handle]
    assert (row["last"]["seq"], row["token"], "email" in str(row)) == (1, None, False)
    assert api_for(mara).post(f"{BASE}{talk.pk}/read/", {"seq": 1}).status_code == 204
    assert api_for(mara).get(f"{BASE}{talk.pk}/").json()["unread"] == 0


def test_a_request_of_somebody_who_is_blocked_is_not_listed(api_for: ApiFor, lena: Member, mara: Member) -> None:
    talk = conversations.with_member(by=lena, to=mara, at=timezone.now())
    assert api_for(mara).get(BASE).json()["results"] == []
    world.said(talk, lena)
    assert [row["is_request"] for row in api_for(mara).get(BASE).json()["results"]] == [True]
    blocks.block(member=mara, blocked=lena, at=timezone.now())
    assert api_for(mara).get(BASE).json()["results"] == []


def test_a_list_costs_as_much_with_thirty_rows_as_with_one(api_for: ApiFor, lena: Member) -> None:
    api = api_for(lena)
    world.said(world.direct(lena), lena)
    api.get(BASE)
    with CaptureQueriesContext(connection) as one:
        api.get(f"{BASE}?limit=50")
    for _ in range(29):
        world.said(world.direct(lena), lena)
    with CaptureQueriesContext(connection) as thirty:
        assert len(api.get(f"{BASE}?limit=50").json()["results"]) == 30
    assert (len(one), len(thirty)) == (6, 6)


def test_a_visitor_asks_for_help_once_and_sees_nothing_but_their_own(api_for: ApiFor, talk: Conversation) -> None:
    product = factories.product("aurora")
    api = visiting()
    asked = {
        "phase": "before",
        "product": product.slug,
        "page": "https://shop.example/aurora",
        "question": "Does it fit under a cupboard?",
        "client_id": str(uuid.uuid4()),
        "cart": [{"sku": "A-1", "price": "12.50"}],
    }
    answers = [api.post(BASE, asked) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0].json()["id"] == answers[1].json()["id"]
    help_request = HelpRequest.objects.get()
    assert (help_request.product, help_request.page_url) == (product, asked["page"])
    assert answers[0].json()["token"] == help_request.conversation.token
    assert [row["id"] for row in api.get(BASE).json()["results"]] == [help_request.conversation_id]


def test_what_says_neither_to_whom_nor_when_is_refused(api_for: ApiFor, lena: Member) -> None:
    answer = api_for(lena).post(BASE, {"page": "https://shop.example/"})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["phase"])
    assert Conversation.objects.count() == 0


def test_an_unknown_token_is_refused(talk: Conversation) -> None:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION="Visitor nobody")
    answer = client.get(BASE)
    assert (answer.status_code, answer.json()["code"]) == (401, "visitor_unknown")


def test_sending_is_limited(api_for: ApiFor, talk: Conversation, lena: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MESSAGES", limits.Limit("messages", 1, 60))
    api = api_for(lena)
    statuses = [api.post(f"{BASE}{talk.pk}/messages/", sending()).status_code for _ in range(2)]
    assert (statuses, Message.objects.count()) == ([201, 429], 2)
