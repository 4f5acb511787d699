"""Migration operations: from here on the database itself refuses to change or delete rows of a table, or no longer."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

Statements = Mapping[str, tuple[str, ...]]


def append_only(table: str) -> Operation:
    """Return the operation that protects ``table`` by triggers on SQLite and PostgreSQL; it can be reversed."""
    return _Execute(table, {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}, back=_BACK)


def changeable(table: str) -> Operation:
    """Return the operation that lifts the protection.

    A migration that alters a protected table stands between this and ``append_only``: SQLite makes an altered table
    anew and would lose its triggers in silence.
    """
    return _Execute(table, _BACK, back={"sqlite": _SQLITE, "postgresql": _POSTGRESQL})


class _Execute(Operation):
    """Statements about one table, by the vendor of the database; they ask for no models, which would take long."""

    def __init__(self, table: str, forth: Statements, *, back: Statements) -> None:
        self.table, self.forth, self.back = table, forth, back

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Leave the models as they are."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        self._execute(schema_editor, self.forth)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        self._execute(schema_editor, self.back)

    def describe(self) -> str:
        return f"Protect {self.table} or let it change"

    def _execute(self, editor: BaseDatabaseSchemaEditor, statements: Statements) -> None:
        for statement in statements[editor.connection.vendor]:
            editor.execute(statement.format(table=self.table))


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
_BACK: Statements = {"sqlite": _SQLITE_BACK, "postgresql": _POSTGRESQL_BACK}
