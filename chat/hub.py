"""One ear of a process on the layer, for all of its sockets.

A group is joined once for each process, a frame is encoded once and then written to the sockets here that belong to the
group. With a membership for each socket the layer would copy every frame as often as there are sockets.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Protocol

from channels.layers import get_channel_layer

from chat import wire
from chat.wire import Encoded
from community import live

logger = logging.getLogger("kundenkreis.chat")

#: The hint that carries a frame for everybody in its group, and those that are for the sockets themselves; people's
#: groups carry others that are for their pages.
FRAME = "chat.frame"
FOR_SOCKETS = frozenset({"session.ended", "chat.place"})
#: Seconds after which a layer that did not answer is asked again, and within which it has to answer.
AGAIN = 1.0
PATIENCE = 2.0
#: Memberships of the in-memory layer end by themselves some day; they are renewed long before.
RENEWED = 3_600.0

_hubs: dict[asyncio.AbstractEventLoop, Hub] = {}


class Socket(Protocol):
    """What the hub needs of an open socket. Neither method waits."""

    def push(self, frame: Encoded) -> None:
        """Write a frame as soon as the reader takes it."""

    def hear(self, hint: Mapping[str, Any]) -> None:
        """Do what a hint says that is no frame."""


class Hub:
    """The open sockets of one event loop, by the groups that they hear.

    ``heads`` is the number of the newest message that came by, for each group of a conversation: what the layer has
    lost is found by it. ``written`` is the same of the messages that went out lately, until somebody notes them.
    """

    def __init__(self) -> None:
        self.sockets: set[Socket] = set()
        self.heads: dict[str, int] = {}
        self.written: dict[str, int] = {}
        self.keeper: asyncio.Task[None] | None = None
        self._members: dict[str, set[Socket]] = {}
        self._groups: dict[Socket, set[str]] = defaultdict(set)
        self._joining: dict[str, asyncio.Task[None]] = {}
        self._leaving: set[asyncio.Task[None]] = set()
        self._unheard: set[str] = set()
        self._lock = asyncio.Lock()
        self._channel = ""
        self._tasks: list[asyncio.Task[None]] = []

    async def join(self, socket: Socket, *groups: str) -> None:
        """Let ``socket`` hear ``groups``; return once the layer has them or does not answer."""
        if not self._tasks:
            self._tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._renew())]
        for group in groups:
            if group not in self._members:
                self._members[group] = set()
                self._joining[group] = asyncio.create_task(self._subscribe(group))
            self._members[group].add(socket)
            self._groups[socket].add(group)
        if waiting := [self._joining[group] for group in groups if group in self._joining]:
            await asyncio.wait(waiting)

    def leave(self, socket: Socket, *groups: str) -> None:
        """Let ``socket`` hear ``groups`` no longer."""
        for group in groups:
            members = self._members.get(group, set())
            members.discard(socket)
            self.groups_of(socket).discard(group)
            if not members and self._members.pop(group, None) is not None:
                self.heads.pop(group, None)
                task = asyncio.create_task(self._unsubscribe(group))
                self._leaving.add(task)
                task.add_done_callback(self._leaving.discard)

    def part(self, socket: Socket) -> None:
        """Forget a socket that is gone."""
        self.sockets.discard(socket)
        self.leave(socket, *tuple(self.groups_of(socket)))
        self._groups.pop(socket, None)

    def groups_of(self, socket: Socket) -> set[str]:
        """What a socket hears."""
        return self._groups.get(socket, set())

    def hearers_of(self, group: str) -> set[Socket]:
        """Which sockets here hear ``group``."""
        return self._members.get(group, set())

    def head(self, group: str, seq: int) -> None:
        """Note that the log behind ``group`` has come this far."""
        self.heads[group] = max(self.heads.get(group, 0), seq)

    def tell(self, group: str, frame: Mapping[str, Any]) -> None:
        """Write a frame to every socket here that hears ``group``."""
        members = self._members.get(group)
        if not members:
            return
        if frame["type"] == "message":
            self.head(group, frame["seq"])
            self.written[group] = self.heads[group]
        encoded = wire.encode(frame)
        for socket in tuple(members):
            socket.push(encoded)

    async def _listen(self) -> None:
        while True:
            try:
                hint = await get_channel_layer().receive(await self._ear())
                self._pass_on(hint)
            except Exception:
                # A hint that cannot be read must not make the process deaf for all others.
                logger.exception("hint not passed on")
                await asyncio.sleep(AGAIN)

    def _pass_on(self, hint: Mapping[str, Any]) -> None:
        if hint["type"] == FRAME:
            self.tell(hint["group"], hint["frame"])
            return
        if hint["type"] in FOR_SOCKETS:
            for socket in tuple(self._members.get(hint["group"], ())):
                socket.hear(hint)

    async def _ear(self) -> str:
        async with self._lock:
            if not self._channel:
                self._channel = await get_channel_layer().new_channel()
            return self._channel

    async def _subscribe(self, group: str) -> None:
        try:
            channel = await self._ear()
            async with asyncio.timeout(PATIENCE), self._lock:
                if group in self._members:
                    await get_channel_layer().group_add(group, channel)
            self._unheard.discard(group)
        except live.UNREACHABLE:
            logger.warning("group not joined", extra={"group": group})
            self._unheard.add(group)
        finally:
            self._joining.pop(group, None)

    async def _unsubscribe(self, group: str) -> None:
        try:
            async with asyncio.timeout(PATIENCE), self._lock:
                if group not in self._members:
                    self._unheard.discard(group)
                    await get_channel_layer().group_discard(group, self._channel)
        except live.UNREACHABLE:
            logger.warning("group not left", extra={"group": group})

    async def _renew(self) -> None:
        """Join what could not be joined, as soon as the layer is back; and everything anew from time to time."""
        loop = asyncio.get_running_loop()
        renewed = loop.time()
        while True:
            await asyncio.sleep(AGAIN)
            if loop.time() - renewed > RENEWED:
                renewed = loop.time()
                self._unheard.update(self._members)
            for group in tuple(self._unheard & self._members.keys()):
                await self._subscribe(group)


def here() -> Hub:
    """The hub of the running event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        for ended in [known for known in _hubs if known.is_closed()]:
            del _hubs[ended]
        _hubs[loop] = Hub()
    return _hubs[loop]
