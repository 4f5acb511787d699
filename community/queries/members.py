"""Reads of members: what one of them contributed."""

from __future__ import annotations

from django.db.models import QuerySet

from community import keyset
from community.models import Answer, Member, Thread, visible
from community.queries.threads import with_bylines

ORDER = ("-created_at", "-id")


def answers(member: Member, *, cursor: str | None, size: int = 20) -> keyset.Page[Answer]:
    """The member's answers in threads that everybody sees, newest first."""
    rows = Answer.objects.visible().filter(visible("thread"), author=member)
    return keyset.paginate(rows.select_related("thread__product"), order=ORDER, cursor=cursor, size=size)


def threads(member: Member, shown: QuerySet[Thread], *, cursor: str | None, size: int = 20) -> keyset.Page[Thread]:
    """The member's questions among ``shown``, newest first."""
    return keyset.paginate(with_bylines(shown.filter(author=member)), order=ORDER, cursor=cursor, size=size)
