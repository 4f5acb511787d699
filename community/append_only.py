"""Migration operations: from here on the database itself refuses to change or delete rows of a table, or no longer."""

from __future__ import annotations

from collections.abc import Callable

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.state import StateApps


def append_only(table: str) -> RunPython:
    """Return the operation that protects ``table`` by triggers on SQLite and PostgreSQL; it can be reversed."""
    return RunPython(_each(table, _SQLITE, _POSTGRESQL), _each(table, _SQLITE_BACK, _POSTGRESQL_BACK))


def changeable(table: str) -> RunPython:
    """Return the operation that lifts the protection.

    A migration that alters a protected table stands between this and ``append_only``: SQLite makes an altered table
    anew and would lose its triggers in silence.
    """
    return RunPython(_each(table, _SQLITE_BACK, _POSTGRESQL_BACK), _each(table, _SQLITE, _POSTGRESQL))


def _each(
    table: str, sqlite: tuple[str, ...], postgresql: tuple[str, ...]
) -> Callable[[StateApps, BaseDatabaseSchemaEditor], None]:
    def execute(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in sqlite if editor.connection.vendor == "sqlite" else postgresql:
            editor.execute(statement.format(table=table))

    return execute


_SQLITE = tuple(
    f"CREATE TRIGGER {{table}}_no_{deed.lower()} BEFORE {deed} ON {{table}} "
    "BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    for deed in ("UPDATE", "DELETE")
)
_SQLITE_BACK = ("DROP TRIGGER {table}_no_update", "DROP TRIGGER {table}_no_delete")
_POSTGRESQL = (
    """
    CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    """
    CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION {table}_refuse()
    """,
    """
    CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()
    """,
)
_POSTGRESQL_BACK = (
    "DROP TRIGGER {table}_no_change ON {table}",
    "DROP TRIGGER {table}_no_truncate ON {table}",
    "DROP FUNCTION {table}_refuse()",
)
