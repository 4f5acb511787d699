"""Reads of blocks."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from community.models import Block, Member


def of(member: Member) -> QuerySet[Block]:
    """Whom the member blocked, the latest first."""
    return Block.objects.filter(member=member).select_related("blocked__standing").order_by("-at", "-id")[:200]


def among(member: Member | None, authors: Iterable[int]) -> set[int]:
    """Which of the ``authors`` the member blocked; costs nothing for a visitor."""
    if member is None:
        return set()
    rows = Block.objects.filter(member=member, blocked__in=set(authors)).order_by()
    return set(rows.values_list("blocked_id", flat=True))


def is_blocked(member: Member | None, other: Member) -> bool:
    """Whether the member blocked ``other``."""
    return bool(among(member, [other.pk]))
