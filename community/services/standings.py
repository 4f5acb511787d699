"""Standings: where upper apps write the small facts shown beside a name."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from community import freshness
from community.models import Standing


def put(*, member_id: int, level: int, level_progress: int, pin: Mapping[str, object]) -> None:
    """Store level, its progress (0 to 100) and the featured badge; the role stays as it is."""
    Standing.objects.update_or_create(
        member_id=member_id, defaults={"level": level, "level_progress": level_progress, "pin": dict(pin)}
    )


def put_tier(*, member_id: int, tier: Mapping[str, str]) -> None:
    """Store the name of an ambassador's tier in each language; an empty one takes it from beside the name."""
    if Standing.objects.filter(member_id=member_id).exclude(tier=dict(tier)).update(tier=dict(tier)):
        transaction.on_commit(freshness.changed, robust=True)
    elif tier:
        Standing.objects.get_or_create(member_id=member_id, defaults={"tier": dict(tier)})
