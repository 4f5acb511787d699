"""Reads of notifications: the member's list, and whether a thread has some waiting."""

from __future__ import annotations

from community import keyset
from community.models import Member, Notification

ORDER = ("-created_at", "-id")


def page(member: Member, *, cursor: str | None, size: int = 20) -> keyset.Page[Notification]:
    """The newest notifications of ``member``, with what their wording needs."""
    rows = Notification.objects.filter(member=member).select_related("actor__standing", "thread")
    return keyset.paginate(rows, order=ORDER, cursor=cursor, size=size)


def wait_at(member: Member, thread_id: int) -> bool:
    """Whether something about this thread is unread."""
    return Notification.objects.filter(member=member, thread_id=thread_id, read_at=None).exists()
