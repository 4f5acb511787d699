"""Who helps in a conversation at present."""

from __future__ import annotations

from chat.models import Conversation
from community.models import Member


def helper_of(conversation: Conversation) -> Member | None:
    """The person who helps, where it is a talk that somebody helps in."""
    if conversation.kind != Conversation.Kind.HELP or conversation.state != Conversation.State.ACTIVE:
        return None
    return Member.objects.filter(responder__helping__conversation=conversation).first()
