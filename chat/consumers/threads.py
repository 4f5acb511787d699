"""Threads of the chat for what touches database or cache."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import ParamSpec, TypeVar

from django.db import close_old_connections, connection

#: Of our own: in the one thread that Channels shares among all sockets they would wait for each other.
THREADS = 3

P = ParamSpec("P")
R = TypeVar("R")

_threads = ThreadPoolExecutor(THREADS, thread_name_prefix="chat")


async def run(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Call ``function`` in one of the threads."""
    call = partial(copy_context().run, _called, partial(function, *args, **kwargs))
    return await asyncio.get_running_loop().run_in_executor(_threads, call)


def _called(function: Callable[[], R]) -> R:
    try:
        return function()
    finally:
        # PostgreSQL's goes back to the pool; SQLite's stays: to open one costs as much as to store a message.
        if connection.vendor != "sqlite" or connection.errors_occurred:
            close_old_connections()
