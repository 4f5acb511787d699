"""First words of a stranger: say yes to them, or no."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chat import frames
from chat.models import Conversation, Participant
from chat.services import conversations
from community import live


@transaction.atomic
def accept(*, participant: Participant) -> None:
    """Let the other one go on without an answer. Twice is once, and nobody says yes to their own question."""
    rows = Conversation.objects.filter(pk=participant.conversation_id, requested_by__isnull=False)
    if rows.exclude(requested_by=participant.member).update(requested_by=None):
        conversation = Conversation.objects.get(pk=participant.conversation_id)
        event = {"type": "chat.frame", "frame": frames.state(conversation)}
        transaction.on_commit(lambda: live.publish(frames.group(conversation.pk), event), robust=True)


@transaction.atomic
def decline(*, participant: Participant, at: datetime) -> None:
    """Take it out of the inbox; the other one is not told. Whoever declined may still begin a talk themselves."""
    asked = Conversation.objects.filter(pk=participant.conversation_id, requested_by__isnull=False)
    if asked.exclude(requested_by=participant.member).exists():
        Participant.objects.filter(pk=participant.pk, left_at=None).update(left_at=at)
        if participant.member is not None:
            conversations.announce(conversation=participant.conversation, people=(participant.member,))
