"""Doors to reviews, and what a person may do with one."""

from __future__ import annotations

from dataclasses import dataclass

from community.access.people import NotFound, Person, moderates, speaks_for_brand
from community.models import Member, Review


@dataclass(frozen=True, slots=True)
class ReviewPowers:
    """What a person may do with a review; its page offers no more than that."""

    edit: bool = False
    delete: bool = False
    vote: bool = False
    reply: bool = False


def powers_over_review(review: Review, person: Person, *, moderator: bool, brand: bool) -> ReviewPowers:
    """What the person may do; ``moderator`` and ``brand`` are asked once a page."""
    if not isinstance(person, Member):
        return ReviewPowers()
    own = review.author_id == person.pk
    return ReviewPowers(
        edit=own and not review.deleted_at,
        delete=_may_delete(review, person, moderator=moderator),
        vote=not own and review.is_visible,
        reply=brand and review.is_visible,
    )


def review_for(person: Person, pk: int) -> Review:
    """The review to read; its author and moderators also get one that nobody else sees. Raises ``NotFound``."""
    review = (
        Review.objects.select_related("author__standing", "product", "reply__author")
        .filter(pk=pk, product__is_active=True)
        .first()
    )
    if review is None or not (review.is_visible or _owns(review, person) or moderates(person)):
        raise NotFound
    return review


def own_review_for(person: Person, pk: int) -> Review:
    """The review to change: nobody rewrites what somebody else says. Raises ``NotFound`` for all but its author."""
    review = review_for(person, pk)
    if not _owns(review, person):
        raise NotFound
    return review


def deletable_review_for(person: Person, pk: int) -> Review:
    """The review to delete or restore. Raises ``NotFound`` for everybody but author and moderators.

    What a moderator deleted, its author does not bring back.
    """
    review = review_for(person, pk)
    if not isinstance(person, Member) or not _may_delete(review, person, moderator=moderates(person)):
        raise NotFound
    return review


def review_to_answer_for(person: Person, pk: int) -> Review:
    """The review to reply to. Raises ``NotFound`` for everybody who does not speak for the brand."""
    review = review_for(person, pk)
    if not speaks_for_brand(person):
        raise NotFound
    return review


def _owns(review: Review, person: Person) -> bool:
    return isinstance(person, Member) and review.author_id == person.pk


def _may_delete(review: Review, member: Member, *, moderator: bool) -> bool:
    return moderator or (_owns(review, member) and review.deleted_by_id in {None, member.pk})
