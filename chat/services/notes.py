"""Notes of helpers: kept for the one who wrote them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from chat.models import HelpRequest, Note, Responder
from community import words


@transaction.atomic
def keep(*, asked: HelpRequest, by: Responder, text: str, at: datetime) -> None:
    """Keep what ``by`` notes about whoever asks, instead of what they noted before; nothing at all takes it away."""
    about: dict[str, Any] = {"responder": by, "visitor_id": asked.visitor_id, "member_id": asked.member_id}
    written = words.lines(text)[: Note.MOST]
    if written:
        Note.objects.update_or_create(**about, defaults={"text": written, "at": at})
    else:
        Note.objects.filter(**about).delete()
