"""What waits to be written to one socket, so that a reader who is slow holds up nobody else."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable


class Outbox:
    """Writes texts in their order. ``overflow`` is awaited once, instead of them, when ``MOST`` wait.

    The backlog of somebody who does not read is thrown away then: they come back and read it from the log.
    """

    MOST = 1_000

    def __init__(self, write: Callable[[str], Awaitable[None]], overflow: Callable[[], Awaitable[None]]) -> None:
        self._write, self._overflow = write, overflow
        self._waiting: deque[str] = deque()
        self._writer: asyncio.Task[None] | None = None
        self._full = False

    def put(self, text: str) -> None:
        """Write ``text`` as soon as it is its turn."""
        if self._full:
            return
        self._waiting.append(text)
        if len(self._waiting) > self.MOST:
            self._full = True
            self._waiting.clear()
        if self._writer is None:
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
            if self._full:
                await self._overflow()
        except OSError:
            # The reader is gone; the server says so to the socket itself.
            self._full = True
        finally:
            self._writer = None
