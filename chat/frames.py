"""What travels over the socket and over its REST twin: the same bodies for the same things."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from chat.models import Attachment, Conversation, Message, Participant, Visitor
from community import live
from community.models import Member
from community.services import brands

#: How the names of the groups of conversations begin.
GROUP = "chat."


def group(conversation: int) -> str:
    """The channel-layer group of one conversation."""
    return f"{GROUP}{conversation}"


def conversation_of(group: str) -> int:
    """The conversation that a group belongs to."""
    return int(group.removeprefix(GROUP))


def own_group(who: Member | Visitor) -> str:
    """The group of everything that one person has open."""
    return live.member_group(who.pk) if isinstance(who, Member) else f"visitor.{who.pk}"


def name_of(who: Member | Visitor) -> str:
    """What budgets and presence know a person by."""
    return f"{'member' if isinstance(who, Member) else 'visitor'}:{who.pk}"


def named_in(who: dict[str, Any]) -> str:
    """The same name, from what a frame says of somebody."""
    return f"{who['kind']}:{who['id']}"


def with_senders(messages: QuerySet[Message]) -> QuerySet[Message]:
    """``messages`` fetched with what ``message`` needs, in a constant number of queries."""
    return messages.select_related("member__standing", "visitor").prefetch_related("attachments")


def message(row: Message, *, files: Iterable[Attachment] | None = None) -> dict[str, Any]:
    """A line of the log. Every reader gets the same, so it is encoded once. ``files`` are its own, if known."""
    files = row.attachments.all() if files is None else files
    gone = row.deleted_at is not None
    return {
        "type": "message",
        "conversation": row.conversation_id,
        "seq": row.seq,
        "client_id": str(row.client_id) if row.client_id else None,
        "kind": row.kind,
        "author": author(row),
        "body": row.body,
        "html": row.html,
        "data": row.data,
        "attachments": [] if gone else [attachment(file) for file in files],
        "at": row.at.isoformat(),
        "deleted": gone,
    }


def stored(row: Message) -> dict[str, Any]:
    """The sender's receipt: given after commit, so what it names is never lost."""
    return {
        "type": "stored",
        "client_id": str(row.client_id),
        "conversation": row.conversation_id,
        "seq": row.seq,
        "at": row.at.isoformat(),
    }


def author(row: Message) -> dict[str, Any]:
    """Who speaks in a line: a member, a visitor, the bot, the shop, or the conversation itself."""
    if row.member is not None:
        return member(row.member)
    if row.visitor is not None:
        return visitor(row.visitor)
    return {"kind": row.kind, "name": "" if row.kind == Message.Kind.SYSTEM else brands.current().name}


def person(participant: Participant) -> dict[str, Any]:
    """Whoever takes part, fetched with member and visitor."""
    if participant.member is not None:
        return member(participant.member)
    if participant.visitor is None:
        raise ValueError("a participant is somebody")
    return visitor(participant.visitor)


def member(who: Member) -> dict[str, Any]:
    """What everybody in a conversation may see of a member; never the e-mail address."""
    return {
        "kind": "member",
        "id": who.pk,
        "handle": who.handle,
        "name": who.display_name,
        "initials": who.initials,
        "avatar": who.avatar.url if who.avatar else None,
    }


def visitor(who: Visitor) -> dict[str, Any]:
    """What everybody in a conversation may see of a visitor: the name that they typed, and nothing else."""
    return {"kind": "visitor", "id": who.pk, "name": who.name}


def attachment(file: Attachment) -> dict[str, Any]:
    """A file as its conversation's readers fetch it."""
    return {
        "token": file.token,
        "name": file.name,
        "content_type": file.content_type,
        "size": file.size,
        "width": file.width,
        "height": file.height,
    }


def read(participant: Participant) -> dict[str, Any]:
    """How far somebody has read, and what has reached them."""
    return {
        "type": "read",
        "conversation": participant.conversation_id,
        "by": person(participant),
        "seq": participant.read_seq,
        "delivered": participant.delivered_seq,
    }


def present(who: dict[str, Any], state: str) -> dict[str, Any]:
    """How present somebody is: online, away or offline."""
    return {"type": "presence", "who": who, "state": state}


def state(conversation: Conversation, *, helper: Member | None = None) -> dict[str, Any]:
    """That the conversation itself changed, and who helps in it; who needs more than this asks for it."""
    return {
        "type": "conversation",
        "conversation": conversation.pk,
        "state": conversation.state,
        "helper": member(helper) if helper else None,
    }
