"""A long past in little time: what a worker left of one pile of deeds, many times over, each time a week earlier.

Copied are the rows of every table that grows with the deeds; sums and boards stay those of the pile. Nothing follows
from the copies but the size of the tables and of their indexes, and that is what a deed must not pay for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import DateField, DateTimeField, Field, Max, Model

from community.models import Activity, Notification
from gamification.models import CapUse, DayCount, Decision, Entry, Evaluation, Lot, PairDay, StreakDay

#: In this order each names only what is copied before it.
TABLES: Final[tuple[type[Model], ...]] = (
    Activity, Evaluation, Entry, Decision, Lot, Notification, DayCount, PairDay, CapUse, StreakDay,
)  # fmt: skip
#: Days and moments that lie so many weeks earlier in a copy; all others stay.
EARLIER: Final = frozenset({"at", "booked_on", "day", "start"})


@dataclass(slots=True)
class Pile:
    """The rows of one pile: in each table those behind ``first``, up to ``last``. It knows how often it was copied."""

    first: Mapping[type[Model], int]
    last: Mapping[type[Model], int]
    copies: int = 0


def pile(work: Callable[[], None]) -> Pile:
    """Remember what ``work`` adds, which does nothing but let deeds take effect."""
    first = _numbers()
    work()
    return Pile(first, _numbers())


def repeat(pile: Pile, *, up_to: int) -> None:
    """Copy the pile until the journal has ``up_to`` deeds, or some more."""
    while Activity.objects.count() < up_to:
        pile.copies += 1
        _copy(pile, weeks=pile.copies)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(TABLES)):
            cursor.execute(statement)
        cursor.execute("ANALYZE")


@transaction.atomic
def _copy(pile: Pile, *, weeks: int) -> None:
    steps = {model: last - pile.first[model] for model, last in _numbers().items()}
    with connection.cursor() as cursor:
        for model in TABLES:
            fields = model._meta.concrete_fields
            names = ", ".join(_quoted(field) for field in fields)
            values = ", ".join(_value(field, steps, weeks) for field in fields)
            table, number = connection.ops.quote_name(model._meta.db_table), _quoted(model._meta.pk)
            # Only names of our own models and numbers are put together here. Weeks and months of caps may meet.
            cursor.execute(
                f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} "  # noqa: S608 - see above
                f"WHERE {number} > {pile.first[model]} AND {number} <= {pile.last[model]} ON CONFLICT DO NOTHING"
            )


def _value(field: Field[Any, Any], steps: Mapping[type[Model], int], weeks: int) -> str:
    column, model = _quoted(field), field.related_model if field.is_relation else field.model
    if (field.primary_key or field.is_relation) and model and model in steps:
        return f"{column} + {steps[model]}"
    if field.name == "key":
        return f"{column} || ':again:{weeks}'"
    if field.name in EARLIER and isinstance(field, DateField):
        return _earlier(column, weeks, is_moment=isinstance(field, DateTimeField))
    return column


def _earlier(column: str, weeks: int, *, is_moment: bool) -> str:
    if connection.vendor == "sqlite":
        return f"{'datetime' if is_moment else 'date'}({column}, '-{7 * weeks} days')"
    return f"{column} - INTERVAL '{weeks} weeks'" if is_moment else f"{column} - {7 * weeks}"


def _quoted(field: Field[Any, Any] | None) -> str:
    return connection.ops.quote_name(str(field.column)) if field else ""


def _numbers() -> dict[type[Model], int]:
    """The last number of each table."""
    return {model: model._default_manager.aggregate(last=Max("pk"))["last"] or 0 for model in TABLES}
