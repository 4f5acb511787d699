"""Keyset pages: the next page starts after the last row's key, so its cost does not grow with its depth."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from community.refusals import Refusal

LONGEST_CURSOR = 500

M = TypeVar("M", bound=Model)


class BadCursor(Refusal):
    """The cursor was not made by this list."""

    code = "bad_cursor"
    message = _("This page address is damaged. Start again from the first page.")
    status = 400


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """One page of a list; ``next`` and ``previous`` are cursors or ``None`` at the ends."""

    results: Sequence[M]
    next: str | None
    previous: str | None

    def __iter__(self) -> Iterator[M]:
        return iter(self.results)

    def __len__(self) -> int:
        return len(self.results)


def paginate(rows: QuerySet[M], *, order: Sequence[str], cursor: str | None, size: int = 20) -> Page[M]:
    """Return the page of ``rows`` at ``cursor`` in ``order``.

    ``order`` names fields, ``-`` for descending, and ends with a unique one; no field may be null.
    Raises ``BadCursor`` for a cursor that another list made.
    """
    key, backwards = _decode(cursor, order)
    ordering = [_reversed(name) for name in order] if backwards else list(order)
    found = _found(rows, ordering, key, size + 1)
    more, shown = len(found) > size, found[:size]
    if backwards:
        shown.reverse()
    has_next = bool(shown) and (backwards or more)
    has_previous = bool(shown) and (more if backwards else key is not None)
    return Page(
        shown,
        _encode(shown[-1], order, backwards=False) if has_next else None,
        _encode(shown[0], order, backwards=True) if has_previous else None,
    )


def before(rows: QuerySet[M], row: M, *, order: Sequence[str], count: int) -> list[M]:
    """Up to ``count`` of ``rows`` that come before ``row``, the nearest first."""
    backwards = [_reversed(name) for name in order]
    key = [_value(row, name.lstrip("-")) for name in order]
    return list(rows.filter(_after(backwards, key)).order_by(*backwards)[:count])


def behind(rows: QuerySet[M], row: M, *, order: Sequence[str]) -> QuerySet[M]:
    """All of ``rows`` that come after ``row``, for counting them."""
    return rows.filter(_after(order, [_value(row, name.lstrip("-")) for name in order]))


def after(row: M, *, order: Sequence[str]) -> str:
    """The cursor of the page that begins behind ``row``."""
    return _encode(row, order, backwards=False)


def _found(rows: QuerySet[M], ordering: Sequence[str], key: Sequence[Any] | None, count: int) -> list[M]:
    if key is None:
        return list(rows.order_by(*ordering)[:count])
    try:
        return list(rows.filter(_after(ordering, key)).order_by(*ordering)[:count])
    except (ValidationError, ValueError, TypeError, OverflowError) as error:
        # A cursor of another list, or a made-up one: its values do not fit these fields.
        raise BadCursor from error


def _after(ordering: Sequence[str], key: Sequence[Any]) -> Q:
    """Rows behind ``key``: greater in the first field, or equal there and greater in the next, and so on."""
    condition, equal = Q(), Q()
    for name, value in zip(ordering, key, strict=True):
        field = name.lstrip("-")
        operator = "lt" if name.startswith("-") else "gt"
        condition |= equal & Q(**{f"{field}__{operator}": value})
        equal &= Q(**{field: value})
    # The redundant bound on the first field is what lets the database seek in the index.
    first, operator = ordering[0].lstrip("-"), "lte" if ordering[0].startswith("-") else "gte"
    return Q(**{f"{first}__{operator}": key[0]}) & condition


def _reversed(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _encode(row: Model, order: Sequence[str], *, backwards: bool) -> str:
    values = [_plain(row, name.lstrip("-")) for name in order]
    raw = json.dumps([int(backwards), *values], separators=(",", ":"))
    return base64.urlsafe_b64encode(raw.encode()).rstrip(b"=").decode()


def _value(row: Model, path: str) -> Any:
    value: Any = row
    for part in path.split("__"):
        value = getattr(value, part)
    return value


def _plain(row: Model, path: str) -> object:
    value = _value(row, path)
    return {"t": value.isoformat()} if isinstance(value, datetime) else value


def _decode(cursor: str | None, order: Sequence[str]) -> tuple[list[Any] | None, bool]:
    if not cursor:
        return None, False
    if len(cursor) > LONGEST_CURSOR:
        raise BadCursor
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        backwards, *values = json.loads(raw)
        key = [_typed(value) for value in values]
    except (ValueError, TypeError, KeyError) as error:
        raise BadCursor from error
    if len(key) != len(order) or backwards not in (0, 1):
        raise BadCursor
    return key, bool(backwards)


def _typed(value: Any) -> Any:
    if isinstance(value, dict):
        moment = datetime.fromisoformat(value["t"])
        if moment.tzinfo is None:
            raise ValueError(value)
        return moment
    if isinstance(value, str | int):
        return value
    raise TypeError(value)
