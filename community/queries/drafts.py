"""Reads of drafts."""

from __future__ import annotations

from community.models import Draft, Member


def of(member: Member, kind: Draft.Kind, target: int = 0) -> Draft | None:
    """What the member was writing there, if anything."""
    return Draft.objects.filter(member=member, kind=kind, target=target).order_by("pk").first()
