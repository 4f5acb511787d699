"""Replays as the admin's start page tells them."""

from __future__ import annotations

from gamification.models import Replay


def last() -> Replay | None:
    """The newest replay that is done."""
    return Replay.objects.filter(state=Replay.State.DONE).order_by("-id").first()


def drift() -> int | None:
    """How much the last replay found that was not swapped in since; ``None`` before the first."""
    found = last()
    if found is None:
        return None
    return 0 if found.applied_at else found.differences
