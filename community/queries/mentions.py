"""Whom a text may mention: who takes part in the thread first, then members by handle and name."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from community.models import Answer, Comment, Member, Thread, visible

MOST = 8
#: A single letter says too little about a name.
NAME_FROM = 2


def candidates(*, writer: Member, beginning: str, thread: Thread | None) -> list[Member]:
    """At most eight members whose handle or a part of whose name starts with ``beginning``.

    Nobody who blocks ``writer`` or is blocked, and not ``writer``. Without a beginning only who takes part.
    """
    everybody = _matching(writer, beginning)
    taking_part = _participants(thread) if thread else Member.objects.none()
    first = list(everybody.filter(pk__in=taking_part.values("pk")).order_by("display_name", "pk")[:MOST])
    if not beginning or len(first) == MOST:
        return first
    others = everybody.exclude(pk__in=[member.pk for member in first])
    return first + list(others.order_by("handle")[: MOST - len(first)])


def _matching(writer: Member, beginning: str) -> QuerySet[Member]:
    found = Member.objects.filter(is_active=True).exclude(pk=writer.pk).select_related("standing")
    apart = Member.objects.filter(Q(blocks__blocked=writer) | Q(blocked_by__member=writer))
    found = found.exclude(pk__in=apart.values("pk"))
    if not beginning:
        return found
    alike = Q(handle__startswith=beginning.lower())
    if len(beginning) >= NAME_FROM:
        alike |= Q(display_name__istartswith=beginning) | Q(display_name__icontains=f" {beginning}")
    return found.filter(alike)


def _participants(thread: Thread) -> QuerySet[Member]:
    answers = Answer.objects.filter(visible(), thread=thread)
    comments = Comment.objects.filter(visible(), thread=thread)
    return Member.objects.filter(
        Q(pk=thread.author_id) | Q(pk__in=answers.values("author")) | Q(pk__in=comments.values("author"))
    )
