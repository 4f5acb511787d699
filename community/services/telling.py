"""Telling: from journal to notifications about one's own threads and answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from community import activity
from community.models import Activity, Answer, Comment, Delivery, Notification, Thread, visible
from community.services import notifications

WORTH_TELLING = (activity.ANSWER_CREATED, activity.ANSWER_ACCEPTED, activity.COMMENT_CREATED)

#: What was done longer ago is found in the list of notifications and interrupts nobody.
FRESH = timedelta(hours=1)


def handle(deliveries: list[Delivery]) -> None:
    """Store who is to be told of this batch: never of one's own deed, nor of something deleted since."""
    activities = [delivery.activity for delivery in deliveries]
    alive = _alive(activities)
    notifications.tell([row for deed in activities if deed.pk in alive for row in _rows(deed, alive[deed.pk])])


def _alive(activities: list[Activity]) -> dict[int, Answer | Comment]:
    """The post that each activity is about, where it and its thread are still there."""
    ids = {kind: [a.subject_id for a in activities if a.subject_kind == kind] for kind in ("answer", "comment")}
    answers = (
        Answer.objects.select_related("thread").filter(visible(), visible("thread"), pk__in=ids["answer"]).in_bulk()
    )
    comments = (
        Comment.objects.select_related("thread", "answer")
        .filter(visible(), visible("thread"), pk__in=ids["comment"])
        .in_bulk()
    )
    posts: dict[str, dict[int, Answer] | dict[int, Comment]] = {"answer": answers, "comment": comments}
    found = {a.pk: posts[a.subject_kind].get(a.subject_id) for a in activities}
    return {a.pk: post for a in activities if (post := found[a.pk]) and not _taken_back(a, post)}


def _taken_back(deed: Activity, post: Answer | Comment) -> bool:
    """Nobody is told of an acceptance that does not stand any more."""
    return deed.verb == activity.ANSWER_ACCEPTED and post.thread.accepted_answer_id != post.pk


def _rows(deed: Activity, post: Answer | Comment) -> Iterator[Notification]:
    now = timezone.now()
    for member in _readers(deed, post) - {deed.actor_id}:
        yield Notification(
            member_id=member,
            kind=deed.verb,
            key=deed.key,
            actor_id=deed.actor_id,
            thread_id=post.thread_id,
            facts={deed.subject_kind: post.pk},
            created_at=deed.at,
            shown_at=now if deed.at < now - FRESH else None,
        )


def _readers(deed: Activity, post: Answer | Comment) -> set[int]:
    thread: Thread = post.thread
    if deed.verb == activity.ANSWER_ACCEPTED:
        return {post.author_id}
    if isinstance(post, Comment) and post.answer is not None:
        return {thread.author_id, post.answer.author_id}
    return {thread.author_id}
