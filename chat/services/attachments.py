"""Files in conversations: judged by what they hold, pictures without what the camera wrote into them."""

from __future__ import annotations

import uuid
from datetime import datetime
from pathlib import PurePath
from typing import IO

from django.core.files.base import ContentFile
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from chat.models import Attachment, Participant
from chat.services import messages
from community import words
from community.refusals import Refusal
from community.services import uploads

NAME_MOST = 120
PDF, TEXT, PICTURE = "application/pdf", "text/plain; charset=utf-8", "image/webp"


class BadFile(Refusal):
    """Nothing that we pass on."""

    code = "bad_file"
    message = _("Send a picture, a PDF or a plain text of up to 10 MB.")
    field = "file"
    status = 422


def encode(upload: IO[bytes], name: str) -> Attachment:
    """The file as it will be stored, not saved yet. Raises ``BadFile``.

    Its type is what it holds, whatever its name says. A picture is drawn anew, so that only its pixels are left.
    """
    data = upload.read(Attachment.LARGEST + 1)
    if not data or len(data) > Attachment.LARGEST:
        raise BadFile
    if data.startswith(b"%PDF-"):
        return _made(data, PDF, name, ".pdf")
    upload.seek(0)
    try:
        picture = uploads.encode(upload)
    except uploads.BadImage:
        if not _is_text(data):
            raise BadFile from None
        return _made(data, TEXT, name, ".txt")
    made = _made(picture.data, PICTURE, name, ".webp")
    made.width, made.height = picture.width, picture.height
    return made


def send(*, participant: Participant, client_id: uuid.UUID, body: str, file: Attachment, at: datetime) -> messages.Sent:
    """Send ``file`` with a text that may be empty; a repetition under the same ``client_id`` stores nothing.

    Raises what ``messages.send_file`` raises.
    """
    file.conversation_id = participant.conversation_id
    file.member, file.visitor = participant.member, participant.visitor
    file.created_at = at
    return messages.send_file(participant=participant, client_id=client_id, body=body, file=file, at=at)


def _made(data: bytes, content_type: str, name: str, ending: str) -> Attachment:
    token = get_random_string(32)
    stem = words.line(PurePath(name.replace("\\", "/")).stem)[: NAME_MOST - len(ending)] or "file"
    return Attachment(
        token=token, file=ContentFile(data, name=f"{token}{ending}"), name=f"{stem}{ending}", content_type=content_type,
        size=len(data),
    )  # fmt: skip


def _is_text(data: bytes) -> bool:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return False
    return all(character.isprintable() or character in "\r\n\t\ufeff" for character in text)
