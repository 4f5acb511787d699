"""Mentions: ``@handle`` in a post leads to that member's profile and tells them, once for each post."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from community import activity, markdown
from community.models import (
    Activity,
    Answer,
    Comment,
    Delivery,
    FormerHandle,
    Idea,
    IdeaComment,
    Member,
    Notification,
    Review,
    Thread,
)
from community.registry import registry
from community.services import notifications

#: A text calls so many people and no more.
MOST = 10

Mentioning = Thread | Answer | Comment | Review | Idea | IdeaComment
KINDS: Mapping[type[Any], str] = {
    Thread: "thread",
    Answer: "answer",
    Comment: "comment",
    Review: "review",
    Idea: "idea",
    IdeaComment: "idea_comment",
}


def people_in(text: str) -> Mapping[str, str]:
    """The profiles of the members that ``text`` mentions, by the handle that it uses."""
    handles = markdown.mentioned_in(text)[:MOST]
    if not handles:
        return {}
    former = FormerHandle.objects.filter(handle__in=handles, member__is_active=True).select_related("member")
    now = {row.handle: row.member.get_absolute_url() for row in former}
    return now | {member.handle: member.get_absolute_url() for member in _members(text) if member.handle in handles}


def record(*, post: Mentioning, by: Member, at: datetime) -> None:
    """Note in the journal whom a visible post mentions and did not mention before, in the transaction that posts it.

    Nobody is called by themselves, nor by somebody whom they block or who blocks them.
    """
    if not markdown.mentioned_in(post.body):
        return
    known = set(Activity.objects.filter(key__startswith=f"{_stem(post)}:").values_list("key", flat=True))
    callers = {post.author_id, by.pk}
    apart = Q(blocks__blocked__in=callers) | Q(blocked_by__member__in=callers)
    called = _members(post.body).exclude(pk__in=callers).exclude(pk__in=Member.objects.filter(apart).values("pk"))
    for member in called:
        key = f"{_stem(post)}:{member.pk}"
        if key not in known:
            activity.record(
                verb=activity.MEMBER_MENTIONED,
                key=key,
                actor=by,
                beneficiary=member,
                subject=(_kind(post), post.pk),
                at=at,
                facts={**({"thread": thread.pk} if (thread := _thread(post)) else {}), _kind(post): post.pk},
            )


def handle(deliveries: list[Delivery]) -> None:
    """Tell the members of this batch, unless the post has gone or does not mention them any more."""
    notifications.tell([row for delivery in deliveries for row in _rows(delivery.activity)])


def _rows(deed: Activity) -> Iterable[Notification]:
    post = _post(deed)
    member = deed.beneficiary
    if post is None or member is None or member not in _members(post.body):
        return []
    return [
        Notification(
            member=member,
            kind=deed.verb,
            key=deed.key,
            actor_id=deed.actor_id,
            thread=_thread(post),
            subject_kind=deed.subject_kind,
            subject_id=deed.subject_id,
            facts={"address": _address(post)},
            created_at=deed.at,
            shown_at=deed.at if deed.at < timezone.now() - notifications.FRESH else None,
        )
    ]


def _post(deed: Activity) -> Mentioning | None:
    found: Mentioning | None = registry.readable[deed.subject_kind]().filter(pk=deed.subject_id).first()
    return found


def _members(text: str) -> QuerySet[Member]:
    handles = markdown.mentioned_in(text)[:MOST]
    former = FormerHandle.objects.filter(handle__in=handles).values("member")
    return Member.objects.filter(Q(handle__in=handles) | Q(pk__in=former), is_active=True).order_by("pk")


def _thread(post: Mentioning) -> Thread | None:
    if isinstance(post, Thread):
        return post
    return post.thread if isinstance(post, Answer | Comment) else None


def _address(post: Mentioning) -> str:
    return post.get_absolute_url()


def _kind(post: Mentioning) -> str:
    return KINDS[type(post)]


def _stem(post: Mentioning) -> str:
    return f"{activity.MEMBER_MENTIONED}:{_kind(post)}:{post.pk}"
