"""Rows in bulk: one statement for any number of them, past the ORM's work for each value.

The tables that grow with every deed are written here; everything else goes by the ORM.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, TypeVar, cast

from django.db import connection
from django.db.models import Field, JSONField, Model

Row = Sequence[Any]
T = TypeVar("T")
#: SQLite takes so many values in one statement, however it was built.
VALUES = 30_000


def insert(
    model: type[Model],
    names: tuple[str, ...],
    rows: Iterable[Row],
    *,
    ending: str = "",
    returning: tuple[str, ...] = (),
) -> list[tuple[Any, ...]]:
    """Store ``rows`` with the values of the fields ``names``; return the columns ``returning`` of each.

    ``ending`` is what a conflict does, in SQL of our own. Dates that come back are as the database has them.
    """
    values = [tuple(row) for row in rows]
    if returning:
        ending += f" RETURNING {', '.join(columns(model, returning))}"
    found: list[tuple[Any, ...]] = []
    size = VALUES // len(names)
    with connection.cursor() as cursor:
        for start in range(0, len(values), size):
            statement, parameters = _source(model, names, values[start : start + size])
            cursor.execute(f"{statement} {ending}", parameters)
            found += cursor.fetchall() if returning else []
    return found


def batches(rows: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Cut ``rows`` into pieces that one statement takes."""
    return (rows[start : start + size] for start in range(0, len(rows), size))


def columns(model: type[Model], names: Iterable[str]) -> list[str]:
    """The quoted columns of fields."""
    return [connection.ops.quote_name(str(_field(model, name).column)) for name in names]


def table(model: type[Model]) -> str:
    """The quoted table."""
    return connection.ops.quote_name(model._meta.db_table)


def _source(model: type[Model], names: tuple[str, ...], rows: list[tuple[Any, ...]]) -> tuple[str, list[Any]]:
    """The beginning of the statement. PostgreSQL takes the rows as one JSON document, which is bound fastest."""
    # Only names of our own models are put together here; every value is a parameter.
    begin = f"INSERT INTO {table(model)} ({', '.join(columns(model, names))})"
    fields = [_field(model, name) for name in names]
    if connection.vendor == "postgresql":
        keys = [str(field.column) for field in fields]
        record = ", ".join(f"{connection.ops.quote_name(str(field.column))} {_type(field)}" for field in fields)
        document = json.dumps([dict(zip(keys, row, strict=True)) for row in rows], default=str)
        return f"{begin} SELECT * FROM json_to_recordset(%s) AS given({record})", [document]  # noqa: S608 - see above
    prepare = [_prepared(field) for field in fields]
    places = f"({', '.join(['%s'] * len(names))})"
    values = [ready(value) for row in rows for ready, value in zip(prepare, row, strict=True)]
    return f"{begin} VALUES {', '.join([places] * len(rows))}", values


def _type(field: Field[Any, Any]) -> str:
    kind = field.db_type(connection) or "text"
    # To cast to a length would cut a text that is too long instead of refusing it.
    return "text" if kind.startswith("varchar") else kind


def _prepared(field: Field[Any, Any]) -> Callable[[Any], Any]:
    if isinstance(field, JSONField):
        return json.dumps
    kind = field.get_internal_type()
    return {"DateTimeField": _moment, "DateField": _day}.get(kind, _same)


@lru_cache(maxsize=1024)
def _moment(at: datetime) -> str:
    return str(at.astimezone(UTC).replace(tzinfo=None))


@lru_cache(maxsize=1024)
def _day(day: date) -> str:
    return day.isoformat()


def _same(value: Any) -> Any:
    return value


def _field(model: type[Model], name: str) -> Field[Any, Any]:
    return cast("Field[Any, Any]", model._meta.get_field(name))
