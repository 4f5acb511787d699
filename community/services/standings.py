"""Standings: where upper apps write the small facts shown beside a name."""

from __future__ import annotations

from collections.abc import Mapping

from community.models import Standing


def put(*, member_id: int, level: int, level_progress: int, pin: Mapping[str, object]) -> None:
    """Store level, its progress (0 to 100) and the featured badge; the role stays as it is."""
    Standing.objects.update_or_create(
        member_id=member_id, defaults={"level": level, "level_progress": level_progress, "pin": dict(pin)}
    )
