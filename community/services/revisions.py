"""Revisions: what a post said before, kept when it is changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from community import differences, words
from community.models import Answer, Member, Revision, Thread

#: A slip of the pen: put right this soon by its writer, and smaller than this, it leaves no trace.
GRACE = timedelta(minutes=5)
SMALL = 100


@dataclass(frozen=True, slots=True)
class Change:
    """What belongs to a change beside the new text: why, what it brings back, and the draft that it was."""

    reason: str = ""
    restores: Revision | None = None
    draft: int | None = None


PLAIN = Change()


def keep(
    *, post: Thread | Answer, by: Member, title: str = "", body: str, change: Change = PLAIN, at: datetime
) -> None:
    """Keep the text that ``post`` is about to get, and before the first change also the one that it has.

    To be called under the lock of the thread, before the post changes.
    """
    old_title = post.title if isinstance(post, Thread) else ""
    if (old_title, post.body) == (title, body):
        return
    of_post = {"answer": post} if isinstance(post, Answer) else {"thread": post}
    last = Revision.objects.filter(**of_post).order_by("-number").first()
    if change.restores is None and _is_slip(post, last, by, at) and _changed(old_title, post.body, title, body) < SMALL:
        if last:
            Revision.objects.filter(pk=last.pk).update(title=title, body=body)
        return
    if last is None:
        last = Revision.objects.create(
            **of_post, number=1, author_id=post.author_id, title=old_title, body=post.body, at=post.created_at
        )
    Revision.objects.create(
        **of_post,
        number=last.number + 1,
        author=by,
        title=title,
        body=body,
        reason=words.line(change.reason)[: Revision.REASON_MAX],
        restores=change.restores,
        at=at,
    )


def _is_slip(post: Thread | Answer, last: Revision | None, by: Member, at: datetime) -> bool:
    writer, written = (last.author_id, last.at) if last else (post.author_id, post.created_at)
    return by.pk == writer and at - written <= GRACE


def _changed(old_title: str, old_body: str, title: str, body: str) -> int:
    return differences.changed(old_title, title) + differences.changed(old_body, body)
