"""What waits to be written to one socket, so that a reader who is slow holds up nobody else."""

from __future__ import annotations

import asyncio
import types
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Generator
from typing import Any


class Outbox:
    """Writes texts in their order. ``overflow`` is awaited once, instead of them, when more than ``MOST`` wait.

    The backlog of somebody who does not read is thrown away then: they come back and read it from the log.
    """

    MOST = 1_000

    def __init__(
        self, write: Callable[[str], Coroutine[Any, Any, None]], overflow: Callable[[], Awaitable[None]]
    ) -> None:
        self._write, self._overflow = write, overflow
        self._waiting: deque[str] = deque()
        self._writer: asyncio.Task[None] | None = None
        self._full = False

    def put(self, text: str) -> None:
        """Write ``text`` as soon as it is its turn: at once where the reader keeps up."""
        if self._full:
            return
        if self._writer is not None:
            self._waiting.append(text)
            if len(self._waiting) > self.MOST:
                self._full = True
                self._waiting.clear()
            return
        # The first step is taken here, without a task: with a thousand sockets, tasks are most of what a frame costs.
        # From Python 3.12 on this is what an eager task does.
        work = self._write(text)
        try:
            waits_for = work.send(None)
        except StopIteration:
            return
        except (OSError, RuntimeError):
            # Gone, or closed a moment ago: that must not keep the frame from all others.
            self._full = True
            return
        self._writer = asyncio.create_task(self._empty(work, waits_for))

    def close(self) -> None:
        """Write nothing more."""
        self._full = True
        self._waiting.clear()
        if self._writer:
            self._writer.cancel()

    async def _empty(self, work: Coroutine[Any, Any, None], waits_for: Any) -> None:
        """Go on with a write that has to wait, then write what came meanwhile."""
        try:
            await _continued(work, waits_for)
            while self._waiting:
                await self._write(self._waiting.popleft())
            self._writer = None
            if self._full:
                await self._overflow()
        except (OSError, RuntimeError):
            # The server tells the socket itself.
            self._full = True
        finally:
            self._writer = None


@types.coroutine
def _continued(work: Coroutine[Any, Any, None], waits_for: Any) -> Generator[Any, Any, None]:
    """The rest of ``work``, which has begun and waits."""
    try:
        while True:
            yield waits_for
            waits_for = work.send(None)
    except StopIteration:
        return
    finally:
        work.close()
