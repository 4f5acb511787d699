"""Reads of comments: those below one post, page by page."""

from __future__ import annotations

from django.db.models import Q

from community import keyset
from community.models import Answer, Comment, Member, Thread, visible

ORDER = ("created_at", "id")


def page(
    thread: Thread, answer: Answer | None, *, viewer: Member | None, cursor: str | None, size: int = 20
) -> keyset.Page[Comment]:
    """One page of the comments under the question, or under ``answer`` of it, oldest first.

    Hidden ones appear to their authors, who see that they wait for a look.
    """
    shown = visible() | Q(author=viewer, deleted_at=None) if viewer else visible()
    rows = Comment.objects.filter(shown, thread=thread, answer=answer).select_related("author__standing")
    return keyset.paginate(rows, order=ORDER, cursor=cursor, size=size)
