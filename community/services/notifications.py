"""Notifications: tell a member once, and keep what was shown and read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from community import live
from community.models import Member, Notification


def tell(notifications: Sequence[Notification]) -> None:
    """Store the rows, each once under its (member, key), and hint the members' open tabs after commit."""
    Notification.objects.bulk_create(notifications, ignore_conflicts=True)
    members = {notification.member_id for notification in notifications}
    transaction.on_commit(lambda: hint(members), robust=True)


def hint(members: Iterable[int]) -> None:
    """Say to the open tabs of ``members`` that there is something new to read from the rows."""
    for member in members:
        live.publish(live.member_group(member), {"type": "notifications.changed"})


def mark_shown(*, member: Member, ids: Sequence[int], at: datetime) -> None:
    """An open tab showed these; other and later tabs need not."""
    Notification.objects.filter(member=member, pk__in=ids, shown_at=None).update(shown_at=at)


def mark_read(*, member: Member, at: datetime, thread_id: int | None = None) -> int:
    """Mark everything read, or what concerns one thread; returns how many were unread."""
    unread = Notification.objects.filter(member=member, read_at=None)
    if thread_id is not None:
        unread = unread.filter(thread_id=thread_id)
    changed = unread.update(read_at=at)
    if changed:
        transaction.on_commit(lambda: hint([member.pk]), robust=True)
    return changed
