"""The inbox: a member's conversations, the latest first, each with its last line and what is unread in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Literal

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Greatest

from chat import frames, wording
from chat.models import Conversation, Message, Participant
from community import keyset
from community.models import Block, Member

ORDER = ("-active_at", "-id")
SIZE = 30
#: So many unread conversations are counted, and no more.
MOST_COUNTED = 100

#: Of what ``_of`` annotates.
UNREAD, AUDIBLE = Q(unread__gt=0), Q(muted=False)

Show = Literal["all", "unread", "requests"]


def page(
    member: Member, *, show: Show = "all", cursor: str | None = None, size: int = SIZE
) -> keyset.Page[Conversation]:
    """One page of the inbox.

    Each row carries ``others`` (participants), ``last`` (a message or ``None``), ``last_line`` (its words if nobody
    wrote them), ``unread`` and ``muted``.
    """
    rows = _of(member)
    rows = rows.filter(asked_by_other(member)) if show == "requests" else rows.exclude(asked_by_other(member))
    if show == "unread":
        rows = rows.filter(UNREAD)
    found = keyset.paginate(rows, order=ORDER, cursor=cursor, size=size)
    dress(found, member)
    return found


def counts(member: Member) -> dict[str, int]:
    """How many conversations are unread, and how many strangers wait for an answer; counted up to 100."""
    rows = _of(member)
    unread = rows.filter(UNREAD, AUDIBLE).exclude(asked_by_other(member)).order_by()[:MOST_COUNTED]
    return {"unread": unread.count(), "requests": rows.filter(asked_by_other(member)).order_by()[:MOST_COUNTED].count()}


def dress(conversations: Iterable[Conversation], member: Member) -> None:
    """Attach to each conversation what its row shows, with one query for the people and one for the last lines."""
    rows = {row.pk: row for row in conversations}
    others: dict[int, list[Participant]] = defaultdict(list)
    people = Participant.objects.filter(conversation__in=rows).exclude(member=member).order_by("left_at", "id")
    for person in people.select_related("member__standing", "visitor"):
        if person.left_at is None or rows[person.conversation_id].kind == Conversation.Kind.DIRECT:
            others[person.conversation_id].append(person)
    lines = Message.objects.filter(conversation__in=rows, seq=F("conversation__last_seq"))
    last = {line.conversation_id: line for line in frames.with_senders(lines)}
    for pk, row in rows.items():
        line = last.get(pk)
        system = line is not None and line.kind == Message.Kind.SYSTEM
        vars(row).update(others=others[pk], last=line, last_line=wording.line(line.data) if system and line else "")


def present(conversation: Conversation, member: Member) -> None:
    """As ``dress``, for the one conversation that is open."""
    dress([conversation], member)


def asked_by_other(member: Member) -> Q:
    """First words of a stranger that wait for the member's yes."""
    return Q(requested_by__isnull=False) & ~Q(requested_by=member)


def _of(member: Member) -> QuerySet[Conversation]:
    """Where the member talks, except where they help: that is on the desk. A talk without words is its maker's."""
    theirs = Conversation.objects.filter(participants__member=member, participants__left_at=None)
    theirs = theirs.exclude(kind=Conversation.Kind.HELP, help__responder__member=member)
    blocked = Block.objects.filter(member=member).values("blocked")
    return theirs.exclude(Q(requested_by__in=blocked)).exclude(
        Q(last_seq=0, kind=Conversation.Kind.DIRECT) & ~Q(requested_by=member)
    ).annotate(
        muted=F("participants__muted"),
        unread=F("last_seq") - Greatest(F("participants__read_seq"), F("participants__from_seq") - 1),
    )  # fmt: skip
