"""Conversations as their people get them over the API: the latest first, with everybody in them and the last line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F, Q

from chat import frames
from chat.models import Conversation, Message, Participant, Visitor
from community import keyset
from community.models import Block, Member

ORDER = ("-active_at", "-id")


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation with what its reader needs to list it. ``place`` is the reader's own."""

    conversation: Conversation
    place: Participant
    people: list[Participant]
    last: Message | None

    @property
    def unread(self) -> int:
        """How many messages the reader has not read, of those that they may see."""
        seen = max(self.place.read_seq, self.place.from_seq - 1)
        return max(0, self.conversation.last_seq - seen)

    @property
    def is_request(self) -> bool:
        """Whether first words of somebody else wait for the reader's yes."""
        return self.conversation.requested_by_id not in (None, self.place.member_id)


def page(person: Member | Visitor, *, cursor: str | None, size: int) -> keyset.Page[Conversation]:
    """One page of where somebody takes part. What has no word yet is its maker's alone."""
    mine = {"participants__member": person} if isinstance(person, Member) else {"participants__visitor": person}
    rows = Conversation.objects.filter(**mine, participants__left_at=None)
    if isinstance(person, Member):
        rows = rows.exclude(requested_by__in=Block.objects.filter(member=person).values("blocked"))
        rows = rows.exclude(Q(last_seq=0, kind=Conversation.Kind.DIRECT) & ~Q(requested_by=person))
    return keyset.paginate(rows, order=ORDER, cursor=cursor, size=size)


def dressed(conversations: Iterable[Conversation], person: Member | Visitor) -> Mapping[int, Talk]:
    """Each with its people and its last line, with one query for either."""
    rows = {row.pk: row for row in conversations}
    everybody: dict[int, list[Participant]] = defaultdict(list)
    there = Participant.objects.filter(conversation__in=rows, left_at=None).order_by("id")
    for participant in there.select_related("member__standing", "visitor"):
        everybody[participant.conversation_id].append(participant)
    lines = Message.objects.filter(conversation__in=rows, seq=F("conversation__last_seq"))
    last = {line.conversation_id: line for line in frames.with_senders(lines)}
    found: dict[int, Talk] = {}
    for pk, row in rows.items():
        place = next((one for one in everybody[pk] if person in (one.member, one.visitor)), None)
        if place is not None:
            line = last.get(pk)
            shown = line if line is not None and line.seq >= place.from_seq else None
            found[pk] = Talk(row, place, [one for one in everybody[pk] if one is not place], shown)
    return found
