"""Retention: rows go when their time is over (GDPR art. 5(1)(e)); what would go can be seen before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

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
    return [
        Due(kept.name, kept.label, days, kept.older_than(at - timedelta(days=days)).count())
        for kept, days in _classes()
    ]


def purge(*, at: datetime) -> list[Due]:
    """Remove what has stayed for longer than its class allows; return what that was."""
    found = due(at=at)
    for kept, days in _classes():
        kept.purge(kept.older_than(at - timedelta(days=days)))
    return found


def _classes() -> list[tuple[RetentionClass, int]]:
    periods = dict(RetentionPeriod.objects.values_list("name", "days"))
    return [(kept, periods.get(name, kept.days)) for name, kept in sorted(registry.retention_classes.items())]
