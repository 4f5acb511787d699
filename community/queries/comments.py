"""Reads of comments: those below one post, page by page."""

from __future__ import annotations

from community import keyset
from community.models import Answer, Comment, Thread

ORDER = ("created_at", "id")


def page(thread: Thread, answer: Answer | None, *, cursor: str | None, size: int = 20) -> keyset.Page[Comment]:
    """One page of the comments under the question, or under ``answer`` of it, oldest first."""
    rows = Comment.objects.visible().filter(thread=thread, answer=answer).select_related("author__standing")
    return keyset.paginate(rows, order=ORDER, cursor=cursor, size=size)
