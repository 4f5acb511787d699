"""Comments under ideas: write, delete and restore."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from community import activity, markdown, words
from community.models import Idea, IdeaComment, Member
from community.services import ideas


@transaction.atomic
def create(*, idea: Idea, author: Member, body: str, at: datetime) -> IdeaComment:
    """Comment on an idea. Raises ``ideas.IdeaGone``."""
    idea = ideas.lock_present(idea.pk)
    if not idea.is_visible:
        raise ideas.IdeaGone
    body = words.line(body)
    comment = IdeaComment.objects.create(
        idea=idea, author=author, body=body, html=markdown.render_inline(body), created_at=at
    )
    _count(comment, 1)
    _note(comment, activity.IDEA_COMMENT_CREATED, author, at, beneficiary=idea.author)
    return comment


@transaction.atomic
def delete(*, comment: IdeaComment, by: Member, at: datetime) -> None:
    """Take a comment away. Twice is once."""
    ideas.lock(comment.idea_id)
    if IdeaComment.objects.filter(pk=comment.pk, deleted_at=None).update(deleted_at=at, deleted_by=by):
        if comment.hidden_at is None:
            _count(comment, -1)
        _note(comment, activity.IDEA_COMMENT_DELETED, by, at)


@transaction.atomic
def restore(*, comment: IdeaComment, by: Member, at: datetime) -> None:
    """Show a deleted comment again. Twice is once."""
    ideas.lock(comment.idea_id)
    gone = IdeaComment.objects.filter(pk=comment.pk, deleted_at__isnull=False)
    if gone.update(deleted_at=None, deleted_by=None):
        if comment.hidden_at is None:
            _count(comment, 1)
        _note(comment, activity.IDEA_COMMENT_RESTORED, by, at)


def _count(comment: IdeaComment, step: int) -> None:
    Idea.objects.filter(pk=comment.idea_id).update(comment_count=F("comment_count") + step)


def _note(comment: IdeaComment, verb: str, by: Member, at: datetime, *, beneficiary: Member | None = None) -> None:
    repetition = "" if verb == activity.IDEA_COMMENT_CREATED else f":{at.timestamp():.6f}"
    activity.record(
        verb=verb,
        key=f"{verb}:{comment.pk}{repetition}",
        actor=by,
        beneficiary=beneficiary,
        subject=("idea_comment", comment.pk),
        at=at,
        facts={"idea": comment.idea_id, "comment": comment.pk},
    )
