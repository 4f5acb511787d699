"""Uploads: pixels and nothing else, shown by their owner's posts, removed when nobody shows them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from community.models import Draft, Member, Role, Thread, Upload
from community.services import answers, drafts, texts, uploads
from community.services.uploads import BadImage
from tests import factories

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DAY = timedelta(hours=24, seconds=1)


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """A place for the files of one test."""
    settings.MEDIA_ROOT = tmp_path
    return iter([None])


def photo(form: str = "JPEG", size: tuple[int, int] = (40, 30), **options: object) -> io.BytesIO:
    made = io.BytesIO()
    Image.new("RGB", size, "brown").save(made, form, **options)
    made.seek(0)
    return made


def upload(owner: Member) -> Upload:
    return uploads.store(owner=owner, picture=uploads.encode(photo()), at=NOW)


def shown(upload: Upload, words: str = "Crema") -> str:
    return f"![{words}](upload:{upload.token})"


def forgotten(at: timedelta = DAY) -> int:
    return uploads.forget(at=NOW + at)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_every_known_type_becomes_webp(form: str) -> None:
    encoded = uploads.encode(photo(form))
    assert (Image.open(io.BytesIO(encoded.data)).format, encoded.width, encoded.height) == ("WEBP", 40, 30)


def test_a_large_picture_is_made_smaller_in_proportion() -> None:
    encoded = uploads.encode(photo(size=(3200, 800)))
    assert (encoded.width, encoded.height) == (1600, 400)


def test_where_and_with_what_it_was_taken_is_gone_and_it_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Camera of Lena", 6
    exif.get_ifd(0x8825)[1] = "N"
    encoded = uploads.encode(photo(exif=exif.tobytes(), comment=b"Home"))
    picture = Image.open(io.BytesIO(encoded.data))
    assert (dict(picture.getexif()), picture.size, b"Lena" in encoded.data) == ({}, (30, 40), False)


@pytest.mark.parametrize(
    "data",
    [b"", b"no picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\xff\xd8\xff\xe0" + b"\0" * 50, b"GIF89a",
     b"%PDF-1.7", b"BM" + b"\0" * 60],
    ids=["empty", "text", "svg", "half jpeg", "half gif", "pdf", "bmp"],
)  # fmt: skip
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(BadImage):
        uploads.encode(io.BytesIO(data))


def test_what_is_too_large_is_refused() -> None:
    with pytest.raises(BadImage):
        uploads.encode(io.BytesIO(photo().read() + b"\0" * uploads.MOST_BYTES))


def test_what_would_take_too_much_to_decode_is_refused() -> None:
    with pytest.raises(BadImage):
        uploads.encode(photo("PNG", size=(25_001, 1_000)))


def test_a_post_shows_its_authors_picture_with_its_measures(member: Member, thread: Thread) -> None:
    picture = upload(member)
    answer = factories.answer(thread, member, body=shown(picture, 'My "crema"'))
    picture.refresh_from_db()
    assert answer.html == (
        f'<p><img src="{picture.file.url}" alt="My &quot;crema&quot;" width="40" height="30" '
        'loading="lazy" decoding="async"></p>\n'
    )
    assert picture.unused_since is None


def test_a_picture_of_somebody_else_stays_words(member: Member, thread: Thread, ambassador: Member) -> None:
    picture = upload(ambassador)
    assert factories.answer(thread, member, body=shown(picture)).html == "<p>Crema</p>\n"
    picture.refresh_from_db()
    assert picture.unused_since == NOW


def test_a_moderator_may_add_one_that_the_author_keeps(member: Member, thread: Thread) -> None:
    moderator = factories.member("Priya Nair", Role.MODERATOR)
    picture, answer = upload(moderator), factories.answer(thread, member)
    answer = answers.edit(answer=answer, by=moderator, body=shown(picture), at=NOW)
    answer = answers.edit(answer=answer, by=member, body=f"Look: {shown(picture)}", at=NOW + DAY)
    assert "<img" in answer.html


def test_the_preview_shows_it_and_keeps_nothing(member: Member) -> None:
    picture = upload(member)
    assert "<img" in texts.shown(shown(picture), author=member)
    picture.refresh_from_db()
    assert picture.unused_since == NOW


def test_unused_pictures_are_removed_with_their_files_after_a_day(
    member: Member, thread: Thread, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    unused, used = upload(member), upload(member)
    factories.answer(thread, member, body=shown(used))
    with django_capture_on_commit_callbacks(execute=True):
        assert (forgotten(timedelta(hours=24)), forgotten(), forgotten()) == (0, 1, 0)
    assert list(Upload.objects.all()) == [used]
    assert [default_storage.exists(str(row.file.name)) for row in (unused, used)] == [False, True]


def test_a_picture_in_a_draft_waits_for_it(member: Member, thread: Thread) -> None:
    picture = upload(member)
    place = drafts.Place(Draft.Kind.NEW_ANSWER, thread.pk)
    drafts.save(member=member, place=place, content={"body": shown(picture)}, base=0, at=NOW)
    assert forgotten() == 0
    Draft.objects.all().delete()
    assert (forgotten(DAY), forgotten(2 * DAY)) == (0, 1)


def test_what_is_taken_out_at_once_is_let_go(member: Member, thread: Thread) -> None:
    picture = upload(member)
    answer = factories.answer(thread, member, body=shown(picture), at=NOW)
    answers.edit(answer=answer, by=member, body="No picture.", at=NOW)
    picture.refresh_from_db()
    assert picture.unused_since == NOW


def test_what_a_former_version_or_another_post_shows_stays(member: Member, thread: Thread) -> None:
    late = NOW + timedelta(hours=1)
    versioned, shared = upload(member), upload(member)
    first = factories.answer(thread, member, body=shown(versioned), at=NOW)
    second = factories.answer(thread, member, body=shown(shared), at=NOW)
    factories.answer(thread, member, body=shown(shared), at=NOW)
    answers.edit(answer=first, by=member, body="Without.", at=late)
    answers.edit(answer=second, by=member, body="Without.", at=NOW)
    assert list(Upload.objects.order_by("pk").values_list("unused_since", flat=True)) == [None, None]
