"""Turns of pay: statements and payouts are made one after the other.

Each statement stands on the hash of the one before, and a payout takes what no other has: of two that are made at the
same moment, neither would see the other.
"""

from __future__ import annotations

from django.db import connection

#: Names this lock among all advisory locks of the database.
LOCK = 7_061_976


def take() -> None:
    """Wait for one's turn and keep it until the transaction ends. Comes before any read or change."""
    if not connection.in_atomic_block:
        raise RuntimeError("A turn lasts as long as its transaction.")
    # On SQLite a transaction that writes is alone anyway.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
