"""Comments under ideas: write, delete and restore."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from community import activity, words
from community.models import Idea, IdeaComment, Member
from community.services import ideas, mentions, screening, texts


@transaction.atomic
def create(*, idea: Idea, author: Member, body: str, at: datetime) -> IdeaComment:
    """Comment on an idea; what somebody has to look at first is stored and not shown.

    Raises ``ideas.IdeaGone`` and what ``screening.check`` raises.
    """
    body = words.line(body)
    finding = screening.check(author=author, texts=(body,))
    idea = ideas.lock_present(idea.pk)
    if not idea.is_visible:
        raise ideas.IdeaGone
    comment = IdeaComment.objects.create(
        idea=idea,
        author=author,
        body=body,
        html=texts.remark(body),
        created_at=at,
        hidden_at=at if finding.hides else None,
    )
    screening.queue(kind="idea_comment", post=comment, finding=finding, at=at)
    if comment.is_visible:
        _count(comment, 1)
        _note_creation(comment, idea, at)
    return comment


@transaction.atomic
def delete(*, comment: IdeaComment, by: Member, at: datetime) -> None:
    """Take a comment away. Twice is once."""
    comment = _lock(comment)
    if IdeaComment.objects.filter(pk=comment.pk, deleted_at=None).update(deleted_at=at, deleted_by=by):
        if comment.hidden_at is None:
            _count(comment, -1)
        _note(comment, activity.IDEA_COMMENT_DELETED, by, at)


@transaction.atomic
def restore(*, comment: IdeaComment, by: Member, at: datetime) -> None:
    """Show a deleted comment again. Twice is once."""
    comment = _lock(comment)
    gone = IdeaComment.objects.filter(pk=comment.pk, deleted_at__isnull=False)
    if gone.update(deleted_at=None, deleted_by=None):
        if comment.hidden_at is None:
            _count(comment, 1)
        _note(comment, activity.IDEA_COMMENT_RESTORED, by, at)


@transaction.atomic
def hide(*, comment: IdeaComment, by: Member, at: datetime) -> None:
    """Take a comment away from everybody. Twice is once."""
    comment = _lock(comment)
    if IdeaComment.objects.filter(pk=comment.pk, hidden_at=None).update(hidden_at=at):
        if comment.deleted_at is None:
            _count(comment, -1)
        _note(comment, activity.IDEA_COMMENT_HIDDEN, by, at)


@transaction.atomic
def show(*, comment: IdeaComment, by: Member, at: datetime) -> None:
    """Show a hidden comment; one that waited from the start counts as written now. Twice is once."""
    comment = _lock(comment)
    if not IdeaComment.objects.filter(pk=comment.pk, hidden_at__isnull=False).update(hidden_at=None):
        return
    _note(comment, activity.IDEA_COMMENT_SHOWN, by, at)
    if comment.deleted_at is None:
        _count(comment, 1)
        if not activity.recorded(f"{activity.IDEA_COMMENT_CREATED}:{comment.pk}"):
            _note_creation(comment, comment.idea, at)


def _lock(comment: IdeaComment) -> IdeaComment:
    """Lock the idea, then read the comment as it is now."""
    idea = ideas.lock(comment.idea_id)
    fresh = IdeaComment.objects.select_related("author").get(pk=comment.pk)
    fresh.idea = idea
    return fresh


def _note_creation(comment: IdeaComment, idea: Idea, at: datetime) -> None:
    activity.record(
        verb=activity.IDEA_COMMENT_CREATED,
        key=f"{activity.IDEA_COMMENT_CREATED}:{comment.pk}",
        actor=comment.author,
        beneficiary=idea.author,
        subject=("idea_comment", comment.pk),
        at=at,
        facts=_facts(comment),
    )
    mentions.record(post=comment, by=comment.author, at=at)


def _count(comment: IdeaComment, step: int) -> None:
    Idea.objects.filter(pk=comment.idea_id).update(comment_count=F("comment_count") + step)


def _note(comment: IdeaComment, verb: str, by: Member, at: datetime) -> None:
    activity.repeat(verb=verb, actor=by, subject=("idea_comment", comment.pk), at=at, facts=_facts(comment))


def _facts(comment: IdeaComment) -> dict[str, object]:
    return {"idea": comment.idea_id, "comment": comment.pk}
