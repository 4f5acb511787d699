"""Reads of notifications: the member's list and how much of it is unread."""

from __future__ import annotations

from community import keyset
from community.models import Member, Notification

ORDER = ("-created_at", "-id")
#: More than this is shown as this: counting further would cost and tell nobody anything.
COUNTED = 100


def page(member: Member, *, cursor: str | None, size: int = 20) -> keyset.Page[Notification]:
    """The newest notifications of ``member``, with what their wording needs."""
    rows = Notification.objects.filter(member=member).select_related("actor__standing", "thread")
    return keyset.paginate(rows, order=ORDER, cursor=cursor, size=size)


def unread_count(member: Member) -> int:
    """How many notifications wait, counted up to ``COUNTED``."""
    return Notification.objects.filter(member=member, read_at=None).order_by("id")[:COUNTED].count()
