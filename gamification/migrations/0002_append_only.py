"""The database itself refuses to change or delete what was booked."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLE = "gamification_entry"


def protect(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers of this engine."""
    if editor.connection.vendor == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            editor.execute(
                f"CREATE TRIGGER {TABLE}_no_{deed.lower()} BEFORE {deed} ON {TABLE} "
                "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
            )
        return
    editor.execute(
        f"CREATE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    editor.execute(
        f"CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
        f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()"
    )
    editor.execute(
        f"CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()"
    )


def release(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Drop them."""
    if editor.connection.vendor == "sqlite":
        for deed in ("update", "delete"):
            editor.execute(f"DROP TRIGGER {TABLE}_no_{deed}")
        return
    for name in ("no_change", "no_truncate"):
        editor.execute(f"DROP TRIGGER {TABLE}_{name} ON {TABLE}")
    editor.execute(f"DROP FUNCTION {TABLE}_refuse()")


class Migration(migrations.Migration):
    """Triggers on the ledger."""

    dependencies = (("gamification", "0001_initial"),)
    operations = (migrations.RunPython(protect, release),)
