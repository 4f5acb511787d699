"""The database itself refuses to change what stands in the ledger and in the journal, on both engines."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from community.models import Activity
from gamification.models import Entry
from tests import factories

pytestmark = pytest.mark.django_db
PROTECTED = [(Entry, "amount = amount + 1"), (Activity, "verb = 'x'")]


@pytest.fixture(autouse=True)
def written() -> None:
    factories.accepted_answer()
    factories.work_off()
    # PostgreSQL truncates no table for whose rows a deferred check is still due.
    connection.check_constraints()


def statements() -> list[str]:
    """Every way to change or remove rows that the engine knows."""
    ways = ["UPDATE {table} SET {change}", "UPDATE {table} SET {change} WHERE id = 1", "DELETE FROM {table}"]
    if connection.vendor == "sqlite":
        replace = "REPLACE INTO {table} SELECT * FROM {table}"
        return [*ways, "UPDATE OR IGNORE {table} SET {change}", "DELETE FROM {table} WHERE id > 0", replace]
    return [*ways, "TRUNCATE {table} CASCADE"]


@pytest.mark.parametrize(("model", "change"), PROTECTED)
def test_no_statement_changes_or_removes_a_row(model: type[Entry | Activity], change: str) -> None:
    before = list(model._default_manager.order_by("id").values())
    assert before != []
    for statement in statements():
        row = model._default_manager.order_by("id").values_list("id", flat=True)[0]
        sql = statement.format(table=model._meta.db_table, change=change).replace("id = 1", f"id = {row}")
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)
    assert list(model._default_manager.order_by("id").values()) == before


@pytest.mark.parametrize("model", [Entry, Activity])
def test_neither_do_objects(model: type[Entry | Activity]) -> None:
    before = list(model._default_manager.order_by("id").values())
    row = model._default_manager.order_by("-id")[0]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        row.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        model._default_manager.filter(pk=row.pk)._raw_delete("default")
    assert list(model._default_manager.order_by("id").values()) == before


def test_new_entries_are_welcome() -> None:
    before = Entry.objects.count()
    factories.accepted_answer()
    factories.work_off()
    assert Entry.objects.count() == before + 2
