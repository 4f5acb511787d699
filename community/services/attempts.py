"""Attempts to send something: ever later, and after the last one left to the manager."""

from __future__ import annotations

from datetime import datetime, timedelta

MOST = 5


def after_failure(attempts: int, error: Exception, *, at: datetime) -> dict[str, object]:
    """What a row of a queue says after its attempt number ``attempts`` failed: 2, 4, 8, 16 minutes, then parked."""
    return {
        "leased_until": at + timedelta(minutes=2**attempts),
        "parked_at": at if attempts >= MOST else None,
        "error": f"{type(error).__name__}: {error}"[:300],
    }
