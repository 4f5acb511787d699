"""Reviews in the admin: a manager approves, labels and replies; words and stars stay the author's."""

from __future__ import annotations

import pytest
from django.utils import timezone

from community.models import Rating, Review, ReviewReply, Sample
from community.services import reviews
from tests import factories, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def review() -> Review:
    return factories.review(stars=2)


def test_a_manager_approves_what_waits(review: Review) -> None:
    reviews.hide(review=review, by=review.author, at=timezone.now())
    form = {"action": "approve", "_selected_action": [review.pk], "index": "0"}
    assert staff.browser(staff.manager()).post("/admin/community/review/", form).status_code == 302
    review.refresh_from_db()
    assert (review.is_visible, Rating.objects.get().count) == (True, 1)


def test_a_manager_labels_and_replies_and_rewrites_nothing(review: Review) -> None:
    clara = staff.manager()
    form = {"disclosure": "free", "reply_body": "Thank you.", "title": "Rewritten", "stars": "5", "body": "Rewritten"}
    assert staff.browser(clara).post(f"/admin/community/review/{review.pk}/change/", form).status_code == 302
    fresh = Review.objects.get()
    assert (fresh.disclosure, fresh.title, fresh.stars, fresh.body) == ("free", review.title, 2, review.body)
    assert (ReviewReply.objects.get().author, Rating.objects.get().samples[2]) == (clara, 1)


def test_nobody_decides_about_their_own_review() -> None:
    clara = staff.manager()
    review = factories.review(author=clara)
    assert review.disclosure == "employee"
    form = {"disclosure": "", "reply_body": ""}
    assert staff.browser(clara).post(f"/admin/community/review/{review.pk}/change/", form).status_code == 403
    review.refresh_from_db()
    assert review.disclosure == "employee"


def test_a_sample_that_a_manager_gives_labels_the_review(review: Review) -> None:
    clara = staff.manager()
    form = {"member": review.author_id, "product": review.product_id, "disclosure": "test"}
    assert staff.browser(clara).post("/admin/community/sample/add/", form).status_code == 302
    review.refresh_from_db()
    assert (review.disclosure, Sample.objects.get().granted_by) == ("test", clara)


def test_staff_without_the_permission_see_nothing(review: Review) -> None:
    helper = factories.member(is_staff=True)
    for path in ("review/", f"review/{review.pk}/change/", "sample/add/"):
        assert staff.browser(helper).get(f"/admin/community/{path}").status_code == 403
