"""Notifications: tell a member once, keep what was shown and read, take back what was undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Concat
from django.utils import timezone

from community import live
from community.models import Member, Notification
from community.queries import notifications as queries
from community.services import channels

#: Beyond this many readers the open tabs find out when they load their next page.
HINTED = 2_000
#: What was done longer ago is found in the list of notifications and interrupts nobody.
FRESH = timedelta(hours=1)


def tell(notifications: Sequence[Notification]) -> None:
    """Store the rows, each once under its (member, key), and hint the members' open tabs after commit.

    Each row goes the way that its member chose for its group; where that is "off", there is no row.
    """
    rows = channels.decide(notifications, at=timezone.now()) if notifications else []
    Notification.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    members = {row.member_id for row in rows}
    transaction.on_commit(lambda: hint(members), robust=True)


def hint(members: Iterable[int]) -> None:
    """Say to the open tabs of ``members`` that there is something new to read from the rows."""
    for member in sorted(members)[:HINTED]:
        live.publish(live.member_group(member), {"type": "notifications.changed"})


def mark_shown(*, member: Member, ids: Sequence[int], at: datetime) -> None:
    """An open tab showed these, and with each the older rows of its group; other and later tabs need not."""
    shown = Notification.objects.filter(
        member=member, pk__in=ids, group=OuterRef("group"), pk__gte=OuterRef("pk")
    ).order_by()
    Notification.objects.filter(Exists(shown), member=member, shown_at=None).update(shown_at=at)


@transaction.atomic
def mark_read(
    *, member: Member, at: datetime, thread_id: int | None = None, subject: tuple[str, int] | None = None
) -> int:
    """Mark everything read, or what concerns one thread or one other subject; returns how many lines were unread.

    What is read is a closed group: the next answer opens a new line.
    """
    unread = queries.unread(member)
    if thread_id is not None:
        unread = unread.filter(thread_id=thread_id)
    if subject is not None:
        unread = unread.filter(subject_kind=subject[0], subject_id=subject[1])
    lines = queries.count_lines(unread)
    if unread.update(read_at=at, group=Concat("group", Value(f"@{int(at.timestamp())}"))):
        transaction.on_commit(lambda: hint([member.pk]), robust=True)
    return lines


def retract(*, keys: Sequence[str], member: Member | None = None) -> None:
    """Take back what was told under ``keys``, to everybody or to ``member`` only: the deed was undone.

    A mail that waits goes without it.
    """
    rows = Notification.objects.filter(key__in=keys) if keys else Notification.objects.none()
    if member is not None:
        rows = rows.filter(member=member)
    members = set(rows.order_by().values_list("member_id", flat=True))
    if members:
        rows.delete()
        transaction.on_commit(lambda: hint(members), robust=True)
