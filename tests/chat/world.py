"""People who talk in tests, made by the product's own services wherever there is one."""

from __future__ import annotations

import io
import uuid
from datetime import datetime

from django.utils import timezone
from PIL import Image

from chat.models import Conversation, Message, Participant, Visitor, VisitorSession, Widget
from chat.services import conversations, messages, visitor_sessions, widgets
from community.models import Member
from tests import factories

SHOP = "https://shop.example"


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


def visit(name: str = "") -> tuple[VisitorSession, str]:
    """A visitor of a shop who has just opened the widget, with the token of their browser."""
    at = timezone.now()
    widget = Widget.objects.first() or widgets.create(name="Shop", pages=[SHOP], language="de", at=at)[0]
    session, token = visitor_sessions.begin(widget=widget, origin=SHOP, language="de", at=at)
    Visitor.objects.filter(pk=session.visitor_id).update(name=name)
    return session, token


def photo() -> bytes:
    """A picture that says which camera took it."""
    made, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "Secret Camera"
    Image.new("RGB", (40, 30), "brown").save(made, "JPEG", exif=exif)
    return made.getvalue()
