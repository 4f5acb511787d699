"""Replies: what the brand says to a review, once; it can be changed and withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction

from community import activity, freshness, words
from community.models import Activity, Member, Review, ReviewReply
from community.services import reviews, telling, texts, threads


@transaction.atomic
def put(*, review: Review, by: Member, body: str, at: datetime) -> ReviewReply:
    """Reply to ``review`` for the brand, or change that reply. Raises ``threads.Gone``."""
    review = reviews.lock(review.pk)
    if not review.is_visible:
        raise threads.Gone
    body = words.lines(body)
    html = texts.stored(body, author=by)
    reply = ReviewReply.objects.filter(review=review).first()
    if reply is None:
        reply = ReviewReply.objects.create(review=review, author=by, body=body, html=html, created_at=at)
        _note(reply, by, at)
        return reply
    again = reply.withdrawn_at is not None
    reply.author, reply.body, reply.html, reply.withdrawn_at = by, body, html, None
    if again:
        reply.created_at, reply.edited_at, reply.rounds = at, None, reply.rounds + 1
    else:
        reply.edited_at = at
    reply.save()
    if again:
        _note(reply, by, at)
    transaction.on_commit(freshness.changed, robust=True)
    return reply


@transaction.atomic
def withdraw(*, review: Review, by: Member, at: datetime) -> None:
    """Take the reply back. Twice is once."""
    reviews.lock(review.pk)
    reply = ReviewReply.objects.filter(review=review, withdrawn_at=None).first()
    if reply is None:
        return
    ReviewReply.objects.filter(pk=reply.pk).update(withdrawn_at=at)
    activity.undo(key=_key(reply), verb=activity.REVIEW_REPLY_WITHDRAWN, actor=by, at=at)


def told(deed: Activity, review: Any) -> Iterator[telling.Told]:
    """A reply is told to who wrote the review."""
    yield telling.Told({review.author_id})


def _key(reply: ReviewReply) -> str:
    return f"{activity.REVIEW_REPLIED}:{reply.review_id}:{reply.rounds}"


def _note(reply: ReviewReply, by: Member, at: datetime) -> None:
    activity.record(
        verb=activity.REVIEW_REPLIED,
        key=_key(reply),
        actor=by,
        beneficiary=reply.review.author,
        subject=("review", reply.review_id),
        at=at,
        facts=reviews.facts(reply.review),
    )
