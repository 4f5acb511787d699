"""Uploads: pictures for posts, encoded anew, shown by their owner's texts only, removed when nobody shows them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from community import markdown
from community.models import Answer, Draft, Idea, Member, Revision, Thread, Upload
from community.refusals import Refusal
from community.services.avatars import DAMAGED, FORMATS

MOST_BYTES = 10 * 1024 * 1024
#: JPEG is decoded at a fraction of its size; whatever else it is, so many pixels are decoded and no more.
MOST_PIXELS, MOST_DECODED = 50_000_000, 25_000_000
LONGEST_SIDE = 1600
#: How long a picture waits to be shown before it is removed.
PATIENCE = timedelta(hours=24)
BATCH = 200


class BadImage(Refusal):
    """The file is no picture that we can show."""

    code = "bad_picture"
    message = _("Choose a picture as JPEG, PNG, WebP or GIF of up to 10 MB.")
    field = "file"
    status = 422


@dataclass(frozen=True, slots=True)
class Encoded:
    """A picture that holds nothing but its pixels."""

    data: bytes
    width: int
    height: int


def encode(upload: IO[bytes]) -> Encoded:
    """Return the picture in ``upload`` as WebP of at most 1600 pixels a side. Raises ``BadImage``.

    Its type is judged by its content; its size before anything is decoded. Position, camera and comments are gone,
    because only pixels are copied.
    """
    data = upload.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise BadImage
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise BadImage
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            if image.width * image.height > MOST_DECODED:
                raise BadImage
            upright = ImageOps.exif_transpose(image).convert("RGBA")
    except DAMAGED as error:
        raise BadImage from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = Image.new("RGBA", upright.size)
    bare.paste(upright)
    encoded = io.BytesIO()
    bare.save(encoded, "WEBP", quality=82)
    return Encoded(encoded.getvalue(), *bare.size)


@transaction.atomic
def store(*, owner: Member, picture: Encoded, at: datetime) -> Upload:
    """Keep a picture that ``encode`` made; it is removed after a day unless a post shows it by then."""
    token = get_random_string(22)
    return Upload.objects.create(
        owner=owner,
        token=token,
        file=ContentFile(picture.data, name=f"{token}.webp"),
        width=picture.width,
        height=picture.height,
        size=len(picture.data),
        created_at=at,
        unused_since=at,
    )


def shown_in(text: str, *, by: Iterable[int], formerly: str = "") -> Mapping[str, markdown.Picture]:
    """The pictures in ``text`` that belong to one of ``by`` or were shown ``formerly``, by their token."""
    found = _allowed(text, by, formerly)
    return {row.token: markdown.Picture(row.file.url, row.width, row.height) for row in found} if found else {}


def keep(text: str, *, by: Iterable[int], formerly: str = "") -> Mapping[str, markdown.Picture]:
    """As ``shown_in``, for a text that is being posted: from now on they stay."""
    if found := _allowed(text, by, formerly):
        # First the write: a removal that runs meanwhile waits for it, or was faster and left no row.
        Upload.objects.filter(pk__in=[row.pk for row in found]).update(unused_since=None)
    return shown_in(text, by=by, formerly=formerly) if found else {}


def release(*, post: Thread | Answer, formerly: str, at: datetime) -> None:
    """Let go of the pictures that a changed text showed ``formerly``, unless a version or another post shows them."""
    for token in markdown.pictures_in(formerly) - markdown.pictures_in(post.body):
        owned = Upload.objects.filter(token=token)
        owners = {post.author_id, *owned.values_list("owner_id", flat=True)}
        if not _appears(token, owners, post):
            owned.update(unused_since=at)


def forget(*, at: datetime) -> int:
    """Remove what no post showed for a day and no draft means to show; returns how many."""
    due = Upload.objects.filter(unused_since__lt=at - PATIENCE).order_by("unused_since", "id")[:BATCH]
    return sum(_remove(row, at) for row in due)


@transaction.atomic
def _remove(row: Upload, at: datetime) -> bool:
    drafts = Draft.objects.filter(member=row.owner_id).order_by().values_list("content", flat=True)
    if any(row.token in content.get("body", "") for content in drafts):
        Upload.objects.filter(pk=row.pk, unused_since=row.unused_since).update(unused_since=at)
        return False
    name = str(row.file.name)
    if not Upload.objects.filter(pk=row.pk, unused_since=row.unused_since).delete()[0]:
        return False
    transaction.on_commit(lambda: default_storage.delete(name), robust=True)
    return True


def _allowed(text: str, by: Iterable[int], formerly: str) -> list[Upload]:
    tokens = markdown.pictures_in(text)
    if not tokens:
        return []
    known = tokens & markdown.pictures_in(formerly)
    return list(Upload.objects.filter(Q(owner__in=by) | Q(token__in=known), token__in=tokens).order_by("pk"))


def _appears(token: str, owners: set[int], post: Thread | Answer) -> bool:
    of_post = {"answer": post} if isinstance(post, Answer) else {"thread": post}
    return (
        Revision.objects.filter(**of_post, body__contains=token).exists()
        or Thread.objects.filter(author__in=owners, body__contains=token).exists()
        or Answer.objects.filter(author__in=owners, body__contains=token).exists()
        or Idea.objects.filter(author__in=owners, body__contains=token).exists()
        or Revision.objects.filter(
            Q(thread__author__in=owners) | Q(answer__author__in=owners), body__contains=token
        ).exists()
    )
