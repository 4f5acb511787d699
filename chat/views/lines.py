"""A conversation as its page shows it: lines in runs, days, and where the unread begins."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from chat import frames, presence, wording
from chat.models import Conversation, Message, Participant
from chat.queries.companions import companions
from chat.services import taking_back

#: Lines this close together of one person stand as one run.
RUN = dt.timedelta(minutes=5)
#: A page that was asked for is read; one that comes back with a refusal changes nothing.
READING = ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class Line:
    """One message with what its neighbours make of it."""

    message: Message
    who: str
    mine: bool
    state: str
    name: str
    words: str
    day: dt.date | None
    first_unread: bool
    run: bool
    goes_on: bool
    may_go: bool


@dataclass(frozen=True, slots=True)
class Talk:
    """What the page and its script know of the open conversation."""

    lines: list[Line]
    me: str
    readers: str
    states: dict[str, str]
    named: bool
    last: int


def talk(participant: Participant, rows: Sequence[Message], read_before: int) -> Talk:
    """The ``rows`` in their order; ``read_before`` is the last one that was read before this page."""
    me = _name(participant)
    others = Participant.objects.filter(conversation=participant.conversation_id, left_at=None)
    readers = {_name(row): row.read_seq for row in others.exclude(pk=participant.pk)}
    least = min(readers.values(), default=0)
    named = participant.conversation.kind != Conversation.Kind.DIRECT
    now, is_open = timezone.now(), participant.conversation.state != Conversation.State.CLOSED
    first = next((row.seq for row in rows if row.seq > read_before and who(row) != me), None)
    lines = [
        _line(row, rows[number - 1] if number else None, rows[number + 1] if number + 1 < len(rows) else None)
        for number, row in enumerate(rows)
    ]
    dressed = [
        Line(
            message=row,
            who=who(row),
            mine=who(row) == me,
            state=("read" if row.seq <= least else "stored") if who(row) == me else "",
            name=frames.author(row)["name"] if named and who(row) != me else "",
            words=wording.line(row.data) if row.kind == Message.Kind.SYSTEM else "",
            day=day,
            first_unread=row.seq == first,
            run=run,
            goes_on=goes_on,
            may_go=is_open and who(row) == me and taking_back.is_young(row, now),
        )
        for row, (day, run, goes_on) in zip(rows, lines, strict=True)
    ]
    here = {_name(row) for row in companions(participant)}
    last = rows[-1].seq if rows else participant.conversation.last_seq
    return Talk(dressed, me, json.dumps(readers), presence.states(here, at=now), named, last)


def who(row: Message) -> str:
    """Whoever speaks in a line, as the script names them."""
    if row.member_id is not None:
        return f"member:{row.member_id}"
    return f"visitor:{row.visitor_id}" if row.visitor_id is not None else row.kind


def _line(row: Message, before: Message | None, after: Message | None) -> tuple[dt.date | None, bool, bool]:
    today = _day(row)
    day = today if before is None or _day(before) != today else None
    return day, _together(before, row), _together(row, after)


def _together(first: Message | None, second: Message | None) -> bool:
    if first is None or second is None or who(first) != who(second) or _day(first) != _day(second):
        return False
    return second.at - first.at < RUN


def _day(row: Message) -> dt.date:
    return timezone.localtime(row.at).date()


def _name(participant: Participant) -> str:
    if participant.member_id is not None:
        return f"member:{participant.member_id}"
    return f"visitor:{participant.visitor_id}"
