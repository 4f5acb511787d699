"""The product in this process, as ``manage.py serve`` runs it: pages, sockets, worker and beat, on a free port."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from django.conf import settings

from community import live
from config.embedded import Background

STARTUP_SECONDS = 10


class _Server(uvicorn.Server):
    """Carries the hints on its own loop and says when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        live.adopt(asyncio.get_running_loop())
        await super().startup(sockets)
        self.ready.set()


@contextmanager
def serving() -> Iterator[str]:
    """Serve until the block ends and yield the address; ``localhost``, since passkeys need a name."""
    # As in production browsers keep files that do not change, and the server looks for them once, not at each request.
    settings.WHITENOISE_MAX_AGE, settings.WHITENOISE_AUTOREFRESH = 3600, False
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    from config.asgi import application

    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    server = _Server(uvicorn.Config(application, log_level="error", lifespan="off", ws="chat.wire:Protocol"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="server", daemon=True)
    background = Background()
    background.start()
    thread.start()
    try:
        if not server.ready.wait(STARTUP_SECONDS):
            raise RuntimeError("The server did not start.")
        yield f"http://localhost:{port}"
    finally:
        server.should_exit = True
        thread.join(STARTUP_SECONDS)
        background.stop()
        listener.close()
