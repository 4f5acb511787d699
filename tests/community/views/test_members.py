"""Profiles and settings."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks

from community.models import Answer, Member
from community.services import threads
from tests import factories

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Member], Client]
PROFILE = {
    "display_name": "Lena  S.",
    "handle": "Lena-S",
    "bio": "Filter first.",
    "language": "en",
    "timezone": "Europe/Lisbon",
}


def picture(
    form: str = "JPEG", size: tuple[int, int] = (400, 300), *, mode: str = "RGB", **extra: Any
) -> SimpleUploadedFile:
    """An upload; its name lies about its type, as any name may."""
    encoded = io.BytesIO()
    Image.new(mode, size, "teal").save(encoded, form, **extra)
    return SimpleUploadedFile("me.txt", encoded.getvalue(), "text/plain")


def test_a_profile_shows_answers_or_questions(answer: Answer) -> None:
    helper, asker = answer.author, answer.thread.author
    gone = factories.answer(factories.thread(), helper)
    threads.delete(thread=gone.thread, by=gone.thread.author, at=gone.created_at)
    assert list(Client().get(helper.get_absolute_url()).context["contributions"]) == [answer]
    assert list(Client().get(f"{asker.get_absolute_url()}?tab=questions").context["contributions"]) == [answer.thread]


def test_a_former_member_has_no_profile(ambassador: Member) -> None:
    Member.objects.filter(pk=ambassador.pk).update(is_active=False)
    assert Client().get(ambassador.get_absolute_url()).status_code == 404


def test_settings_are_saved(member: Member, client_for: ClientFor) -> None:
    client = client_for(member)
    response = client.post("/settings/", PROFILE)
    assert (response.status_code, response["Location"]) == (303, "/settings/")
    member.refresh_from_db()
    kept = (member.display_name, member.handle, member.bio, member.language, member.timezone)
    assert kept == ("Lena S.", "lena-s", "Filter first.", "en", "Europe/Lisbon")
    assert b"Saved." in client.get("/settings/").content


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("display_name", ""),
        ("display_name", "L"),
        ("handle", "l"),
        ("handle", "lena sommer"),
        ("handle", "-lena"),
        ("language", "fr"),
        ("timezone", "Mars/Phobos"),
        ("bio", "x" * 281),
    ],
)
def test_a_mistake_saves_nothing(field: str, value: str, member: Member, client_for: ClientFor) -> None:
    response = client_for(member).post("/settings/", {**PROFILE, field: value})
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    member.refresh_from_db()
    assert (member.display_name, member.handle) == ("Lena Sommer", "lena-sommer")


@pytest.mark.parametrize("handle", ["mara-lindqvist", "admin", "SUPPORT"])
def test_a_handle_that_is_taken_or_misleads_is_refused(
    handle: str, member: Member, ambassador: Member, client_for: ClientFor
) -> None:
    response = client_for(member).post("/settings/", {**PROFILE, "handle": handle})
    assert (response.status_code, list(response.context["form"].errors)) == (409, ["handle"])
    assert response.context["user"].display_name == "Lena Sommer"
    member.refresh_from_db()
    assert (member.display_name, member.handle) == ("Lena Sommer", "lena-sommer")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_becomes_small_square_and_bare(form: str, member: Member, client_for: ClientFor) -> None:
    extra: dict[str, Any] = {"exif": _with_position()} if form == "JPEG" else {}
    client_for(member).post("/settings/", {**PROFILE, "avatar": picture(form, **extra)})
    member.refresh_from_db()
    with member.avatar.open() as stored, Image.open(stored) as image:
        assert (image.format, image.size, dict(image.getexif())) == ("WEBP", (256, 256), {})
        assert set(image.info) <= {"background", "loop", "timestamp", "duration"}
    assert re.fullmatch(r"avatars/\w{20}\.webp", str(member.avatar.name)), "nothing of the uploaded name"


def test_a_new_picture_replaces_the_file_and_none_removes_it(
    member: Member, client_for: ClientFor, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    client = client_for(member)
    names = []
    for change in ({"avatar": picture()}, {"avatar": picture("PNG")}, {"remove_avatar": "on"}):
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post("/settings/", {**PROFILE, **change}).status_code == 303
        member.refresh_from_db()
        names.append(member.avatar.name or "")
    assert [bool(name) for name in names] == [True, True, False]
    assert [default_storage.exists(name) for name in names[:2]] == [False, False]


@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("a.jpg", b"<svg onload=alert(1)>", "image/jpeg"),
        SimpleUploadedFile("a.jpg", b"\xff\xd8\xff\xe0 and then nothing", "image/jpeg"),
        SimpleUploadedFile("a.gif", b"GIF89a\xff\xff\xff\xff", "image/gif"),
        picture("BMP"),
        picture("PNG", (8000, 8000), mode="1"),
        SimpleUploadedFile("a.png", picture("PNG").read() + b"\0" * 5_242_881, "image/png"),
    ],
    ids=["no picture", "cut off", "lying about its size", "another type", "too many pixels", "too many bytes"],
)
def test_what_is_no_picture_is_refused(upload: SimpleUploadedFile, member: Member, client_for: ClientFor) -> None:
    upload.seek(0)
    response = client_for(member).post("/settings/", {**PROFILE, "avatar": upload})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["avatar"])
    member.refresh_from_db()
    assert (member.avatar.name, member.display_name) == ("", "Lena Sommer")


def _with_position() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F] = "Camera"
    exif[0x8825] = {1: "N", 2: (52.0, 30.0, 0.0)}
    return exif
