"""Puts the database back after a test that committed, with the rows that the migrations brought.

Django's own way deletes every row. That cannot work here: the ledger and the journal refuse deletion by trigger, as
they must, and the default rules and badges come from migrations. So the state after the migrations is kept once and
restored: on SQLite as a file, on PostgreSQL in a schema beside the product's.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache

from django.db import connection, transaction

#: Builds the statements that empty every table and fill it with what was kept.
RESTORING = """
    SELECT string_agg(
        format('DELETE FROM public.%1$I; INSERT INTO public.%1$I (%2$s) SELECT %2$s FROM kept.%1$I;', name, columns),
        ' '
    ) FROM (
        SELECT table_name AS name, string_agg(quote_ident(column_name), ', ') AS columns
        FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
        WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND is_generated = 'NEVER'
        GROUP BY table_name
    ) AS tables
"""
KEEPING = """
    SELECT string_agg(format('CREATE TABLE kept.%1$I AS TABLE public.%1$I;', table_name), ' ')
    FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
"""


def keep() -> None:
    """Remember the present content; called once, right after the migrations."""
    if connection.vendor == "sqlite":
        with closing(_file("")) as live, closing(_file(".kept")) as kept:
            live.backup(kept)
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA kept")
        cursor.execute(_built_by(KEEPING))


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
        cursor.execute(_built_by(RESTORING))


def _file(suffix: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{connection.settings_dict['NAME']}{suffix}", timeout=20)


@cache
def _built_by(query: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return str(cursor.fetchone()[0])
