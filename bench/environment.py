"""A private, production-like environment: own folder, own database, DEBUG off, and it all goes away afterwards."""

from __future__ import annotations

import os
import re
import secrets
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import django
import psycopg
from django.core.management import call_command
from psycopg import sql
from redis import Redis

from bench import report

#: Of the sixteen databases that Redis has by default, the last is ours.
REDIS_DATABASE = 15


@contextmanager
def ready() -> Iterator[dict[str, str]]:
    """Load the product into a private environment with a migrated database; yield what the figures depend on.

    Whatever needs the product is imported within the block.
    """
    # An end from outside unwinds through the context managers: no server, no database is left behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with _private():
        django.setup()
        conditions = report.conditions()
        call_command("migrate", verbosity=0, interactive=False)
        yield conditions


@contextmanager
def _private() -> Iterator[None]:
    """Point every variable of the environment at something that lives as long as the block."""
    with tempfile.TemporaryDirectory(prefix="kundenkreis-bench-", ignore_cleanup_errors=True) as folder:
        var = Path(folder)
        with _database(var) as database, _redis() as redis:
            os.environ |= {
                "DJANGO_SETTINGS_MODULE": "bench.settings",
                "VAR_DIR": str(var),
                "DATABASE_URL": database,
                "DEBUG": "0",
                "SECRET_KEY": secrets.token_urlsafe(50),
                "ALLOWED_HOSTS": "localhost",
                "PUBLIC_URL": "http://localhost",
                "EMAIL_URL": "memorymail://",
                "LOG_FORMAT": "text",
                **redis,
            }
            yield


@contextmanager
def _database(folder: Path) -> Iterator[str]:
    """Make a database on the server that ``DATABASE_URL`` names, or else a file of SQLite."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield f"sqlite:///{folder / 'bench.sqlite3'}"
        return
    name = f"kundenkreis_bench_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def _redis() -> Iterator[dict[str, str]]:
    """Take an empty database of the Redis that ``REDIS_URL`` names, if it names one."""
    server = os.environ.get("REDIS_URL", "")
    if not server:
        yield {}
        return
    address = f"{re.sub(r'/[0-9]*$', '', server)}/{REDIS_DATABASE}"
    with Redis.from_url(address) as client:
        if client.dbsize():
            raise SystemExit(f"Database {REDIS_DATABASE} of Redis is in use; the bench wants it empty.")
        try:
            yield {"REDIS_URL": address}
        finally:
            client.flushdb()
