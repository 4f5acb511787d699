"""What hints cannot promise, every few seconds for all sockets of a process at once.

Sessions that are over close, messages that the layer has lost are sent from the log, places that changed unheard are
put right, and who is here is told. The cost grows with what happened lately, not with what is open.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError
from django.utils import timezone

from chat import frames, presence, wire
from chat.consumers import deeds, guests
from chat.consumers.threads import run
from chat.hub import Hub
from chat.models import Conversation, Message
from chat.queries import log
from chat.services import conversations

if TYPE_CHECKING:
    from chat.consumers.socket import ChatConsumer

logger = logging.getLogger("kundenkreis.chat")

EVERY = 2.0
#: Clocks of nodes differ, and a transaction commits later than its messages say.
MARGIN = timedelta(minutes=2)
#: Every so many rounds each socket's places are compared with the rows.
PLACES_EVERY = 8
#: And so often it is noted whose sockets are open.
OPEN_EVERY = 10
#: In conversations with more people here, what has reached whom is noted when they come back.
RECEIPTS_FOR = 30


def ensure(hub: Hub) -> None:
    """Sweep from now on, until no socket is left."""
    if hub.keeper is None or hub.keeper.done():
        hub.keeper = asyncio.create_task(_keep(hub))


async def _keep(hub: Hub) -> None:
    since, number = timezone.now(), 0
    late: dict[str, int] = {}
    while hub.sockets:
        await asyncio.sleep(EVERY)
        now, number = timezone.now(), number + 1
        try:
            await _close_ended(hub, now)
            late = await _catch_up(hub, late, since - MARGIN)
            await _note_written(hub)
            if number % OPEN_EVERY == 0:
                await run(presence.note_open, {socket.guest.name for socket in _sockets(hub) if socket.guest}, at=now)
            await _tell_presence(hub)
            if number % PLACES_EVERY == 0:
                await _put_places_right(hub, now)
            since = now
        except (DatabaseError, OSError):
            logger.warning("sweep put off", exc_info=True)


async def _close_ended(hub: Hub, now: datetime) -> None:
    present = {socket: socket.guest for socket in _sockets(hub) if socket.guest}
    over = await run(guests.ended, set(present.values()), at=now)
    for socket, guest in present.items():
        if guest in over:
            await socket.end(4401)


async def _catch_up(hub: Hub, late: Mapping[str, int], since: datetime) -> dict[str, int]:
    """Send from the log what was missing a round ago and is missing still; return what is missing now."""
    grown = await run(_grown, set(hub.heads), since)
    for group, seq in late.items():
        head = hub.heads.get(group)
        if head is not None and head < seq:
            for frame in await run(_lost, group, head):
                hub.tell(group, frame)
    return {group: seq for group, seq in grown.items() if seq > hub.heads.get(group, seq)}


async def _note_written(hub: Hub) -> None:
    """What was written to sockets since the last round has reached those behind them, and the writers hear of it."""
    written, hub.written = hub.written, {}
    reached = {}
    for group, seq in written.items():
        hearers = hub.hearers_of(group)
        people = {socket.guest.person for socket in _sockets(hub) if socket in hearers and socket.guest}
        # Among so many nobody looks at single receipts, and each would be a frame for all of them.
        if 0 < len(people) <= RECEIPTS_FOR:
            reached[frames.conversation_of(group)] = (seq, people)
    if reached:
        await run(conversations.arrived, reached=reached)


async def _tell_presence(hub: Hub) -> None:
    watching = [socket for socket in _sockets(hub) if socket.watched]
    states = await run(presence.states, {name for socket in watching for name in socket.watched}, at=timezone.now())
    for socket in watching:
        for name, who in socket.watched.items():
            if name in states and socket.told.get(name) != states[name]:
                socket.told[name] = states[name]
                socket.push(wire.encode(frames.present(who, states[name])))


async def _put_places_right(hub: Hub, now: datetime) -> None:
    present = {socket: socket.guest for socket in _sockets(hub) if socket.guest}
    places = await run(deeds.places, list(present.values()), at=now)
    for socket, guest in present.items():
        heard = {group for group in hub.groups_of(socket) if group.startswith(frames.GROUP)}
        wanted = {frames.group(conversation) for conversation in places[guest.name]}
        # What was asked for by itself, such as a talk that is long over, is in no list and may still be heard.
        if surplus := heard - wanted:
            kept = await run(deeds.still_in, guest, {frames.conversation_of(group) for group in surplus})
            hub.leave(socket, *(surplus - {frames.group(pk) for pk in kept}))
        if wanted - heard and not socket.is_over:
            await socket.hear_places(places[guest.name])


def _grown(groups: Collection[str], since: datetime) -> dict[str, int]:
    rows = Conversation.objects.filter(active_at__gte=since).order_by("-active_at", "-id")
    found = {frames.group(pk): seq for pk, seq in rows.values_list("pk", "last_seq").iterator()}
    return {group: found[group] for group in groups if group in found}


def _lost(group: str, head: int) -> list[dict[str, Any]]:
    conversation = frames.conversation_of(group)
    rows = Message.objects.filter(conversation=conversation, seq__gt=head).order_by("seq")[: log.REPLAY_MOST]
    return [frames.message(row) for row in frames.with_senders(rows)]


def _sockets(hub: Hub) -> list[ChatConsumer]:
    return list(hub.sockets)  # type: ignore[arg-type] # the hub knows less of them than we do
