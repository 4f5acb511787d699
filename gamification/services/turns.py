"""Turns: many workers evaluate side by side; whoever moves a threshold does it while nobody evaluates.

Else a worker could judge a deed by the threshold of before while its counter is not yet seen by the change, and a
member would miss a badge or level for good.
"""

from __future__ import annotations

from django.db import connection

#: Names this lock among all advisory locks of the database.
LOCK = 7_061_973


def together() -> None:
    """Wait for a change of thresholds, and keep others from beginning until this transaction ends."""
    _take("pg_advisory_xact_lock_shared")


def alone() -> None:
    """Wait until nobody evaluates, and keep everybody from it until this transaction ends. Comes before any change."""
    _take("pg_advisory_xact_lock")


def _take(function: str) -> None:
    # On SQLite a transaction that writes is alone anyway.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [LOCK])
