"""Turns: many workers evaluate side by side; whoever moves a threshold does it while nobody evaluates.

Else a worker could judge a deed by the threshold of before while its counter is not yet seen by the change, and a
member would miss a badge or level for good.
"""

from __future__ import annotations

from django.db import connection

#: Names these locks among all advisory locks of the database.
EVALUATION, NEWCOMERS = 7_061_973, 7_061_974


def together() -> None:
    """Wait for a change of thresholds, and keep others from beginning until this transaction ends."""
    _take("pg_advisory_xact_lock_shared", EVALUATION)


def alone() -> None:
    """Wait until nobody evaluates, and keep everybody from it until this transaction ends. Comes before any change."""
    _take("pg_advisory_xact_lock", EVALUATION)


def among_newcomers() -> None:
    """Wait for a change of the levels, and keep others from beginning until this transaction ends.

    Not ``together``: what is done alone may take its time, and nobody's joining waits for that.
    """
    _take("pg_advisory_xact_lock_shared", NEWCOMERS)


def without_newcomers() -> None:
    """Wait until nobody joins by the levels of before, and keep everybody from it until this transaction ends."""
    _take("pg_advisory_xact_lock", NEWCOMERS)


def _take(function: str, lock: int) -> None:
    # On SQLite a transaction that writes is alone anyway.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [lock])
