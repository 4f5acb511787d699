"""Gives tests a migrated database, and puts it back after each test that committed.

Migrating takes many seconds, so it is done once: what came of it lies in pytest's cache until a migration changes, and
every run and every parallel worker begins with a copy.

Django's own way deletes every row. That cannot work here: the ledger and the journal refuse deletion by trigger, as
they must, and the default rules and badges come from migrations. So the state after the migrations is kept once and
restored: on SQLite as a file, on PostgreSQL in a schema beside the product's. A database of its own, for processes that
tests start, begins as a copy of the same state.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from tests.services import postgres_program

_numbers = count(1)
#: What a migrated database follows from, beside the libraries: an app's migrations and the modules that they may use.
SOURCES = ("migrations/*.py", "*.py")

#: For each table what empties it and fills it with what was kept.
RESTORING = """
    SELECT table_name, format('DELETE FROM public.%1$I; INSERT INTO public.%1$I (%2$s) SELECT %2$s FROM kept.%1$I',
        table_name, string_agg(quote_ident(column_name), ', '))
    FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND is_generated = 'NEVER'
    GROUP BY table_name
"""
KEEPING = """
    SELECT table_name, format('CREATE TABLE kept.%1$I AS TABLE public.%1$I', table_name)
    FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
"""
#: The tables that take any space, here or where they are kept; all others were never written to.
WRITTEN = """
    SELECT DISTINCT relname FROM pg_class
    WHERE relkind = 'r' AND relnamespace::regnamespace::text IN ('public', 'kept') AND pg_relation_size(oid) > 0
"""


def begin(cache: Path) -> None:
    """Put a migrated database where Django looks for the one of the tests; whoever comes first migrates it."""
    name = _name_in_tests()
    migrated = cache / f"{_version()}.{connection.vendor}"
    with _alone(cache):
        if not migrated.exists():
            for outdated in cache.glob(f"*.{connection.vendor}"):
                outdated.unlink()
            half = migrated.with_suffix(".half")
            _migrate(half)
            half.rename(migrated)
    if connection.vendor == "sqlite":
        _copy(migrated, Path(name))
        return
    _create(name, like="template0")
    _run(postgres_program("psql"), "-q", "-1", "-v", "ON_ERROR_STOP=1", "-f", migrated, "-d", address(name))


def keep() -> None:
    """Remember the present content; called once, right after the migrations."""
    if connection.vendor == "sqlite":
        with closing(_file("")) as live, closing(_file(".kept")) as kept:
            live.backup(kept)
        return
    _create(_template(), like=_name())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA kept")
        cursor.execute("; ".join(_statements(KEEPING).values()))


def restore() -> None:
    """Bring the remembered content back; threads of a server may keep their connections meanwhile."""
    if connection.vendor == "sqlite":
        connection.close()
        with closing(_file(".kept")) as kept, closing(_file("")) as live:
            kept.backup(live, sleep=0.02)
        return
    with transaction.atomic(), connection.cursor() as cursor:
        # Replica: in this one session triggers and foreign keys rest, so the append-only tables can be emptied
        # although they refuse it to everybody else. Only the private server's superuser may ask for that.
        cursor.execute("SET LOCAL session_replication_role = replica; SET LOCAL lock_timeout = '20s'")
        cursor.execute("; ".join(_statements(RESTORING)[table] for table in written()))


def written() -> set[str]:
    """Name the tables in PostgreSQL that have or had rows; asking costs next to nothing."""
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        return {table for (table,) in cursor}


def fresh(folder: Path) -> str:
    """Return the address of a new database with the remembered content; on SQLite it is a file in ``folder``."""
    if connection.vendor == "sqlite":
        path = folder / "product.sqlite3"
        _copy(Path(f"{_name()}.kept"), path)
        return f"sqlite:///{path}"
    name = f"{_name()}_{next(_numbers)}"
    _create(name, like=_template())
    return address(name)


def address(name: str) -> str:
    """Return the ``DATABASE_URL`` of another database on the same PostgreSQL."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def _version() -> str:
    house = Path(settings.BASE_DIR)
    folders = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).parent == house]
    sources = [path for folder in folders for pattern in SOURCES for path in sorted(folder.glob(pattern))]
    version = hashlib.sha256()
    for path in (house / "requirements.txt", *sources):
        version.update(path.read_bytes())
    return version.hexdigest()[:16]


@contextmanager
def _alone(cache: Path) -> Iterator[None]:
    with (cache / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _migrate(made: Path) -> None:
    migrate = (sys.executable, Path(settings.BASE_DIR) / "manage.py", "migrate", "--no-input", "-v0")
    if connection.vendor == "sqlite":
        made.unlink(missing_ok=True)
        _run(*migrate, DATABASE_URL=f"sqlite:///{made}")
        return
    name = f"{_name_in_tests()}_migrated"
    _create(name, like="template0")
    _run(*migrate, DATABASE_URL=address(name))
    _run(postgres_program("pg_dump"), "--no-owner", "-f", made, address(name))


def _run(*command: str | Path, **environment: str) -> None:
    subprocess.run(command, env={**os.environ, **environment}, check=True)  # noqa: S603 - our own arguments


def _copy(path: Path, to: Path) -> None:
    with closing(sqlite3.connect(path)) as whole, closing(sqlite3.connect(to)) as copy:
        whole.backup(copy)


def _name_in_tests() -> str:
    """How Django will call the database; before that it goes by the name of the product's."""
    return str(connection.settings_dict["TEST"]["NAME"] or f"test_{connection.settings_dict['NAME']}")


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _template() -> str:
    return f"{_name()}_kept"


def _create(name: str, *, like: str) -> None:
    # PostgreSQL copies only what nobody is connected to; the connection without a database is Django's own for tests.
    connection.close()
    if pooled := getattr(connection, "close_pool", None):
        pooled()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')


def _file(suffix: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{connection.settings_dict['NAME']}{suffix}", timeout=20)


@cache
def _statements(query: str) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return dict(cursor)
