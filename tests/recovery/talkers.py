"""People who talk while everything around them breaks: clients of the log that keep its rules and nothing more."""

from __future__ import annotations

import asyncio
import json
import random
import urllib.request
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin

#: Seconds between two messages of one person, and until one that nobody has confirmed is sent again.
PAUSE = 0.1
AGAIN = 5.0
LOST = (OSError, TimeoutError, WebSocketException)


@dataclass(slots=True)
class Talker:
    """Somebody with something to say, on whichever of the ``ports`` answers."""

    ports: Sequence[int]
    session: str
    conversation: int
    total: int
    waiting: dict[str, str]
    log: list[str] = field(default_factory=list)
    stored: asyncio.Event = field(default_factory=asyncio.Event)

    async def talk(self) -> None:
        """Send all that waits and read until everything that anybody sends is here; come back whenever cut off."""
        while not self.is_done:
            port = random.choice(self.ports)
            headers, origin = {"Cookie": f"sessionid={self.session}"}, Origin(f"http://localhost:{port}")
            address = f"ws://localhost:{port}/ws/chat/"
            try:
                async with connect(address, additional_headers=headers, origin=origin, close_timeout=1) as socket:
                    await self._talk_over(socket, port)
            except LOST:
                await asyncio.sleep(random.random())

    @property
    def is_done(self) -> bool:
        """Whether nothing waits and nothing is missing."""
        return not self.waiting and len(self.log) >= self.total

    async def _talk_over(self, socket: ClientConnection, port: int) -> None:
        await socket.send(json.dumps({"type": "hello", "seen": {self.conversation: len(self.log)}}))
        speaking = asyncio.create_task(self._speak(socket))
        try:
            while not self.is_done:
                async with asyncio.timeout(AGAIN):
                    await self._hear(socket, json.loads(await socket.recv()), port)
        except TimeoutError:
            # Silence proves nothing: ask.
            await socket.send(self._frame("resume", after=len(self.log)))
        finally:
            speaking.cancel()

    async def _speak(self, socket: ClientConnection) -> None:
        while self.waiting:
            for client_id, body in list(self.waiting.items()):
                await socket.send(self._frame("send", client_id=client_id, body=body))
                await asyncio.sleep(PAUSE * (0.5 + random.random()))
            self.stored.clear()
            try:
                await asyncio.wait_for(self.stored.wait(), AGAIN)
            except TimeoutError:
                continue

    async def _hear(self, socket: ClientConnection, frame: Mapping[str, Any], port: int) -> None:
        match frame:
            case {"type": "message", "seq": seq, "client_id": client_id}:
                if seq == len(self.log) + 1:
                    self.log.append(client_id)
                elif seq > len(self.log) + 1:
                    await socket.send(self._frame("resume", after=len(self.log)))
            case {"type": "stored", "client_id": client_id}:
                self.waiting.pop(client_id, None)
                if not self.waiting:
                    self.stored.set()
            case {"type": "resync"}:
                self.log.extend(await asyncio.to_thread(self._missed, port))

    def _missed(self, port: int) -> list[str]:
        """The twin over HTTP: what a socket does not bring in one go."""
        path = f"/api/v1/conversations/{self.conversation}/messages/?after={len(self.log)}"
        request = urllib.request.Request(
            f"http://localhost:{port}{path}", headers={"Cookie": f"sessionid={self.session}"}
        )
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310 - as above
            return [row["client_id"] for row in json.load(answer)["results"]]

    def _frame(self, kind: str, **more: object) -> str:
        return json.dumps({"type": kind, "conversation": self.conversation, **more})


def talk(
    ports: Sequence[int],
    conversation: int,
    sessions: Sequence[str],
    *,
    each: int,
    events: Mapping[float, Callable[[], None]],
    seconds: float,
) -> list[Talker]:
    """Let everybody say ``each`` things while ``events`` happen after their share of it; return when all is said."""
    total = each * len(sessions)
    talkers = [
        Talker(ports, session, conversation, total, {str(uuid.uuid4()): f"Line {n}" for n in range(each)})
        for session in sessions
    ]

    async def break_things() -> None:
        for share, event in sorted(events.items()):
            while max(len(talker.log) for talker in talkers) < share * total:  # noqa: ASYNC110 - others make it grow
                await asyncio.sleep(0.02)
            await asyncio.to_thread(event)

    async def everybody() -> None:
        async with asyncio.timeout(seconds):
            await asyncio.gather(break_things(), *(talker.talk() for talker in talkers))

    asyncio.run(everybody())
    return talkers
