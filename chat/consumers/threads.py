"""Threads of the chat for what touches database or cache."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from channels.db import database_sync_to_async

#: Of our own: in the one thread that Channels shares among all sockets they would wait for each other.
THREADS = 3

P = ParamSpec("P")
R = TypeVar("R")

_threads = ThreadPoolExecutor(THREADS, thread_name_prefix="chat")


async def run(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Call ``function`` in one of the threads."""
    call = database_sync_to_async(function, thread_sensitive=False, executor=_threads)
    answer: R = await call(*args, **kwargs)
    return answer
