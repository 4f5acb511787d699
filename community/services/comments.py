"""Comments: write, delete and restore."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from community import activity, words
from community.models import Answer, Comment, Member, Thread
from community.services import mentions, screening, texts, threads


@transaction.atomic
def create(*, thread: Thread, answer: Answer | None, author: Member, body: str, at: datetime) -> Comment:
    """Comment on the question, or on ``answer`` of it; what somebody has to look at first is stored and not shown.

    Raises ``threads.Gone`` and what ``screening.check`` raises.
    """
    body = words.line(body)
    finding = screening.check(author=author, texts=(body,))
    thread = threads.lock(thread.pk)
    # Read anew under the lock: the answer may have gone since it was fetched.
    if not thread.is_visible or (answer and not thread.answers.visible().filter(pk=answer.pk).exists()):
        raise threads.Gone
    comment = Comment.objects.create(
        thread=thread,
        answer=answer,
        author=author,
        body=body,
        html=texts.remark(body),
        created_at=at,
        hidden_at=at if finding.hides else None,
    )
    screening.queue(kind="comment", post=comment, finding=finding, at=at)
    if comment.is_visible:
        _count(comment, 1)
        _note_creation(comment, at)
    return comment


@transaction.atomic
def delete(*, comment: Comment, by: Member, at: datetime) -> None:
    """Hide a comment. Twice is once."""
    comment = _lock(comment)
    if comment.deleted_at:
        return
    Comment.objects.filter(pk=comment.pk).update(deleted_at=at, deleted_by=by)
    if not comment.is_hidden:
        _count(comment, -1)
    _note(comment, activity.COMMENT_DELETED, by, at)


@transaction.atomic
def restore(*, comment: Comment, by: Member, at: datetime) -> None:
    """Show a deleted comment again. Twice is once."""
    comment = _lock(comment)
    if not comment.deleted_at:
        return
    Comment.objects.filter(pk=comment.pk).update(deleted_at=None, deleted_by=None)
    if not comment.is_hidden:
        _count(comment, 1)
    _note(comment, activity.COMMENT_RESTORED, by, at)


@transaction.atomic
def hide(*, comment: Comment, by: Member, at: datetime) -> None:
    """Take a comment away from everybody but its author and moderators. Twice is once."""
    comment = _lock(comment)
    if comment.hidden_at:
        return
    Comment.objects.filter(pk=comment.pk).update(hidden_at=at)
    if not comment.deleted_at:
        _count(comment, -1)
    _note(comment, activity.COMMENT_HIDDEN, by, at)


@transaction.atomic
def show(*, comment: Comment, by: Member, at: datetime) -> None:
    """Show a hidden comment; one that waited from the start counts as written now. Twice is once."""
    comment = _lock(comment)
    if not comment.hidden_at:
        return
    Comment.objects.filter(pk=comment.pk).update(hidden_at=None)
    _note(comment, activity.COMMENT_SHOWN, by, at)
    if comment.deleted_at:
        return
    _count(comment, 1)
    if not activity.recorded(f"{activity.COMMENT_CREATED}:{comment.pk}"):
        _note_creation(comment, at)


def _note_creation(comment: Comment, at: datetime) -> None:
    activity.record(
        verb=activity.COMMENT_CREATED,
        key=f"{activity.COMMENT_CREATED}:{comment.pk}",
        actor=comment.author,
        subject=("comment", comment.pk),
        at=at,
        facts=_facts(comment),
    )
    mentions.record(post=comment, by=comment.author, at=at)


def _lock(comment: Comment) -> Comment:
    """Lock the thread, then read the comment as it is now."""
    threads.lock(comment.thread_id)
    return Comment.objects.select_related("author").get(pk=comment.pk)


def _count(comment: Comment, step: int) -> None:
    Thread.objects.filter(pk=comment.thread_id).update(comment_count=F("comment_count") + step)


def _note(comment: Comment, verb: str, by: Member, at: datetime) -> None:
    activity.repeat(verb=verb, actor=by, subject=("comment", comment.pk), at=at, facts=_facts(comment))


def _facts(comment: Comment) -> dict[str, object]:
    return {"comment": comment.pk, "thread": comment.thread_id, "answer": comment.answer_id}
