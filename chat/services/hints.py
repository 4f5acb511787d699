"""Hints after commit: that a conversation changed, that somebody is offered one. The rows are the truth."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from chat import frames
from chat.models import Conversation, Offer, Responder
from chat.queries import helping, waiting
from community import live

#: Who stands further behind asks from time to time.
TOLD_MOST = 50


def changed(conversation: Conversation) -> None:
    """Tell everybody in the conversation that its state is another."""
    pk = conversation.pk
    transaction.on_commit(lambda: _send_state(pk), robust=True)


def offered(offer: Offer) -> None:
    """Tell the desk of the responder that there is an offer, or that it is one no more."""
    frame = {
        "type": "offer",
        "id": offer.pk,
        "conversation": offer.conversation_id,
        "state": offer.state,
        "expires_at": offer.expires_at.isoformat(),
    }
    responder = offer.responder_id
    transaction.on_commit(lambda: _send_to_desk(responder, frame), robust=True)


def line_moved(target: str, at: datetime) -> None:
    """Tell those who wait for ``target`` where they stand now."""
    transaction.on_commit(lambda: _send_places(target, at), robust=True)


def _send_places(target: str, at: datetime) -> None:
    for asked, place in waiting.places(target, at, most=TOLD_MOST):
        frame = {**frames.state(asked.conversation), "place": place.as_json()}
        live.publish(frames.group(asked.conversation_id), {"type": "chat.frame", "frame": frame})


def _send_state(conversation: int) -> None:
    # Read after commit: what several steps of one deed did is told once they are all done.
    row = Conversation.objects.get(pk=conversation)
    frame = frames.state(row, helper=helping.helper_of(row))
    live.publish(frames.group(conversation), {"type": "chat.frame", "frame": frame})


def _send_to_desk(responder: int, frame: dict[str, Any]) -> None:
    member = Responder.objects.values_list("member_id", flat=True).get(pk=responder)
    live.publish(live.member_group(member), {"type": "chat.frame", "frame": frame})
