"""People who talk in tests, made by the product's own services wherever there is one."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.utils import timezone

from chat.models import Conversation, Message, Participant
from chat.services import conversations, messages
from community.models import Member
from tests import factories


def direct(by: Member | None = None, to: Member | None = None, *, at: datetime | None = None) -> Conversation:
    """A conversation of two members that both want."""
    by, to = by or factories.member(), to or factories.ambassador()
    made = conversations.with_member(by=by, to=to, at=at or timezone.now())
    Conversation.objects.filter(pk=made.pk).update(requested_by=None)
    made.refresh_from_db()
    return made


def place(conversation: Conversation, member: Member) -> Participant:
    """Where ``member`` takes part."""
    found = Participant.objects.select_related("conversation", "member__standing", "visitor")
    return found.get(conversation=conversation, member=member)


def said(conversation: Conversation, by: Member, body: str = "How do you clean yours?") -> Message:
    """A message of ``by``, stored now."""
    sent = messages.send(participant=place(conversation, by), client_id=uuid.uuid4(), body=body, at=timezone.now())
    return sent.message
