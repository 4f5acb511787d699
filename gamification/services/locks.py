"""Locks: whoever changes what members earned waits for whoever does the same for one of them."""

from __future__ import annotations

from collections.abc import Iterable

from community.models import Standing


def members(members: Iterable[int]) -> None:
    """Lock the members until the transaction ends, in one order for all workers."""
    wanted = set(members)
    held = Standing.objects.select_for_update().filter(member__in=wanted).order_by("member_id")
    known = set(held.values_list("member_id", flat=True))
    if missing := sorted(wanted - known):
        Standing.objects.bulk_create((Standing(member_id=member) for member in missing), ignore_conflicts=True)
        list(held.filter(member__in=missing).values_list("member_id", flat=True))
