"""Files over HTTP: a visitor of the shop sends them as members do, and who is not in the talk gets none."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from rest_framework.test import APIClient

from chat.models import Attachment, Conversation, Message
from chat.services import help as helping
from community import limits
from community.models import Member
from tests import factories
from tests.chat import world

pytestmark = pytest.mark.django_db
ApiFor = Callable[[Member | None], APIClient]


@dataclass(frozen=True)
class Asked:
    """A visitor's browser, and what they asked in."""

    api: APIClient
    talk: Conversation

    @property
    def url(self) -> str:
        return f"/api/v1/conversations/{self.talk.pk}/files/"


@pytest.fixture
def asked() -> Asked:
    session, token = world.visit("Jonas")
    request = helping.ask(
        by=session.visitor, context=helping.Context(), question="Does it fit?", at=timezone.now()
    )  # fmt: skip
    return Asked(browser(token), request.conversation)


def browser(token: str) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Visitor {token}")
    return client


def send(api: APIClient, url: str, data: bytes | None = None, **form: str) -> Any:
    file = SimpleUploadedFile("kitchen.jpg", world.photo() if data is None else data)
    return api.post(url, {"client_id": str(uuid.uuid4()), **form, "file": file}, format="multipart")


def fetched(api: APIClient, url: str) -> int:
    answer = api.get(url)
    b"".join(answer)  # read to its end, a file is closed
    return int(answer.status_code)


def test_a_visitors_picture_is_a_line_of_the_log_without_its_metadata(asked: Asked) -> None:
    answer = send(asked.api, asked.url, body="My kitchen")
    (shown,) = answer.json()["attachments"]
    assert (answer.status_code, answer.json()["body"], shown["content_type"]) == (201, "My kitchen", "image/webp")
    file = asked.api.get(f"{asked.url}{shown['token']}/")
    assert (file.status_code, file["Content-Type"], file["Content-Security-Policy"]) == (
        200, "image/webp", "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    )  # fmt: skip
    assert b"Secret Camera" not in b"".join(file)


def test_a_file_is_for_those_in_the_talk_only(asked: Asked, api_for: ApiFor) -> None:
    send(asked.api, asked.url)
    url = f"{asked.url}{Attachment.objects.get().token}/"
    mara, lena = factories.ambassador("Mara Lindqvist"), factories.member("Lena Sommer")
    asked.talk.participants.create(member=mara, part="helper", joined_at=timezone.now())
    own = world.direct(mara, lena)
    elsewhere = url.replace(f"/{asked.talk.pk}/", f"/{own.pk}/")
    people = (asked.api, api_for(mara), api_for(lena), api_for(None), browser(world.visit()[1]))
    assert [fetched(one, url) for one in people] == [200, 200, 404, 401, 404]
    assert fetched(api_for(mara), elsewhere) == 404


def test_nobody_sends_into_a_talk_of_others(asked: Asked, api_for: ApiFor) -> None:
    others = (browser(world.visit()[1]), api_for(factories.member()), api_for(None))
    assert [send(one, asked.url).status_code for one in others] == [404, 404, 401]
    assert Attachment.objects.count() == 0


@pytest.mark.parametrize("data", [b"MZ\x90\x00\x03", b"x" * (Attachment.LARGEST + 1), b"x" * (Attachment.LARGEST * 2)])
def test_what_is_no_file_of_ours_leaves_nothing(asked: Asked, data: bytes) -> None:
    before = Message.objects.count()
    answer = send(asked.api, asked.url, data)
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_file")
    assert (Message.objects.count(), Attachment.objects.count()) == (before, 0)


def test_a_repeated_file_is_one_message(asked: Asked) -> None:
    once = str(uuid.uuid4())
    answers = [send(asked.api, asked.url, client_id=once) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0].json() == answers[1].json()
    assert Attachment.objects.count() == 1


def test_a_talk_that_is_over_takes_no_file(asked: Asked) -> None:
    Conversation.objects.update(state="closed", closed_at=timezone.now())
    answer = send(asked.api, asked.url)
    assert (answer.status_code, answer.json()["code"], Attachment.objects.count()) == (409, "conversation_closed", 0)


@pytest.mark.parametrize("name", ["VISITOR_UPLOADS", "ADDRESS_UPLOADS"])
def test_files_of_visitors_are_limited_by_visitor_and_by_address(
    asked: Asked, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(limits, name, limits.Limit(name.lower(), 1, 3600))
    assert [send(asked.api, asked.url).status_code for _ in range(2)] == [201, 429]
    assert Attachment.objects.count() == 1
