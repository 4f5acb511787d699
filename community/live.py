"""Hints over the channel layer: ``publish`` for the whole product, from any thread, never failing a deed.

Every hint travels on one lasting event loop of the process: the server's own where it serves sockets (the in-memory
layer is not thread-safe), else one of our own, so that Redis sees one connection instead of one for each call.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Mapping

from channels.layers import get_channel_layer
from redis.exceptions import RedisError

logger = logging.getLogger("kundenkreis.live")

#: What a layer raises that does not answer; Redis' own errors are no operating system's.
UNREACHABLE = (OSError, TimeoutError, RedisError)

_lock = threading.Lock()
_loop: asyncio.AbstractEventLoop | None = None


def member_group(member_id: int) -> str:
    """The group of one member's open tabs."""
    return f"member.{member_id}"


def thread_group(thread_id: int) -> str:
    """The group of the tabs that show one thread."""
    return f"thread.{thread_id}"


def publish(group: str, message: Mapping[str, object]) -> None:
    """Send ``message`` (its ``type`` names the consumer's method) to ``group``; return at once.

    It names its group, for a process that listens for many of its sockets at once. A hint may be lost: whoever misses
    it catches up from the rows.
    """
    asyncio.run_coroutine_threadsafe(_send(group, {**message, "group": group}), _home())


def adopt(loop: asyncio.AbstractEventLoop) -> None:
    """Let ``loop``, which serves this process's sockets, carry the hints from now on."""
    global _loop  # noqa: PLW0603 - one loop for each process is the point
    with _lock:
        _loop = loop


def probe() -> None:
    """Send a hint that nobody hears and wait for it. Raises one of ``UNREACHABLE``."""
    asyncio.run_coroutine_threadsafe(_pass_on("probe", {"type": "probe"}), _home()).result(3)


async def _send(group: str, message: dict[str, object]) -> None:
    try:
        await _pass_on(group, message)
    except UNREACHABLE:
        logger.warning("hint lost", extra={"group": group}, exc_info=True)


async def _pass_on(group: str, message: dict[str, object]) -> None:
    async with asyncio.timeout(2):
        await get_channel_layer().group_send(group, message)


def _home() -> asyncio.AbstractEventLoop:
    global _loop  # noqa: PLW0603 - see adopt
    with _lock:
        if _loop is None or not _loop.is_running():
            _loop = asyncio.new_event_loop()
            threading.Thread(target=_loop.run_forever, name="hints", daemon=True).start()
        return _loop
