"""Comments: write, delete and restore."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from community import activity, markdown, words
from community.models import Answer, Comment, Member, Thread
from community.services import threads


@transaction.atomic
def create(*, thread: Thread, answer: Answer | None, author: Member, body: str, at: datetime) -> Comment:
    """Comment on the question, or on ``answer`` of it. Raises ``threads.Gone``."""
    thread = threads.lock(thread.pk)
    # Read anew under the lock: the answer may have gone since it was fetched.
    if not thread.is_visible or (answer and not thread.answers.visible().filter(pk=answer.pk).exists()):
        raise threads.Gone
    body = words.line(body)
    comment = Comment.objects.create(
        thread=thread,
        answer=answer,
        author=author,
        body=body,
        html=markdown.render_inline(body),
        created_at=at,
    )
    Thread.objects.filter(pk=thread.pk).update(comment_count=F("comment_count") + 1)
    _note(comment, activity.COMMENT_CREATED, author, at)
    return comment


@transaction.atomic
def delete(*, comment: Comment, by: Member, at: datetime) -> None:
    """Hide a comment. Twice is once."""
    if Comment.objects.filter(pk=comment.pk, deleted_at=None).update(deleted_at=at, deleted_by=by):
        Thread.objects.filter(pk=comment.thread_id).update(comment_count=F("comment_count") - 1)
        _note(comment, activity.COMMENT_DELETED, by, at)


@transaction.atomic
def restore(*, comment: Comment, by: Member, at: datetime) -> None:
    """Show a deleted comment again. Twice is once."""
    hidden = Comment.objects.filter(pk=comment.pk, deleted_at__isnull=False)
    if hidden.update(deleted_at=None, deleted_by=None):
        Thread.objects.filter(pk=comment.thread_id).update(comment_count=F("comment_count") + 1)
        _note(comment, activity.COMMENT_RESTORED, by, at)


def _note(comment: Comment, verb: str, by: Member, at: datetime) -> None:
    repetition = "" if verb == activity.COMMENT_CREATED else f":{at.timestamp():.6f}"
    activity.record(
        verb=verb,
        key=f"{verb}:{comment.pk}{repetition}",
        actor=by,
        subject=("comment", comment.pk),
        at=at,
        facts={"comment": comment.pk, "thread": comment.thread_id, "answer": comment.answer_id},
    )
