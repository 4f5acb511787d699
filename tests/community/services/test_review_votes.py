"""Helpful votes and the brand's reply: once, taken back exactly, never for oneself."""

from __future__ import annotations

import pytest
from django.utils import timezone

from community.models import Activity, Member, Notification, Review, ReviewReply, Role
from community.services import review_replies, review_votes, reviews, threads
from tests import factories
from tests.races.crowd import differences
from tests.unchanged import refused, unchanged

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def cast(review: Review, voter: Member, *, helpful: bool = True) -> int:
    return review_votes.cast(review=review, voter=voter, helpful=helpful, at=NOW).helpful_count


def reply(review: Review, by: Member, body: str = "The manual now says so.") -> ReviewReply:
    return review_replies.put(review=review, by=by, body=body, at=NOW)


def told(member: Member) -> list[str]:
    factories.work_off()
    return list(Notification.objects.filter(member=member).order_by("id").values_list("kind", flat=True))


class TestHelpful:
    def test_it_counts_once_and_is_taken_back(self) -> None:
        review, voter = factories.review(), factories.member()
        assert [cast(review, voter, helpful=value) for value in (True, True, False, False, True)] == [1, 1, 0, 0, 1]
        assert list(
            Activity.objects.filter(beneficiary=review.author).order_by("id").values_list("verb", flat=True)
        ) == [
            "review.found_helpful",
            "review.helpful_withdrawn",
            "review.found_helpful",
        ]
        assert differences() == []

    def test_not_for_oneself(self) -> None:
        review = factories.review()
        with refused(review_votes.OwnReview):
            cast(review, review.author)

    def test_not_for_what_is_gone(self) -> None:
        review, voter = factories.review(), factories.member()
        reviews.hide(review=review, by=review.author, at=NOW)
        with refused(threads.Gone):
            cast(review, voter)

    def test_its_author_hears_of_it_until_it_is_taken_back(self) -> None:
        review, voter = factories.review(), factories.member()
        cast(review, voter)
        assert told(review.author) == ["review.found_helpful"]
        cast(review, voter, helpful=False)
        assert told(review.author) == []


class TestReply:
    def test_there_is_one_and_its_reader_hears_of_it_once(self) -> None:
        review, ben = factories.review(), factories.member("Ben Vogt", Role.AGENT)
        reply(review, ben)
        reply(review, ben, "The manual says so from July on.")
        assert ReviewReply.objects.get().html == "<p>The manual says so from July on.</p>\n"
        assert told(review.author) == ["review.replied"]

    def test_it_can_be_withdrawn_and_written_anew(self) -> None:
        review, ben = factories.review(), factories.member("Ben Vogt", Role.AGENT)
        reply(review, ben)
        review_replies.withdraw(review=review, by=ben, at=NOW)
        assert told(review.author) == []
        with unchanged():
            review_replies.withdraw(review=review, by=ben, at=NOW)
        reply(review, ben)
        assert told(review.author) == ["review.replied"]

    def test_not_to_what_is_gone(self) -> None:
        review, ben = factories.review(), factories.member("Ben Vogt", Role.AGENT)
        reviews.delete(review=review, by=review.author, at=NOW)
        with refused(threads.Gone):
            reply(review, ben)
