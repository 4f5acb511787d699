"""Helpful votes: find a review helpful, and take that back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from community import activity
from community.models import Activity, HelpfulVote, Member, Review
from community.refusals import Refusal
from community.services import reviews, telling, threads


class OwnReview(Refusal):
    """Nobody votes for themselves."""

    code = "own_review"
    message = _("This is your own review. Others decide whether it helped.")
    status = 403


@transaction.atomic
def cast(*, review: Review, voter: Member, helpful: bool, at: datetime) -> Review:
    """Find ``review`` helpful, or no longer; the same again changes nothing. Returns it with its new count.

    Raises ``OwnReview`` and ``threads.Gone``.
    """
    review = reviews.lock(review.pk)
    if review.author_id == voter.pk:
        raise OwnReview
    if not review.is_visible:
        raise threads.Gone
    vote, _created = HelpfulVote.objects.get_or_create(review=review, voter=voter, defaults={"at": at})
    if vote.value == helpful:
        return review
    step = int(helpful) - vote.value
    vote.value, vote.at, vote.rounds = int(helpful), at, vote.rounds + int(helpful)
    vote.save(update_fields=["value", "at", "rounds"])
    Review.objects.filter(pk=review.pk).update(helpful_count=F("helpful_count") + step)
    review.helpful_count += step
    key = f"{activity.REVIEW_FOUND_HELPFUL}:{review.pk}:{voter.pk}:{vote.rounds}"
    if helpful:
        activity.record(
            verb=activity.REVIEW_FOUND_HELPFUL,
            key=key,
            actor=voter,
            beneficiary=review.author,
            subject=("review", review.pk),
            at=at,
            facts=reviews.facts(review),
        )
    else:
        activity.undo(key=key, verb=activity.REVIEW_HELPFUL_WITHDRAWN, actor=voter, at=at)
    return review


def told(deed: Activity, review: Any) -> Iterator[telling.Told]:
    """A vote is told to who wrote the review, all votes in one line."""
    yield telling.Told({review.author_id}, group=f"review-{review.pk}")
