"""Canned replies as one helper may start from them."""

from __future__ import annotations

from dataclasses import dataclass

from chat.models import CannedReply, HelpRequest, Responder

MOST = 40


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply in the language of who asks; the title is the helper's own."""

    title: str
    text: str


def offered(help_request: HelpRequest, responder: Responder) -> list[Reply]:
    """The replies for this group and phase, in the managers' order."""
    rows = CannedReply.objects.filter(
        is_active=True, group__in=("", responder.group), phase__in=("", help_request.phase)
    ).order_by("position", "id")
    return [Reply(row.title, _text(row, help_request.language)) for row in rows[:MOST]]


def _text(row: CannedReply, language: str) -> str:
    return str(getattr(row, f"body_{language}", "") or row.body)
