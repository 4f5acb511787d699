"""What frames ask for: each function runs in a thread, changes rows through a service and returns the answer."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from chat import access, frames, presence
from chat.consumers.guests import AT_ONCE, Guest
from chat.models import Conversation, Participant, Visitor
from chat.queries import helping, log
from chat.queries.companions import companions
from chat.services import conversations, messages
from community import limits
from community.models import Member

Frame = dict[str, Any]
#: How many conversations a socket hears without having asked for them, and how long a closed one is among them.
PLACES = 200
CLOSED_KEPT = timedelta(days=7)
#: How many messages one hello brings at most; the rest of the conversations are to be read anew.
HELLO_MOST = 2_000


@dataclass(frozen=True, slots=True)
class View:
    """What somebody sees who looks into a conversation: the answer, and whose presence goes with it."""

    frames: list[Frame]
    watched: Mapping[str, Frame]


def places(guests: Collection[Guest], *, at: datetime) -> dict[str, dict[int, int]]:
    """The conversations that each one's sockets hear, with the number of the last message; a query for hundreds."""
    found: dict[str, dict[int, int]] = {guest.name: {} for guest in guests}
    lately = ~Q(conversation__state=Conversation.State.CLOSED) | Q(conversation__active_at__gt=at - CLOSED_KEPT)
    people = sorted({guest.person for guest in guests}, key=frames.name_of)
    for start in range(0, len(people), AT_ONCE):
        some = people[start : start + AT_ONCE]
        who = Q(member__in=[one.pk for one in some if isinstance(one, Member)])
        who |= Q(visitor__in=[one.pk for one in some if isinstance(one, Visitor)])
        rows = Participant.objects.filter(who, lately, left_at=None).order_by("-conversation__active_at", "-id")
        columns = rows.values_list("member", "visitor", "conversation", "conversation__last_seq")
        for member, visitor, conversation, seq in columns.iterator():
            mine = found[f"member:{member}" if member else f"visitor:{visitor}"]
            if len(mine) < PLACES:
                mine[conversation] = seq
    return found


def is_in(guest: Guest, conversation: int) -> int | None:
    """The number of the last message where the person takes part, else ``None``."""
    rows = access.participations_of(guest.person).filter(conversation=conversation)
    return rows.values_list("conversation__last_seq", flat=True).first()


def still_in(guest: Guest, of: Collection[int]) -> set[int]:
    """In which of some conversations the person takes part."""
    rows = access.participations_of(guest.person).filter(conversation__in=of)
    return set(rows.values_list("conversation", flat=True))


def hello(guest: Guest, seen: Mapping[int, int]) -> list[Frame]:
    """All that was missed since the numbers in ``seen``, and who the server takes the socket for."""
    found: list[Frame] = []
    rows = access.participations_of(guest.person).filter(conversation__in=seen).order_by("conversation_id")
    for participant in rows:
        found += _missed(participant, seen[participant.conversation_id], most=HELLO_MOST - len(found))
    you = frames.member(guest.person) if isinstance(guest.person, Member) else frames.visitor(guest.person)
    return [*found, {"type": "hello", "you": you}]


def resume(guest: Guest, conversation: int, after: int) -> View:
    """What was missed in one conversation, how it stands, how far the others have read and whether they are here."""
    participant = access.participant_for(guest.person, conversation)
    talk = participant.conversation
    answer = [*_missed(participant, after), frames.state(talk, helper=helping.helper_of(talk))]
    others = Participant.objects.select_related("member__standing", "visitor").filter(conversation=conversation)
    answer += [frames.read(other) for other in others.filter(left_at=None).exclude(pk=participant.pk).order_by("id")]
    watched = {_name(other): frames.person(other) for other in companions(participant)}
    states = presence.states(watched, at=timezone.now())
    answer += [frames.present(who, states[name]) for name, who in watched.items()]
    return View(answer, watched)


def send(guest: Guest, conversation: int, client_id: uuid.UUID, body: str, *, at: datetime) -> Frame:
    """Store a message; the answer is given after commit."""
    spend(guest, limits.MESSAGES, at=at)
    participant = access.participant_for(guest.person, conversation)
    return frames.stored(messages.send(participant=participant, client_id=client_id, body=body, at=at).message)


def typing(guest: Guest, conversation: int) -> None:
    """Show the others that somebody writes."""
    conversations.sign_of_writing(participant=access.participant_for(guest.person, conversation))


def read(guest: Guest, conversation: int, seq: int, *, at: datetime) -> None:
    """Note how far somebody has read."""
    spend(guest, limits.RECEIPTS, at=at)
    conversations.read(participant=access.participant_for(guest.person, conversation), seq=seq)


def spend(guest: Guest, limit: limits.Limit, *, at: datetime) -> None:
    """Count one use, of a member or of a visitor."""
    if isinstance(guest.person, Member):
        # A sanction may have come since the socket was opened.
        limits.spend(limit, member=Member.objects.get(pk=guest.person.pk), at=at)
    else:
        limits.spend_for(limit, who=guest.name, at=at)


def _missed(participant: Participant, seq: int, *, most: int = log.REPLAY_MOST) -> list[Frame]:
    last = participant.conversation.last_seq
    if seq == last:
        return []
    # More than there is: a client with another log than ours, as after a restored backup.
    replay = log.after(participant, seq, most=min(most, log.REPLAY_MOST)) if seq < last and most > 0 else None
    if replay is None or replay.resync:
        return [{"type": "resync", "conversation": participant.conversation_id}]
    conversations.received(participant=participant, seq=last)
    # First how far they have read, perhaps on another screen: "New" stands above what comes after that.
    return [frames.read(participant), *(frames.message(row) for row in replay.messages)]


def _name(participant: Participant) -> str:
    person = participant.member or participant.visitor
    if person is None:
        raise ValueError("a participant is somebody")
    return frames.name_of(person)
