"""Retention: rows go when their time is over (GDPR art. 5(1)(e)); what would go can be seen before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from community.models import RetentionPeriod
from community.registry import RetentionClass, registry


@dataclass(frozen=True, slots=True)
class Due:
    """One class of rows: for how many days they stay, and how many have stayed for longer."""

    name: str
    label: str | Promise
    days: int
    rows: int


def due(*, at: datetime) -> list[Due]:
    """Say what ``purge`` would remove, and remove nothing."""
    return [Due(kept.name, kept.label, days, rows.count()) for kept, days, rows in _over(at)]


def purge(*, at: datetime) -> list[Due]:
    """Remove what has stayed for longer than its class allows; return what that was."""
    found = []
    for kept, days, rows in _over(at):
        found.append(Due(kept.name, kept.label, days, rows.count()))
        kept.purge(rows)
    return found


def _over(at: datetime) -> Iterator[tuple[RetentionClass, int, QuerySet[Any]]]:
    """Each class with its days and the rows whose time is over."""
    periods = dict(RetentionPeriod.objects.values_list("name", "days"))
    for name, kept in sorted(registry.retention_classes.items()):
        days = periods.get(name, kept.days)
        yield kept, days, kept.older_than(at - timedelta(days=days))
