"""Tables that come together are created by one operation, which can be reversed."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from community.tables import tables_at_once


@tables_at_once
class Tasting(migrations.Migration):
    """Two tables, the second of which points at the first, and a column for later."""

    operations = (
        migrations.CreateModel("Roast", [("id", models.BigAutoField(primary_key=True))]),
        migrations.CreateModel(
            "Cup",
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("roast", models.ForeignKey("community.Roast", on_delete=models.CASCADE)),
            ],
        ),
        migrations.AddField("Cup", "size", models.IntegerField(default=1)),
    )


def tables() -> set[str]:
    return {"community_roast", "community_cup"} & set(connection.introspection.table_names())


def test_only_neighbours_become_one() -> None:
    described = [operation.describe() for operation in Tasting("tasting", "community").operations]
    assert described == ["Create model Roast; Create model Cup", "Add field size to Cup"]


@pytest.mark.usefixtures("transactional_db")
def test_tables_come_and_go() -> None:
    migration = Tasting("tasting", "community")
    with connection.schema_editor() as editor:
        after = migration.apply(ProjectState(), editor)
    assert tables() == {"community_roast", "community_cup"}
    cup = after.apps.get_model("community", "Cup")
    assert [field.name for field in cup._meta.fields] == ["id", "roast", "size"]
    with connection.schema_editor() as editor:
        migration.unapply(ProjectState(), editor)
    assert tables() == set()
