"""What waits to be written to one socket, so that a reader who is slow holds up nobody else."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from chat.wire import Encoded, Write


class Outbox:
    """Writes frames in their order: at once where the reader keeps up, else by a task that waits for them.

    ``overflow`` is awaited once, instead of them, when more than ``MOST`` wait. The backlog of somebody who does not
    read is thrown away then: they come back and read it from the log.
    """

    MOST = 1_000

    def __init__(
        self,
        write: Callable[[str], Coroutine[Any, Any, None]],
        overflow: Callable[[], Awaitable[None]],
        *,
        at_once: Write,
    ) -> None:
        self._write, self._overflow, self._at_once = write, overflow, at_once
        self._waiting: deque[str] = deque()
        self._writer: asyncio.Task[None] | None = None
        self._full = False

    def put(self, frame: Encoded) -> None:
        """Write ``frame`` as soon as it is its turn."""
        # Without a task: with a thousand sockets, tasks would be most of what a frame costs.
        if self._full or (self._writer is None and self._at_once(frame.framed)):
            return
        self._waiting.append(frame.text)
        if len(self._waiting) > self.MOST:
            self._full = True
            self._waiting.clear()
        elif self._writer is None:
            self._writer = asyncio.create_task(self._empty())

    def close(self) -> None:
        """Write nothing more."""
        self._full = True
        self._waiting.clear()
        if self._writer:
            self._writer.cancel()

    async def _empty(self) -> None:
        try:
            while self._waiting:
                await self._write(self._waiting.popleft())
            self._writer = None
            if self._full:
                await self._overflow()
        except (OSError, RuntimeError):
            # Gone, or closed a moment ago; the server tells the socket itself.
            self._full = True
        finally:
            self._writer = None
