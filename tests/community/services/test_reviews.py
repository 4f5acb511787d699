"""Reviews: one for each member and product, with a rating that is right at once and labels that stay."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from community.models import Activity, Brand, Case, Member, Product, Rating, Review, Role
from community.services import brands, ratings, reviews, samples, threads
from community.services.reviews import Content
from tests import factories
from tests.races.crowd import differences
from tests.unchanged import refused, unchanged

pytestmark = pytest.mark.django_db
NOW = timezone.now()
SAID = Content(stars=2, title="Narrow tank", body="One has to pull the whole machine forward.")


def edit(review: Review, by: Member | None = None, content: Content = SAID, **fields: Any) -> Review:
    return reviews.edit(review=review, by=by or review.author, content=content, at=timezone.now(), **fields)


def rating(product: Product) -> dict[str, int]:
    """The columns of the rating that count something."""
    row = Rating.objects.filter(product=product).first() or Rating()
    names = [field.name for field in Rating._meta.get_fields() if field.name not in {"id", "product"}]
    return {name: getattr(row, name) for name in names if getattr(row, name)}


def hold_reviews() -> None:
    brand = Brand.objects.first() or Brand(name="Nordlicht Kaffee")
    brand.reviews_held = True
    brands.store(brand=brand)
    brands.changed()


class TestWriting:
    def test_a_review_counts_in_the_rating_at_once(self) -> None:
        review = factories.review(stars=4, pros="- quiet\n\n• fast ", cons="tank")
        assert rating(review.product) == {"stars_4": 1}
        assert (review.good_points, review.bad_points) == (["quiet", "fast"], ["tank"])
        assert (review.verified, review.disclosure, review.html) == (False, "", f"<p>{review.body}</p>\n")
        assert differences() == []

    def test_the_journal_keeps_no_stars(self) -> None:
        review = factories.review()
        deed = Activity.objects.get(verb="review.created")
        assert deed.facts == {
            "review": review.pk,
            "product": review.product_id,
            "author": review.author_id,
            "verified": False,
            "disclosure": "",
        }

    def test_a_second_one_of_the_same_product_is_refused_even_after_deleting_the_first(self) -> None:
        review = factories.review()
        reviews.delete(review=review, by=review.author, at=NOW)
        with refused(reviews.AlreadyReviewed):
            factories.review(review.product, review.author)

    def test_who_bought_it_is_verified(self) -> None:
        lena, product = factories.member(), factories.product()
        factories.purchase(lena, product)
        assert factories.review(product, lena, stars=5).verified
        assert rating(product) == {"stars_5": 1, "verified": 1}

    def test_an_order_that_comes_later_verifies_and_a_cancelled_one_does_not(self) -> None:
        lena, product = factories.member(), factories.product()
        review = factories.review(product, lena)
        order = factories.purchase(lena, product)
        review.refresh_from_db()
        assert (review.verified, rating(product)) == (True, {"stars_4": 1, "verified": 1})
        later = order.updated_at + timedelta(hours=1)
        factories.purchase(lena, product, number=order.number, status="cancelled", at=NOW, updated_at=later)
        review.refresh_from_db()
        assert (review.verified, rating(product)) == (False, {"stars_4": 1})
        assert differences() == []

    def test_who_buys_it_every_month_has_one_review_and_counts_once(self) -> None:
        lena, product = factories.member(), factories.product()
        orders = [factories.purchase(lena, product, number=f"N-{number}") for number in range(3)]
        review = factories.review(product, lena, stars=5)
        with refused(reviews.AlreadyReviewed):
            factories.review(product, lena, stars=5)
        later = orders[0].updated_at + timedelta(hours=1)
        for order in orders[:2]:
            factories.purchase(lena, product, number=order.number, status="cancelled", at=NOW, updated_at=later)
        review.refresh_from_db()
        assert (review.verified, rating(product)) == (True, {"stars_5": 1, "verified": 1})
        assert differences() == []

    def test_who_sent_it_back_stays_verified(self) -> None:
        lena, product = factories.member(), factories.product()
        order = factories.purchase(lena, product)
        review = factories.review(product, lena)
        later = order.updated_at + timedelta(hours=1)
        factories.purchase(lena, product, number=order.number, status="returned", at=NOW, updated_at=later)
        review.refresh_from_db()
        assert review.verified
        assert differences() == []


class TestChanging:
    def test_the_rating_moves_along(self) -> None:
        review = factories.review(stars=5)
        edit(review)
        assert rating(review.product) == {"stars_2": 1}
        assert differences() == []

    def test_nobody_else_changes_it(self) -> None:
        review, clara = factories.review(), factories.member("Clara Weiss", Role.MANAGER)
        with refused(reviews.NotAuthor):
            edit(review, by=clara)

    def test_a_deleted_one_is_gone(self) -> None:
        review = factories.review()
        reviews.delete(review=review, by=review.author, at=NOW)
        with refused(threads.Gone):
            edit(review)

    @pytest.mark.parametrize(("away", "back"), [("delete", "restore"), ("hide", "show")])
    def test_what_nobody_sees_does_not_count(self, away: str, back: str) -> None:
        review = factories.review(stars=5)
        for deed, counted in ((away, {}), (away, {}), (back, {"stars_5": 1}), (back, {"stars_5": 1})):
            getattr(reviews, deed)(review=review, by=review.author, at=NOW)
            assert rating(review.product) == counted
        assert differences() == []

    def test_hidden_and_deleted_is_away_once(self) -> None:
        review = factories.review(stars=5)
        for deed in (reviews.hide, reviews.delete, reviews.show):
            deed(review=review, by=review.author, at=NOW)
        assert rating(review.product) == {}
        reviews.restore(review=review, by=review.author, at=NOW)
        assert rating(review.product) == {"stars_5": 1}
        assert differences() == []


class TestDisclosure:
    def test_its_author_can_add_it_and_never_take_it_away(self) -> None:
        review = edit(factories.review(stars=5), disclosure="free")
        assert (review.disclosure, rating(review.product)) == ("free", {"sample_2": 1})
        for other in ("", "test"):
            with refused(reviews.DisclosureStands):
                edit(review, disclosure=other)
            with refused(reviews.DisclosureStands):
                reviews.disclose(review=review, by=review.author, disclosure=other, at=NOW)
        assert edit(review).disclosure == "free"
        assert differences() == []

    def test_a_sample_labels_the_review_whatever_its_author_says(self) -> None:
        emil, product = factories.member("Emil Haugen"), factories.product()
        samples.grant(member=emil, product=product, by=None, at=NOW, disclosure="test")
        assert factories.review(product, emil, disclosure="").disclosure == "test"
        assert rating(product) == {"sample_4": 1}

    def test_a_sample_labels_a_review_that_is_there_already(self) -> None:
        review = factories.review(stars=5)
        samples.grant(member=review.author, product=review.product, by=None, at=NOW)
        review.refresh_from_db()
        assert (review.disclosure, rating(review.product)) == ("free", {"sample_5": 1})
        with unchanged():
            reviews.disclose(review=review, by=review.author, disclosure="free", at=NOW)

    def test_deleting_and_restoring_does_not_wash_it_off(self) -> None:
        review = factories.review(disclosure="free")
        reviews.delete(review=review, by=review.author, at=NOW)
        reviews.restore(review=review, by=review.author, at=NOW)
        review.refresh_from_db()
        assert review.disclosure == "free"

    def test_the_team_is_labelled(self) -> None:
        assert factories.review(author=factories.member("Ben Vogt", Role.AGENT)).disclosure == "employee"

    def test_the_brand_can_take_back_a_mistake(self) -> None:
        review = factories.review(stars=5, disclosure="free")
        reviews.disclose(review=review, by=factories.member("Clara Weiss", Role.MANAGER), disclosure="", at=NOW)
        assert rating(review.product) == {"stars_5": 1}
        assert differences() == []

    def test_a_sample_is_never_averaged_with_the_others(self) -> None:
        product = factories.product()
        for stars, disclosure in ((5, "free"), (5, "test"), (2, ""), (3, "")):
            factories.review(product, stars=stars, disclosure=disclosure)
        row = Rating.objects.get(product=product)
        assert (row.average, row.count, row.sample_average, row.sample_count) == (2.5, 2, 5.0, 2)


class TestWaiting:
    def test_a_held_review_waits_and_counts_when_it_is_approved(self) -> None:
        hold_reviews()
        review = factories.review(stars=5)
        assert (review.is_hidden, rating(review.product), list(Activity.objects.filter(verb="review.created"))) == (
            True,
            {},
            [],
        )
        assert Case.objects.get().source == Case.Source.REVIEW
        reviews.show(review=review, by=factories.member("Clara Weiss", Role.MANAGER), at=NOW)
        assert rating(review.product) == {"stars_5": 1}
        assert Activity.objects.filter(verb="review.created").count() == 1

    def test_a_changed_one_waits_again(self) -> None:
        review = factories.review()
        hold_reviews()
        edit(review)
        review.refresh_from_db()
        assert (review.is_hidden, rating(review.product)) == (True, {})
        assert differences() == []

    def test_the_team_does_not_wait(self) -> None:
        hold_reviews()
        assert factories.review(author=factories.member("Ben Vogt", Role.AGENT)).is_visible


def test_the_average_is_rounded_as_people_do_it() -> None:
    assert Rating(stars_4=1, stars_5=3).average == 4.8
    assert Rating(stars_1=1).average == 1.0
    assert Rating().average is None


def test_a_review_counts_in_exactly_one_column() -> None:
    columns = {ratings.column(Review(stars=stars, disclosure=said)) for stars in range(1, 6) for said in ("", "free")}
    assert len(columns) == 10
