"""Ratings: how many stars a product got, moved by increments in the transaction of the review."""

from __future__ import annotations

from django.db.models import F

from community.models import Rating, Review


def move(review: Review, step: int) -> None:
    """Let the product's rating count ``review`` as it is, ``step`` times more."""
    Rating.objects.get_or_create(product_id=review.product_id)
    columns = [column(review), *(["verified"] if review.verified and review.independent else [])]
    Rating.objects.filter(product_id=review.product_id).update(**{name: F(name) + step for name in columns})


def column(review: Review) -> str:
    """Where the rating counts the stars of ``review``: a sample never counts among the others."""
    return f"{'stars' if review.independent else 'sample'}_{review.stars}"
