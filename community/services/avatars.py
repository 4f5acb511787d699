"""Avatars: whatever is uploaded becomes a small square picture that holds nothing but its pixels."""

from __future__ import annotations

import io
import struct
from typing import IO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from community.models import Member
from community.refusals import Refusal

SIDE = 256
MOST_BYTES = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
#: What Pillow raises for files that lie about themselves.
DAMAGED = (OSError, SyntaxError, ValueError, EOFError, struct.error, Image.DecompressionBombError)


class BadPicture(Refusal):
    """The file is no picture that we can show."""

    code = "bad_picture"
    message = _("Choose a picture as JPEG, PNG, WebP or GIF of up to 5 MB.")
    field = "avatar"
    status = 422


def portrait(upload: IO[bytes]) -> ContentFile[bytes]:
    """Return the picture in ``upload`` as 256 × 256 WebP, cut to its middle. Raises ``BadPicture``.

    Its type is judged by its content; size is checked before anything is decoded. Position, camera and comments
    are gone, because only pixels are copied.
    """
    data = upload.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise BadPicture
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise BadPicture
            image.draft("RGB", (2 * SIDE, 2 * SIDE))
            square = ImageOps.fit(ImageOps.exif_transpose(image).convert("RGBA"), (SIDE, SIDE))
    except DAMAGED as error:
        raise BadPicture from error
    canvas = Image.new("RGB", (SIDE, SIDE), "white")
    canvas.paste(square, mask=square)
    encoded = io.BytesIO()
    canvas.save(encoded, "WEBP", quality=85)
    return ContentFile(encoded.getvalue(), name=f"{get_random_string(20)}.webp")


@transaction.atomic
def put(*, member: Member, picture: ContentFile[bytes] | None) -> None:
    """Show ``picture``, made by ``portrait``, or none; the former file is deleted once that is certain."""
    former = member.avatar.name
    member.avatar = picture or ""
    member.save(update_fields=["avatar"])
    if former:
        transaction.on_commit(lambda: default_storage.delete(former), robust=True)
