"""Removals: delete one's own post, or take somebody else's away with reasons, and bring either back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from community.models import Case, Member, Reason
from community.registry import Flaggable, registry
from community.services import cases, moderation


@transaction.atomic
def remove(*, post: Any, by: Member, at: datetime, reason: str = Reason.OTHER, facts: str = "", rule: str = "") -> None:
    """Delete what ``by`` wrote; what somebody else wrote is removed by a decision, and its author gets the reasons.

    That is the same decision as one of the queue, where it stands and can be undone. Twice is once. Raises
    ``cases.Claimed``, ``cases.Decided`` and what ``sanctions.impose`` raises.
    """
    flaggable = _kind_of(post)
    if post.author_id == by.pk:
        flaggable.delete(post, by=by, at=at)
        return
    if post.deleted_at or _removal_of(flaggable, post):
        return
    case = cases.open_for(kind=flaggable.name, post=post, source=Case.Source.TEAM, reason=reason, at=at)
    moderation.decide(case=case, by=by, remove=True, facts=facts, rule=rule, at=at)


@transaction.atomic
def restore(*, post: Any, by: Member, at: datetime) -> None:
    """Bring a deleted post back; for what a decision removed, the decision is undone and its author is told.

    Nobody undoes a decision about themselves. Twice is once.
    """
    flaggable = _kind_of(post)
    if post.deleted_at:
        flaggable.restore(post, by=by, at=at)
    elif post.author_id != by.pk and (case := _removal_of(flaggable, post)):
        moderation.overturn(case=case, by=by, at=at)


def _kind_of(post: Any) -> Flaggable:
    return next(known for known in registry.flaggables.values() if known.model is type(post))


def _removal_of(flaggable: Flaggable, post: Any) -> Case | None:
    """The decision by which the post is away, if it is."""
    if not post.is_hidden:
        return None
    last = Case.objects.filter(kind=flaggable.name, subject_id=post.pk).order_by("-id").first()
    return last if last is not None and last.outcome == Case.Outcome.REMOVED else None
