"""``serve``: the whole product in one process, from an empty directory to a printed address."""

from __future__ import annotations

import os
import signal
import socket
from argparse import ArgumentParser
from typing import Any

import uvicorn
from django.conf import settings
from django.core.checks import Tags
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, connections

from community.models import Member
from config.embedded import Background

DEMO = (
    ("lena", "customer"),
    ("mara", "ambassador"),
    ("ben", "agent"),
    ("clara", "community manager"),
    ("admin", "superuser"),
)


def _bound(host: str, port: int) -> socket.socket:
    """Take the address before anything is prepared; it listens once the server does."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise CommandError(
            f"Cannot serve at {host}:{port}: {error.strerror}. Choose another port, as in: PORT=8001 make run"
        ) from error
    return listener


class Command(BaseCommand):
    """Migrates, loads demo data into an empty database while DEBUG is on, serves until SIGTERM."""

    help = "Serve web, sockets, worker and beat in one process."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Read where to listen."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare, serve, end cleanly."""
        listener = _bound(options["host"], options["port"])
        self._prepare()
        # uvicorn sends itself the signal again once it has shut down: it must not end us before our own clean-up.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: None)
        background = Background() if settings.EMBEDDED else None
        if background:
            background.start()
        self._greet(options["host"], options["port"])
        try:
            uvicorn.Server(
                uvicorn.Config(
                    "config.asgi:application",
                    lifespan="off",
                    # Who is believed about addresses is said by TRUSTED_PROXY_COUNT alone.
                    proxy_headers=False,
                    log_level="warning",
                    timeout_graceful_shutdown=5,
                    ws="chat.wire:Protocol",
                    ws_max_size=16 * 1024,
                    # Frames are short; each socket would have to compress each of them for itself, and keep a window.
                    ws_per_message_deflate=False,
                )
            ).run(sockets=[listener])
        finally:
            if background:
                background.stop()
            connections.close_all()
            self.stdout.write("Stopped.")

    def _prepare(self) -> None:
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("check", databases=[DEFAULT_DB_ALIAS], tags=[Tags.database])
        if not settings.DEBUG:
            call_command("collectstatic", verbosity=0, interactive=False)
        elif not Member.objects.exists():
            self.stdout.write("The database is empty: loading demo data …")
            call_command("seed_demo", verbosity=0)

    def _greet(self, host: str, port: int) -> None:
        # A passkey belongs to a host name, so the loopback address is printed by name.
        name = "localhost" if host in ("127.0.0.1", "::1", "0.0.0.0") else host  # noqa: S104 - compared, not bound
        self.stdout.write(f"\n  Kundenkreis runs at http://{name}:{port}   (admin: /admin/, API: /api/docs/)\n")
        if settings.DEBUG and Member.objects.filter(email="lena@demo.example").exists():
            self.stdout.write(f"  Sign in with the password {settings.DEMO_PASSWORD} as")
            for who, role in DEMO:
                self.stdout.write(f"    {who}@demo.example".ljust(28) + role)
        self.stdout.write("")
        self.stdout.flush()
