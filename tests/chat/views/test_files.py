"""Files of conversations: what is taken, what is left of it, and who gets it."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from chat.models import Attachment, Conversation, Message
from chat.services import attachments, messages
from community.models import Member
from tests import factories
from tests.chat import world

pytestmark = pytest.mark.django_db
Browser = Callable[[Member], Client]


@pytest.fixture
def talk(mara: Member) -> Conversation:
    return world.direct(factories.member("Lena Sommer"), mara)


def upload(browser: Client, talk: Conversation, data: bytes, name: str, **form: str) -> tuple[int, dict[str, object]]:
    said = {"client_id": str(uuid.uuid4()), "body": "", **form, "file": SimpleUploadedFile(name, data)}
    answer = browser.post(f"/messages/{talk.pk}/files/", said)
    return answer.status_code, answer.json()


def test_a_picture_is_shown_to_both_and_holds_only_its_pixels(
    talk: Conversation, mara: Member, client_for: Browser
) -> None:
    assert upload(client_for(mara), talk, world.photo(), "kitchen.jpg", body="Look")[0] == 201
    file, message = Attachment.objects.get(), Message.objects.get()
    assert (file.message, file.name, file.content_type, file.width) == (message, "kitchen.webp", "image/webp", 40)
    for member in Member.objects.filter(participations__conversation=talk):
        answer = client_for(member).get(f"/messages/files/{file.token}/")
        data = b"".join(answer)
        assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/webp", "nosniff")
        assert b"Secret Camera" not in data


def test_nobody_else_gets_a_file(talk: Conversation, mara: Member, client_for: Browser) -> None:
    upload(client_for(mara), talk, world.photo(), "kitchen.jpg")
    url = f"/messages/files/{Attachment.objects.get().token}/"
    assert client_for(factories.member("Nobody")).get(url).status_code == 404
    assert Client().get(url).status_code == 302
    assert Client().get(f"/media/{Attachment.objects.get().file.name}").status_code == 404


def test_who_comes_later_does_not_get_what_was_shown_before(
    talk: Conversation, mara: Member, client_for: Browser
) -> None:
    upload(client_for(mara), talk, world.photo(), "kitchen.jpg")
    talk.participants.filter(member=mara).update(from_seq=2)
    assert client_for(mara).get(f"/messages/files/{Attachment.objects.get().token}/").status_code == 404


@pytest.mark.parametrize(
    ("data", "name", "stored"),
    [
        (b"%PDF-1.7\n...", "manual.exe", ("manual.pdf", "application/pdf")),
        ("Größe: 40 cm\r\n".encode(), "../../notes.html", ("notes.txt", "text/plain; charset=utf-8")),
    ],
)
def test_a_type_is_what_a_file_holds(
    talk: Conversation, mara: Member, client_for: Browser, data: bytes, name: str, stored: tuple[str, str]
) -> None:
    assert upload(client_for(mara), talk, data, name)[0] == 201
    file = Attachment.objects.get()
    assert (file.name, file.content_type) == stored
    answer = client_for(mara).get(f"/messages/files/{file.token}/")
    assert (b"".join(answer), answer["Content-Disposition"].partition(";")[0]) == (data, "attachment")


@pytest.mark.parametrize("data", [b"MZ\x90\x00\x03", b"\x00" * 20, b"x" * (Attachment.LARGEST + 1)])
def test_anything_else_is_refused_and_leaves_nothing(
    talk: Conversation, mara: Member, client_for: Browser, data: bytes
) -> None:
    status, told = upload(client_for(mara), talk, data, "kitchen.jpg")
    assert (status, told["code"]) == (422, "bad_file")
    assert (Message.objects.count(), Attachment.objects.count()) == (0, 0)


def test_a_repeated_upload_is_one_message(talk: Conversation, mara: Member, client_for: Browser) -> None:
    once = str(uuid.uuid4())
    answers = [upload(client_for(mara), talk, world.photo(), "kitchen.jpg", client_id=once)[0] for _ in range(2)]
    assert (answers, Message.objects.count(), Attachment.objects.count()) == ([201, 200], 1, 1)


def test_a_deleted_message_takes_its_files_along(
    talk: Conversation, mara: Member, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    file = attachments.encode(io.BytesIO(world.photo()), "kitchen.jpg")
    sent = attachments.send(
        participant=world.place(talk, mara), client_id=uuid.uuid4(), body="", file=file, at=timezone.now()
    )
    name = str(Attachment.objects.get().file.name)
    assert storages["private"].exists(name)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined] # a context manager
        messages.delete(message=sent.message, at=timezone.now())
    assert (storages["private"].exists(name), Attachment.objects.count()) == (False, 0)
