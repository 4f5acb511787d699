"""Reading the log: what comes after a number, what comes before it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import QuerySet

from chat import frames
from chat.models import Conversation, Message, Participant, Visitor
from community.models import Member

#: What a client that was away gets in one go; whoever missed more reads the conversation anew.
REPLAY_MOST = 500
PAGE = 50


@dataclass(frozen=True, slots=True)
class Replay:
    """The messages after a number in their order, or that there are too many of them."""

    messages: list[Message]
    resync: bool


def after(participant: Participant, seq: int, *, most: int = REPLAY_MOST) -> Replay:
    """What the participant missed since ``seq``."""
    rows = _readable(participant).filter(seq__gt=seq).order_by("seq")[: most + 1]
    found = list(rows)
    return Replay([], resync=True) if len(found) > most else Replay(found, resync=False)


def stretch(participant: Participant, seq: int, *, most: int) -> list[Message]:
    """What comes after ``seq``, the first of it."""
    return list(_readable(participant).filter(seq__gt=seq).order_by("seq")[:most])


def conversation_begun_with(person: Member | Visitor, client_id: uuid.UUID) -> Conversation | None:
    """The conversation that somebody's message with this id stands in."""
    sender = {"member": person} if isinstance(person, Member) else {"visitor": person}
    found = Message.objects.select_related("conversation").filter(**sender, client_id=client_id).first()
    return found.conversation if found else None


def before(participant: Participant, seq: int | None = None, *, most: int = PAGE) -> list[Message]:
    """The newest messages, or those before ``seq``, oldest first."""
    rows = _readable(participant)
    if seq is not None:
        rows = rows.filter(seq__lt=seq)
    return list(reversed(rows.order_by("-seq")[:most]))


def _readable(participant: Participant) -> QuerySet[Message]:
    rows = Message.objects.filter(conversation=participant.conversation_id, seq__gte=participant.from_seq)
    return frames.with_senders(rows)
