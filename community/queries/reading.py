"""Reads about reading: what is new in a thread since a member was there last."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, IntegerField, Max, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from community.models import Answer, Follow, Member, MeToo, Seen, Thread

#: A question of longer ago that somebody never opened is no news to them.
NEWS = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a list shows beside a thread: how many answers are new, and whether the question itself is."""

    unread: int = 0
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Stance:
    """How a member stands to a thread: what they want to hear of it, and whether they have the question too."""

    level: str = ""
    me_too: bool = False


def marks(member: Member, threads: Sequence[Thread], *, at: datetime) -> dict[int, Mark]:
    """What is new in each of ``threads`` to ``member``, in one query. One's own posts are never new."""
    later = Answer.objects.visible().filter(thread=OuterRef("thread"), pk__gt=OuterRef("position"))
    counted = later.exclude(author=member).order_by().values("thread").annotate(n=Count("pk")).values("n")
    rows = Seen.objects.filter(member=member, thread__in=[thread.pk for thread in threads]).order_by()
    number = Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))
    unread = dict(rows.annotate(unread=number).values_list("thread_id", "unread"))
    since = max(at - NEWS, member.joined_at)
    return {
        thread.pk: Mark(
            unread=unread.get(thread.pk, 0),
            is_new=thread.pk not in unread and thread.created_at > since and thread.author_id != member.pk,
        )
        for thread in threads
    }


def position(member: Member, thread: Thread) -> int | None:
    """The newest answer that ``member`` has read, or ``None`` where they never opened the thread."""
    return Seen.objects.filter(member=member, thread=thread).values_list("position", flat=True).first()


def newest(thread: Thread) -> int:
    """The id of the newest answer that everybody sees; 0 without any."""
    found: int | None = Answer.objects.visible().filter(thread=thread).aggregate(newest=Max("pk"))["newest"]
    return found or 0


def first_unread(member: Member, thread: Thread, *, without: Collection[int]) -> Answer | None:
    """The oldest answer of others behind the member's position, ``without`` those that stand elsewhere."""
    read = position(member, thread)
    if read is None:
        return None
    rows = Answer.objects.visible().filter(thread=thread, pk__gt=read).exclude(author=member)
    answer = rows.exclude(pk__in=without).order_by("created_at", "id").first()
    if answer:
        answer.thread = thread
    return answer


def since(thread: Thread, after: int, *, without: Collection[int], count: int) -> list[Answer]:
    """Up to ``count`` answers that came after the one with the id ``after``, in the order of time."""
    rows = Answer.objects.visible().filter(thread=thread, pk__gt=after).exclude(pk__in=without)
    found = list(rows.select_related("author__standing").order_by("created_at", "id")[:count])
    for answer in found:
        answer.thread = thread
    return found


def stance(member: Member, thread: Thread) -> Stance:
    """How ``member`` stands to ``thread``, in one query."""
    level = Follow.objects.filter(member=OuterRef("pk"), thread=thread).values("level")
    too = MeToo.objects.filter(member=OuterRef("pk"), thread=thread, value=1).values("value")
    row = Member.objects.filter(pk=member.pk).order_by().values_list(Subquery(level), Subquery(too)).get()
    return Stance(level=row[0] or "", me_too=bool(row[1]))
