"""What open tabs are told: a thread's counters, and a member's notifications that no tab has shown yet."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TypedDict

from django.db.models import QuerySet

from community.models import Member, Notification, Thread, visible
from community.queries import notifications

#: A tab that comes back after longer than this finds the rest in the list of notifications.
CATCH_UP = timedelta(hours=24)
AT_ONCE = 20


class ThreadNow(TypedDict):
    """The counters of one thread; ``accepted`` and ``official`` are ids of answers."""

    answers: int
    state: str
    accepted: int | None
    official: int | None


def thread_now(thread_id: int) -> ThreadNow | None:
    """The thread's counters as they are, or ``None`` where it is hidden."""
    return threads_now(Thread.objects.filter(pk=thread_id)).get(thread_id)


def threads_now(threads: QuerySet[Thread]) -> dict[int, ThreadNow]:
    """The counters of those ``threads`` that are not hidden, by id."""
    slots = ("accepted_answer_id", "official_answer_id")
    rows = threads.filter(visible()).order_by("pk").values_list("pk", "answer_count", "state", *slots)
    return {row[0]: ThreadNow(answers=row[1], state=row[2], accepted=row[3], official=row[4]) for row in rows}


def unshown(member: Member, *, at: datetime, without: Collection[int] = ()) -> list[Notification]:
    """Up to ``AT_ONCE`` notifications that no open tab has shown, oldest first, ``without`` those on their way.

    Those of one group are one line that knows the rest of its ``bundle``.
    """
    waiting = Notification.objects.filter(member=member, shown_at=None, created_at__gt=at - CATCH_UP)
    waiting = notifications.readable(waiting.exclude(pk__in=without) if without else waiting)
    return notifications.bundled(waiting.select_related("actor", "thread").order_by("id")[:AT_ONCE])


def unread_count(member: Member) -> int:
    """How many lines the member has not read, counted up to 100."""
    return notifications.count_lines(notifications.unread(member), limit=100)
