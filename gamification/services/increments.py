"""Increments in the database: ``value = value + step``, in one statement, in one order for all workers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django.db import connection
from django.db.models import Field, Model


def add(
    model: type[Model], steps: Mapping[tuple[Any, ...], int], *, key: tuple[str, ...], value: str
) -> dict[tuple[Any, ...], int]:
    """Add each step to the row under its key, making rows that are missing; return the new values by key.

    ``key`` names the model's fields of a unique constraint. Rows are taken in the order of their keys, so that
    two workers never wait for one another in a circle; read-then-write would lose steps between them.
    """
    moved = sorted((k, step) for k, step in steps.items() if step)
    if not moved:
        return {}
    meta, quote = model._meta, connection.ops.quote_name
    fields = [cast("Field[Any, Any]", meta.get_field(name)) for name in (*key, value)]
    columns = [quote(str(field.column)) for field in fields]
    target, counted = ", ".join(columns[:-1]), columns[-1]
    table = quote(meta.db_table)
    rows = ", ".join([f"({', '.join(['%s'] * len(columns))})"] * len(moved))
    parameters = [
        field.get_db_prep_save(part, connection)
        for k, step in moved
        for field, part in zip(fields, (*k, step), strict=True)
    ]
    # Only names of our own models are put together here; every value is a parameter.
    statement = (
        f"INSERT INTO {table} ({target}, {counted}) VALUES {rows} "  # noqa: S608 - see above
        f"ON CONFLICT ({target}) DO UPDATE SET {counted} = {table}.{counted} + excluded.{counted} "
        f"RETURNING {target}, {counted}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        found = cursor.fetchall()
    return {tuple(row[:-1]): row[-1] for row in found}
