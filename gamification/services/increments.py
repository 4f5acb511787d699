"""Increments in the database: ``value = value + step``, in one statement, in one order for all workers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model

from gamification.services import rows

Key = tuple[Any, ...]


def add(model: type[Model], steps: Mapping[Any, int], *, key: tuple[str, ...], value: str) -> dict[Key, int]:
    """Add each step to the row under its key, making rows that are missing; return the new values by key.

    ``key`` names the model's fields of a unique constraint. Rows are taken in the order of their keys, so that
    two workers never wait for one another in a circle; read-then-write would lose steps between them.
    """
    moved = [(*k, step) for k, step in sorted(steps.items()) if step]
    names = (*key, value)
    found = rows.insert(model, names, moved, ending=_growing(model, key, (value,)), returning=names)
    return {tuple(row[:-1]): row[-1] for row in found}


def move(
    model: type[Model], steps: Mapping[Any, tuple[int, ...]], *, key: tuple[str, ...], values: tuple[str, ...]
) -> None:
    """As ``add`` for several values of a row, and for rows of which nobody needs to know the outcome."""
    moved = [(*k, *step) for k, step in sorted(steps.items()) if any(step)]
    rows.insert(model, (*key, *values), moved, ending=_growing(model, key, values))


def _growing(model: type[Model], key: Iterable[str], values: Iterable[str]) -> str:
    table = rows.table(model)
    grown = ", ".join(f"{column} = {table}.{column} + excluded.{column}" for column in rows.columns(model, values))
    return f"ON CONFLICT ({', '.join(rows.columns(model, key))}) DO UPDATE SET {grown}"
