"""Reviews through the pages: who may do what, the form without script, the product's page and what it costs."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from community.models import Activity, Member, Product, Review, ReviewReply, Role
from community.services import review_replies, review_votes, reviews
from tests import factories

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Member], Client]

TO_SIGN_IN, DONE, INVALID, FORBIDDEN, NOT_FOUND = 302, 303, 422, 403, 404
SAID = {"stars": "4", "title": "Great shots, narrow tank", "body": "Steady from the second shot on."}

#: address, form, then the status for stranger, member, author, ambassador, agent, manager.
DEEDS: list[tuple[str, dict[str, str], tuple[int, ...]]] = [
    ("/products/aurora/reviews/new/", SAID, (TO_SIGN_IN, DONE, 409, DONE, DONE, DONE)),
    ("/products/aurora/reviews/hints/", SAID, (TO_SIGN_IN, 200, 200, 200, 200, 200)),
    ("/reviews/{pk}/edit/", SAID, (TO_SIGN_IN, NOT_FOUND, DONE, NOT_FOUND, NOT_FOUND, NOT_FOUND)),
    ("/reviews/{pk}/delete/", {}, (TO_SIGN_IN, NOT_FOUND, DONE, NOT_FOUND, NOT_FOUND, DONE)),
    ("/reviews/{pk}/restore/", {}, (TO_SIGN_IN, NOT_FOUND, DONE, NOT_FOUND, NOT_FOUND, DONE)),
    ("/reviews/{pk}/helpful/", {"value": "1"}, (TO_SIGN_IN, DONE, FORBIDDEN, DONE, DONE, DONE)),
    ("/reviews/{pk}/reply/", {"body": "Thank you."}, (TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, DONE, DONE)),
    ("/reviews/{pk}/reply/withdraw/", {}, (TO_SIGN_IN, NOT_FOUND, NOT_FOUND, NOT_FOUND, DONE, DONE)),
]


@pytest.fixture
def product() -> Product:
    return factories.product("aurora", price="1290.00")


@pytest.fixture
def review(product: Product) -> Review:
    return factories.review(product, stars=5)


def photo() -> SimpleUploadedFile:
    """A picture that says where it was taken."""
    data, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = "At home, 48.137 11.575"
    Image.new("RGB", (40, 30), "brown").save(data, "JPEG", exif=exif)
    return SimpleUploadedFile("cup.jpg", data.getvalue(), "image/jpeg")


@pytest.mark.parametrize("row", DEEDS, ids=lambda row: row[0])
def test_who_may_do_what(
    client_for: ClientFor, review: Review, row: tuple[str, dict[str, str], tuple[int, ...]]
) -> None:
    path, form, expected = row
    people = (
        factories.member("Jonas Weber"),
        review.author,
        factories.ambassador(),
        factories.member("Ben Okafor", Role.AGENT),
        factories.member("Clara Weiss", Role.MANAGER),
    )
    clients = (Client(), *(client_for(person) for person in people))
    assert tuple(client.post(path.format(pk=review.pk), form).status_code for client in clients) == expected


def test_what_a_moderator_deleted_its_author_does_not_bring_back(client_for: ClientFor, review: Review) -> None:
    reviews.delete(review=review, by=factories.member("Clara Weiss", Role.MANAGER), at=timezone.now())
    assert client_for(review.author).post(f"/reviews/{review.pk}/restore/").status_code == NOT_FOUND


class TestTheForm:
    def test_photos_are_encoded_anew_and_say_nothing_about_where(self, client_for: ClientFor, product: Product) -> None:
        client = client_for(factories.member())
        answer = client.post("/products/aurora/reviews/new/", {**SAID, "photos": [photo(), photo()]})
        assert answer.status_code == DONE
        stored = Review.objects.get()
        assert (stored.photo_count, [row.width for row in stored.photos.all()]) == (2, [40, 40])
        with stored.photos.all()[0].file.open() as file, Image.open(file) as image:
            assert (image.format, len(image.getexif())) == ("WEBP", 0)

    def test_a_photo_can_be_removed(self, client_for: ClientFor, product: Product) -> None:
        client = client_for(factories.member())
        client.post("/products/aurora/reviews/new/", {**SAID, "photos": [photo()]})
        review = Review.objects.get()
        kept = review.photos.get()
        client.post(f"/reviews/{review.pk}/edit/", {**SAID, "remove": [kept.pk]})
        review.refresh_from_db()
        assert (review.photo_count, review.photos.count()) == (0, 0)

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"stars": ""}, "stars"),
            ({"stars": "6"}, "stars"),
            ({"title": " "}, "title"),
            ({"body": ""}, "body"),
            ({"owned_since": "2999-01-01"}, "owned_since"),
            ({"pros": "\n".join("abcdefg")}, "pros"),
            ({"photos": SimpleUploadedFile("x.jpg", b"no picture", "image/jpeg")}, "photos"),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field(
        self, client_for: ClientFor, product: Product, change: dict[str, Any], field: str
    ) -> None:
        answer = client_for(factories.member()).post("/products/aurora/reviews/new/", {**SAID, **change})
        assert (answer.status_code, list(answer.context["form"].errors), Review.objects.count()) == (
            INVALID,
            [field],
            0,
        )

    def test_sent_twice_it_is_one_review(self, client_for: ClientFor, product: Product) -> None:
        client = client_for(factories.member())
        form = {**SAID, "key": "3b9ac9ff-0000-4000-8000-000000000001"}
        answers = [client.post("/products/aurora/reviews/new/", form) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [DONE, DONE]
        assert Review.objects.count() == 1

    def test_a_label_that_stands_is_not_offered_again(self, client_for: ClientFor, product: Product) -> None:
        review = factories.review(product, disclosure="free")
        client = client_for(review.author)
        assert "disclosure" not in client.get(f"/reviews/{review.pk}/edit/").context["form"].fields
        client.post(f"/reviews/{review.pk}/edit/", {**SAID, "disclosure": ""})
        review.refresh_from_db()
        assert (review.disclosure, review.title) == ("free", SAID["title"])

    def test_who_has_a_review_changes_that(self, client_for: ClientFor, review: Review) -> None:
        answer = client_for(review.author).get("/products/aurora/reviews/new/")
        assert answer["Location"] == f"/reviews/{review.pk}/edit/"

    def test_who_buys_it_again_is_offered_to_change_it(self, client_for: ClientFor, review: Review) -> None:
        for _month in range(2):
            factories.purchase(review.author, review.product)
        client = client_for(review.author)
        page = client.get("/products/aurora/").content.decode()
        assert ("Change your review" in page, f'href="/reviews/{review.pk}/edit/"' in page) == (True, True)
        assert "/products/aurora/reviews/new/" not in page
        reviews.delete(review=review, by=review.author, at=timezone.now())
        page = client.get("/products/aurora/").content.decode()
        assert ("Your review</a>" in page, f'href="?review={review.pk}#review-{review.pk}"' in page) == (True, True)


class TestThePage:
    def test_hidden_and_deleted_reviews_are_nowhere(self, client_for: ClientFor, review: Review) -> None:
        reviews.hide(review=review, by=review.author, at=timezone.now())
        for path in ("/products/aurora/", f"/products/aurora/?review={review.pk}", "/products/"):
            assert review.title not in Client().get(path).content.decode()
        assert review.title in client_for(review.author).get("/products/aurora/").content.decode()

    def test_filters_narrow_the_list(self, product: Product) -> None:
        for stars in (1, 3, 5):
            factories.review(product, stars=stars, title=f"With {stars}")

        def shown(query: str) -> list[int]:
            return [one.stars for one in Client().get(f"/products/aurora/?{query}").context["shown_reviews"]]

        assert [shown(query) for query in ("sort=new", "stars=3", "show=critical&sort=new", "stars=9x")] == [
            [5, 3, 1],
            [3],
            [3, 1],
            [5, 3, 1],
        ]

    def test_a_link_leads_to_a_review_that_is_far_down(self, product: Product) -> None:
        first = factories.review(product, stars=1)
        factories.many(factories.review, 10, product)
        plain, linked = (Client().get(f"/products/aurora/{query}") for query in ("?sort=new", f"?review={first.pk}"))
        assert first not in plain.context["shown_reviews"]
        assert linked.context["shown_reviews"][0] == first

    def test_search_engines_read_the_average_without_samples(self, product: Product) -> None:
        factories.review(product, stars=4, title="Bought </script><b>it")
        factories.review(product, stars=5, disclosure="free")
        page = Client().get("/products/aurora/").content.decode()
        found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
        assert found is not None
        data = json.loads(found[1])
        assert data["aggregateRating"] == {
            "@type": "AggregateRating",
            "ratingValue": 4.0,
            "reviewCount": 1,
            "bestRating": 5,
            "worstRating": 1,
        }
        assert [one["name"] for one in data["review"]] == ["Bought </script><b>it"]
        assert data["offers"]["price"] == "1290.00"

    def test_the_reply_stands_below_until_it_is_withdrawn(self, client_for: ClientFor, review: Review) -> None:
        ben = factories.member("Ben Okafor", Role.AGENT)
        client = client_for(ben)
        client.post(f"/reviews/{review.pk}/reply/", {"body": "The manual **now** says so."})
        assert "The manual <strong>now</strong> says so." in Client().get("/products/aurora/").content.decode()
        client.post(f"/reviews/{review.pk}/reply/withdraw/")
        assert ReviewReply.objects.get().withdrawn_at is not None

    def test_a_visitor_sees_a_new_review_at_once(
        self, client_for: ClientFor, product: Product, django_capture_on_commit_callbacks: Any
    ) -> None:
        Client().get("/products/aurora/")
        with django_capture_on_commit_callbacks(execute=True):
            client_for(factories.member()).post("/products/aurora/reviews/new/", SAID)
        assert SAID["title"] in Client().get("/products/aurora/").content.decode()
        assert Activity.objects.filter(verb="review.created").count() == 1


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_costs_the_same_however_much_is_said(
    rows: int, client_for: ClientFor, product: Product, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    reader, ben = factories.member(), factories.member("Ben Okafor", Role.AGENT)
    for review in factories.many(factories.review, rows, product):
        review_votes.cast(review=review, voter=reader, helpful=True, at=timezone.now())
        review_replies.put(review=review, by=ben, body="Thank you.", at=timezone.now())
    factories.many(factories.thread, rows, reader, product=product)
    factories.many(factories.product, rows)
    member = client_for(reader)
    for path, anonymous, signed_in in (
        ("/products/aurora/", 7, 16),
        ("/products/aurora/?sort=new&stars=4", 7, 16),
        ("/products/", 2, 6),
    ):
        for client, queries in ((Client(), anonymous), (member, signed_in)):
            client.get(path)
            with django_assert_num_queries(queries, info=f"{rows} rows at {path}"):
                client.get(f"{path}{'&' if '?' in path else '?'}fresh=1")
