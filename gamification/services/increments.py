"""Increments in the database: ``value = value + step``, in one statement, in one order for all workers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.db import connection
from django.db.models import Field, Model

Key = tuple[Any, ...]


def add(model: type[Model], steps: Mapping[Any, int], *, key: tuple[str, ...], value: str) -> dict[Key, int]:
    """Add each step to the row under its key, making rows that are missing; return the new values by key.

    ``key`` names the model's fields of a unique constraint. Rows are taken in the order of their keys, so that
    two workers never wait for one another in a circle; read-then-write would lose steps between them.
    """
    moved = [(k, (step,)) for k, step in sorted(steps.items()) if step]
    if not moved:
        return {}
    statement, parameters = _statement(model, moved, key, (value,))
    quoted = ", ".join(_columns(model, (*key, value)))
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} RETURNING {quoted}", parameters)
        found = cursor.fetchall()
    return {tuple(row[:-1]): row[-1] for row in found}


def move(
    model: type[Model], steps: Mapping[Any, tuple[int, ...]], *, key: tuple[str, ...], values: tuple[str, ...]
) -> None:
    """As ``add`` for several values of a row, and for rows of which nobody needs to know the outcome."""
    moved = [(k, step) for k, step in sorted(steps.items()) if any(step)]
    if moved:
        with connection.cursor() as cursor:
            cursor.execute(*_statement(model, moved, key, values))


def _statement(
    model: type[Model], moved: Sequence[tuple[Key, tuple[int, ...]]], key: tuple[str, ...], values: tuple[str, ...]
) -> tuple[str, list[Any]]:
    target, counted = _columns(model, key), _columns(model, values)
    table = connection.ops.quote_name(model._meta.db_table)
    fields = [_field(model, name) for name in (*key, *values)]
    rows = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * len(moved))
    parameters = [
        field.get_db_prep_save(part, connection)
        for k, step in moved
        for field, part in zip(fields, (*k, *step), strict=True)
    ]
    grown = ", ".join(f"{column} = {table}.{column} + excluded.{column}" for column in counted)
    # Only names of our own models are put together here; every value is a parameter.
    statement = (
        f"INSERT INTO {table} ({', '.join(target + counted)}) VALUES {rows} "  # noqa: S608 - see above
        f"ON CONFLICT ({', '.join(target)}) DO UPDATE SET {grown}"
    )
    return statement, parameters


def _columns(model: type[Model], names: tuple[str, ...]) -> list[str]:
    return [connection.ops.quote_name(str(_field(model, name).column)) for name in names]


def _field(model: type[Model], name: str) -> Field[Any, Any]:
    return cast("Field[Any, Any]", model._meta.get_field(name))
