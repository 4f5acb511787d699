"""Turns of the shop: its words are taken in one after the other.

Orders, customers, products and verified addresses find one another by number and address. Of two that come at the same
moment neither would see the other, and they would stay unlinked; so each waits for the one before it to commit.
"""

from __future__ import annotations

from django.db import connection

#: Names this lock among all advisory locks of the database.
LOCK = 7_061_974


def take() -> None:
    """Wait for one's turn and keep it until the transaction ends. Comes before any read or change."""
    if not connection.in_atomic_block:
        raise RuntimeError("A turn lasts as long as its transaction.")
    # On SQLite a transaction that writes is alone anyway.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
