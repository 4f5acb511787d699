"""Conversations between members: begin one, read it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from chat import frames
from chat.models import Conversation, Participant, Visitor
from chat.queries.companions import companions
from chat.services import messages
from community import live
from community.models import Block, Member
from community.refusals import Refusal


class Alone(Refusal):
    """Nobody talks to themselves."""

    code = "conversation_alone"
    message = _("That is you. Choose somebody else to write to.")
    field = "to"
    status = 422


def new_token() -> str:
    """A name for a conversation that nobody guesses."""
    return get_random_string(32)


@transaction.atomic
def with_member(*, by: Member, to: Member, at: datetime) -> Conversation:
    """The one conversation of two members, begun now if there is none: then as a request of ``by``.

    Raises ``Alone`` and ``messages.Unwelcome``.
    """
    if by.pk == to.pk:
        raise Alone
    if Block.objects.filter(member__in=(by, to), blocked__in=(by, to)).exists():
        raise messages.Unwelcome
    first, second = sorted((by.pk, to.pk))
    conversation, is_new = Conversation.objects.get_or_create(
        pair=f"{first}:{second}",
        defaults={
            "kind": Conversation.Kind.DIRECT,
            "token": new_token(),
            "requested_by": by,
            "created_at": at,
            "active_at": at,
        },
    )
    if is_new:
        Participant.objects.bulk_create(
            Participant(conversation=conversation, member=member, joined_at=at) for member in (by, to)
        )
        announce(conversation=conversation, people=(by, to))
    else:
        # Whoever declined once and now writes first is back in it.
        rejoined = Participant.objects.filter(conversation=conversation, member=by, left_at__isnull=False)
        if rejoined.update(left_at=None):
            announce(conversation=conversation, people=(by,))
    return conversation


def announce(*, conversation: Conversation, people: Iterable[Member | Visitor]) -> None:
    """Tell, after commit, what people have open that they came into a conversation, or out of it."""
    event = {"type": "chat.place", "conversation": conversation.pk}
    groups = [frames.own_group(person) for person in people]

    def publish() -> None:
        for group in groups:
            live.publish(group, event)

    transaction.on_commit(publish, robust=True)


def sign_of_writing(*, participant: Participant) -> None:
    """Show those who may know it that somebody is writing. It is not kept: who misses it misses nothing."""
    if companions(participant):
        frame = {
            "type": "typing",
            "conversation": participant.conversation_id,
            "by": frames.person(participant),
        }
        live.publish(frames.group(participant.conversation_id), {"type": "chat.frame", "frame": frame})


def read(*, participant: Participant, seq: int) -> bool:
    """Note that somebody has read up to ``seq``, never less than before; return whether that was news."""
    return _advance(participant, "read_seq", seq)


def received(*, participant: Participant, seq: int) -> bool:
    """Note that a screen of somebody has what came up to ``seq``; return whether that was news.

    Of whom a stranger waits for nothing is told, as in ``arrived``.
    """
    if participant.delivered_seq >= seq or participant.conversation.requested_by_id is not None:
        return False
    return _advance(participant, "delivered_seq", seq)


@transaction.atomic
def arrived(*, reached: Mapping[int, tuple[int, Collection[Member | Visitor]]]) -> int:
    """Note for many at once up to which number each conversation has reached whom; return for how many it was news.

    Who has not said yes to a stranger is not told of: that their screen is open is nobody's business.
    """
    everybody = [person for _seq, people in reached.values() for person in people]
    who = Q(member__in=[one.pk for one in everybody if isinstance(one, Member)])
    who |= Q(visitor__in=[one.pk for one in everybody if isinstance(one, Visitor)])
    rows = Participant.objects.select_for_update(of=("self",)).select_related("member", "visitor")
    rows = rows.filter(who, conversation__in=reached, conversation__requested_by=None, left_at=None)
    fresh = []
    for row in rows.order_by("pk"):
        seq, people = reached[row.conversation_id]
        if row.delivered_seq < seq and (row.member or row.visitor) in people:
            row.delivered_seq = seq
            fresh.append(row)
    # They are locked: nobody has moved them further in the meantime.
    Participant.objects.bulk_update(fresh, ["delivered_seq"])
    for row in fresh:
        _publish_receipt(row)
    return len(fresh)


def _publish_receipt(row: Participant) -> None:
    group, event = frames.group(row.conversation_id), {"type": "chat.frame", "frame": frames.read(row)}
    transaction.on_commit(lambda: live.publish(group, event), robust=True)


@transaction.atomic
def _advance(participant: Participant, field: str, seq: int) -> bool:
    # Nobody has read what is not there yet: the log's own end bounds it.
    rows = Participant.objects.filter(pk=participant.pk, conversation__last_seq__gte=seq, **{f"{field}__lt": seq})
    if not rows.update(**{field: seq}):
        return False
    if field == "read_seq":
        Participant.objects.filter(pk=participant.pk, delivered_seq__lt=F("read_seq")).update(delivered_seq=seq)
    fresh = Participant.objects.select_related("member", "visitor").get(pk=participant.pk)
    _publish_receipt(fresh)
    return True
