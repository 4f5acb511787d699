"""Reads of revisions: the history of a post, newest first, each version beside the one before it."""

from __future__ import annotations

from community import differences, keyset
from community.models import Answer, Revision, Thread

ORDER = ("-number", "-id")
SIZE = 10


def page(post: Thread | Answer, *, cursor: str | None) -> keyset.Page[Revision]:
    """One page of the versions of ``post``; each carries the ``former`` one and what changed as ``pieces``."""
    of_post = {"answer": post} if isinstance(post, Answer) else {"thread": post}
    rows = Revision.objects.filter(**of_post).select_related("author__standing", "restores")
    found = keyset.paginate(rows, order=ORDER, cursor=cursor, size=SIZE)
    numbers = [revision.number for revision in found]
    first = Revision.objects.filter(**of_post, number=min(numbers) - 1).order_by("pk").first() if numbers else None
    for revision, former in zip(found, [*found.results[1:], first], strict=False):
        _compare(revision, former)
        vars(revision)["is_present"] = found.previous is None and revision is found.results[0]
    return found


def _compare(revision: Revision, former: Revision | None) -> None:
    title, body = (former.title, former.body) if former else (revision.title, revision.body)
    vars(revision).update(
        former=former,
        title_pieces=differences.pieces(title, revision.title),
        pieces=differences.pieces(body, revision.body),
    )
