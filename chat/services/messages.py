"""The log: append a message once, whatever happens to the one who sends it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _

from chat import frames
from chat.models import Attachment, Conversation, Message, Participant, Visitor
from chat.services import stored_files
from community import live, markdown, words
from community.models import Block, Member
from community.refusals import Refusal

Sender = Member | Visitor
#: Sent after commit with ``message``, for every line of the log; receivers only enqueue work.
message_stored = Signal()
#: What a stranger may say before the other one has answered.
REQUEST_MOST = 3


class Empty(Refusal):
    """There is nothing to send."""

    code = "message_empty"
    message = _("Write something first.")
    field = "body"
    status = 422


class TooLong(Refusal):
    """More than a message holds."""

    code = "message_too_long"
    message = _("A message holds up to 4,000 characters. Send the rest as a second one.")
    field = "body"
    status = 422


class Closed(Refusal):
    """The conversation is over."""

    code = "conversation_closed"
    message = _("This conversation is closed. Begin a new one to go on.")


class Unwelcome(Refusal):
    """One of the two has blocked the other; which one is not told."""

    code = "conversation_refused"
    message = _("You cannot write to this person.")
    status = 403


class Unanswered(Refusal):
    """Somebody who does not know the sender has not answered yet."""

    code = "request_waits"
    message = _("Wait for an answer first: your first messages are a request.")
    status = 403


class NobodyReads(Refusal):
    """The shop only sends here."""

    code = "conversation_of_the_shop"
    message = _("Nobody reads answers here. Ask for help in the shop, or write to the team.")
    status = 403


@dataclass(frozen=True, slots=True)
class Sent:
    """A stored message, and whether this call stored it or found it."""

    message: Message
    is_new: bool


def send(*, participant: Participant, client_id: uuid.UUID, body: str, at: datetime) -> Sent:
    """Append what a participant says; a repetition under the same ``client_id`` finds the message of the first time.

    Raises ``Empty``, ``TooLong``, ``Closed``, ``Unwelcome`` and ``Unanswered``.
    """
    return _once(participant, client_id, at, lambda: _words(body))


def show(*, participant: Participant, client_id: uuid.UUID, card: Mapping[str, Any], at: datetime) -> Sent:
    """Append a product card of a participant, once like everything that is sent; its text is the product's name.

    Raises ``Closed``, ``Unwelcome`` and ``Unanswered``.
    """
    content = {"kind": Message.Kind.CARD, "body": card["name"], "data": {"card": dict(card)}}
    return _once(participant, client_id, at, lambda: content)


def send_file(*, participant: Participant, client_id: uuid.UUID, body: str, file: Attachment, at: datetime) -> Sent:
    """Append a message that shows ``file``, an unsaved row with its content; its text may be empty.

    Raises ``TooLong``, ``Closed``, ``Unwelcome`` and ``Unanswered``.
    """
    return _once(participant, client_id, at, lambda: _words(body, may_be_empty=True), files=(file,))


def _once(
    participant: Participant,
    client_id: uuid.UUID,
    at: datetime,
    content: Callable[[], Mapping[str, Any]],
    *,
    files: Iterable[Attachment] = (),
) -> Sent:
    sender = _sender(participant)
    try:
        with transaction.atomic():
            # Found before anything is asked: what was stored stays stored, even if the conversation is closed by now.
            if found := _found(sender, client_id):
                return Sent(found, is_new=False)
            said = content()
            conversation = _lock(participant.conversation_id)
            _may_write(conversation, participant)
            message = _append(conversation, Message(client_id=client_id, **said, **sender), at, files)
            _notice_own(conversation, participant, message)
            return Sent(message, is_new=True)
    except IntegrityError:
        # A parallel repetition was first; its row is visible once ours is rolled back.
        if found := _found(sender, client_id):
            return Sent(found, is_new=False)
        raise


@transaction.atomic
def say(
    *,
    conversation: Conversation,
    kind: Message.Kind,
    at: datetime,
    body: str = "",
    data: Mapping[str, Any] | None = None,
) -> Message:
    """Append what the bot, the shop or the conversation itself says."""
    conversation = _lock(conversation.pk)
    return _append(conversation, Message(kind=kind, body=body, html=markdown.render(body), data=dict(data or {})), at)


@transaction.atomic
def delete(*, message: Message, at: datetime) -> None:
    """Empty a message and delete its files; its number stays. Twice is once."""
    changed = Message.objects.filter(pk=message.pk, deleted_at=None).update(body="", html="", data={}, deleted_at=at)
    if changed:
        stored_files.remove(Attachment.objects.filter(message=message.pk))
        row = frames.with_senders(Message.objects.filter(pk=message.pk)).get()
        _publish(row.conversation_id, frames.message(row))


def _words(body: str, *, may_be_empty: bool = False) -> dict[str, Any]:
    text = _text(body, may_be_empty=may_be_empty)
    return {"kind": Message.Kind.TEXT, "body": text, "html": markdown.render(text)}


def _text(body: str, *, may_be_empty: bool) -> str:
    text = words.lines(body)
    if not text and not may_be_empty:
        raise Empty
    if len(text) > Message.BODY_MAX:
        raise TooLong
    return text


def _sender(participant: Participant) -> dict[str, Sender]:
    if participant.member is not None:
        return {"member": participant.member}
    if participant.visitor is None:
        raise ValueError("a participant is somebody")
    return {"visitor": participant.visitor}


def _found(sender: Mapping[str, Sender], client_id: uuid.UUID) -> Message | None:
    return frames.with_senders(Message.objects.filter(**sender, client_id=client_id)).first()


def _lock(pk: int) -> Conversation:
    return Conversation.objects.select_for_update().get(pk=pk)


def _may_write(conversation: Conversation, participant: Participant) -> None:
    if conversation.state == Conversation.State.CLOSED:
        raise Closed
    if conversation.kind == Conversation.Kind.SHOP:
        raise NobodyReads
    if conversation.kind != Conversation.Kind.DIRECT:
        return
    pair = [int(pk) for pk in (conversation.pair or "").split(":")]
    if Block.objects.filter(member__in=pair, blocked__in=pair).exists():
        raise Unwelcome
    if conversation.requested_by_id == participant.member_id and conversation.last_seq >= REQUEST_MOST:
        raise Unanswered


def _append(conversation: Conversation, message: Message, at: datetime, files: Iterable[Attachment] = ()) -> Message:
    """Give ``message`` the next number. The conversation stays locked until commit: numbers appear in their order."""
    Conversation.objects.filter(pk=conversation.pk).update(last_seq=F("last_seq") + 1, active_at=at)
    message.conversation = conversation
    message.seq = conversation.last_seq + 1
    message.at = at
    message.save(force_insert=True)
    shown = tuple(files)
    for file in shown:
        file.message = message
        file.save(force_insert=True)
    conversation.last_seq, conversation.active_at = message.seq, at
    _publish(conversation.pk, frames.message(message, files=shown))
    _nudge(conversation.pk, message.member_id)
    transaction.on_commit(lambda: message_stored.send_robust(sender=Message, message=message), robust=True)
    return message


def _notice_own(conversation: Conversation, participant: Participant, message: Message) -> None:
    """Who writes has read what stands above, and has answered a request."""
    Participant.objects.filter(pk=participant.pk, read_seq__lt=message.seq).update(
        read_seq=message.seq, delivered_seq=message.seq
    )
    if conversation.requested_by_id not in (None, participant.member_id):
        Conversation.objects.filter(pk=conversation.pk).update(requested_by=None)


def _nudge(conversation: int, sender: int | None) -> None:
    """Hint, after commit, at the other members' open pages that something waits for them, unless they muted it."""

    def publish() -> None:
        rows = Participant.objects.filter(conversation=conversation, left_at=None, muted=False, member__isnull=False)
        for member in rows.exclude(member=sender).values_list("member", flat=True):
            live.publish(live.member_group(member), {"type": "frame", "frame": {"type": "messages"}})

    transaction.on_commit(publish, robust=True)


def _publish(conversation: int, frame: dict[str, Any]) -> None:
    """Hint, after commit, that the log grew; who misses it finds the gap by the next number."""
    event = {"type": "chat.frame", "frame": frame}
    transaction.on_commit(lambda: live.publish(frames.group(conversation), event), robust=True)
