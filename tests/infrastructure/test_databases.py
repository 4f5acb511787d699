"""The clean-up after tests that commit leaves exactly what the migrations brought, triggers included."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from community.models import Activity, Thread
from gamification.models import Level
from tests import databases, factories

pytestmark = pytest.mark.django_db(transaction=True)


def content() -> dict[str, int]:
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


def test_restoring_removes_what_a_test_committed_even_from_the_append_only_tables() -> None:
    before = content()
    factories.accepted_answer()
    factories.work_off()
    assert content() != before

    databases.restore()

    assert content() == before


def test_restored_tables_accept_new_rows_beside_those_of_the_migrations() -> None:
    factories.thread()
    databases.restore()

    asked = factories.thread()

    assert list(Thread.objects.all()) == [asked]


@pytest.mark.parametrize("statement", ["UPDATE {} SET verb = 'x'", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_journal_still_refuses_change_afterwards(statement: str) -> None:
    if connection.vendor == "sqlite" and statement.startswith("TRUNCATE"):
        statement = "DELETE FROM {} WHERE 1"
    databases.restore()
    factories.thread()
    written = list(Activity.objects.values())

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(Activity._meta.db_table))

    assert list(Activity.objects.values()) == written


def test_what_a_test_deleted_comes_back_although_its_table_took_no_space_any_more() -> None:
    before = content()
    assert before["gamification.Level"] > 0
    Level.objects.all().delete()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM (FULL) {Level._meta.db_table}")

    databases.restore()

    assert content() == before
