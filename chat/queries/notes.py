"""What a helper has noted about whom they help."""

from __future__ import annotations

from chat.models import HelpRequest, Note, Responder


def of(help_request: HelpRequest, responder: Responder) -> str:
    """The words that ``responder`` has kept about whoever asks, now or when they helped them before."""
    rows = Note.objects.filter(responder=responder, visitor=help_request.visitor_id, member=help_request.member_id)
    return rows.values_list("text", flat=True).first() or ""
