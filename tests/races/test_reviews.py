"""Many who review, vote and change their minds at the same moment leave exact ratings."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from django.utils import timezone

from community.models import Member, Product, Rating, Review
from community.services import review_votes, reviews, samples
from community.services.reviews import Content
from tests import factories
from tests.races.crowd import at_once, differences

pytestmark = pytest.mark.django_db(transaction=True)
CROWD = 20


def write(product: Product, author: Member, stars: int) -> None:
    content = Content(stars=stars, title="After a month", body="It does what it says.")
    reviews.create(product=product, author=author, content=content, at=timezone.now())


def change(review: Review, stars: int) -> None:
    content = Content(stars=stars, title="After a year", body="It still does what it says.")
    reviews.edit(review=review, by=review.author, content=content, at=timezone.now())


def move(review: Review, deed: Callable[..., None]) -> None:
    deed(review=review, by=review.author, at=timezone.now())


def people(number: int) -> list[Member]:
    made: list[Member] = factories.many(factories.member, number)
    return made


def test_the_first_reviews_of_a_product_all_count() -> None:
    product = factories.product()
    outcome = at_once([partial(write, product, author, n % 5 + 1) for n, author in enumerate(people(CROWD))])
    assert (outcome.errors, outcome.refusals) == ([], [])
    assert Rating.objects.get(product=product).histogram == dict.fromkeys((5, 4, 3, 2, 1), CROWD // 5)
    assert differences() == []


def test_one_member_who_sends_it_often_has_one_review() -> None:
    product, author = factories.product(), factories.member()
    outcome = at_once([partial(write, product, author, 4)] * CROWD)
    assert (outcome.errors, outcome.refusals) == ([], ["already_reviewed"] * (CROWD - 1))
    assert Rating.objects.get(product=product).count == 1


def test_changing_hiding_voting_and_labelling_at_once_leaves_exact_counters() -> None:
    review, now = factories.review(stars=5), timezone.now()
    deeds: list[Callable[[], object]] = [
        *(partial(change, review, stars) for stars in (1, 2, 3, 4, 5)),
        *(partial(move, review, reviews.hide) for _ in range(3)),
        *(partial(move, review, reviews.show) for _ in range(3)),
        *(partial(review_votes.cast, review=review, voter=voter, helpful=True, at=now) for voter in people(6)),
        partial(samples.grant, member=review.author, product=review.product, by=None, at=now),
        partial(factories.purchase, review.author, review.product),
    ]
    outcome = at_once(deeds)
    assert (outcome.errors, set(outcome.refusals) - {"gone"}) == ([], set())
    assert differences() == []
    review.refresh_from_db()
    assert (review.disclosure, review.verified) == ("free", True)


def test_a_review_and_its_sample_at_the_same_moment_end_labelled() -> None:
    product, authors = factories.product(), people(CROWD // 2)
    grants = [partial(samples.grant, member=author, product=product, by=None, at=timezone.now()) for author in authors]
    outcome = at_once([*grants, *(partial(write, product, author, 5) for author in authors)])
    assert outcome.errors == []
    assert Rating.objects.get(product=product).samples[5] == CROWD // 2
    assert differences() == []
