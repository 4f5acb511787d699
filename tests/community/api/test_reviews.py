"""Reviews over the API: bodies, one for each product, labels that stay, and who may do what."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image
from rest_framework.test import APIClient

from community.models import Member, Product, Review, Role
from tests import factories
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db
ApiFor = Callable[[Member | None], APIClient]

REVIEW = {"stars": 4, "title": "Great shots, narrow tank", "body": "Steady from the **second** shot on."}
CHANGE = {"stars": 2}

#: method, address, body, and the status for stranger, member, author, ambassador, agent, moderator, manager.
TABLE: list[tuple[str, str, Any, tuple[int, ...]]] = [
    ("get", "products/aurora/reviews/", None, (200, 200, 200, 200, 200, 200, 200)),
    ("post", "products/aurora/reviews/", REVIEW, (401, 201, 409, 201, 201, 201, 201)),
    ("patch", "reviews/{pk}/", CHANGE, (401, 404, 200, 404, 404, 404, 404)),
    ("delete", "reviews/{pk}/", None, (401, 404, 204, 404, 404, 204, 204)),
    ("put", "reviews/{pk}/helpful/", None, (401, 200, 403, 200, 200, 200, 200)),
    ("delete", "reviews/{pk}/helpful/", None, (401, 204, 403, 204, 204, 204, 204)),
]
#: The same for a review that waits for a look.
HIDDEN: list[tuple[str, str, Any, tuple[int, ...]]] = [
    ("patch", "reviews/{pk}/", CHANGE, (401, 404, 200, 404, 404, 404, 404)),
    ("delete", "reviews/{pk}/", None, (401, 404, 204, 404, 404, 204, 204)),
    ("put", "reviews/{pk}/helpful/", None, (401, 404, 403, 404, 404, 409, 409)),
]


@pytest.fixture
def product() -> Product:
    return factories.product("aurora")


@pytest.fixture
def review(product: Product) -> Review:
    return factories.review(product, stars=5)


def people(author: Member) -> tuple[Member | None, ...]:
    return (
        None,
        factories.member("Jonas Weber"),
        author,
        factories.ambassador(),
        factories.member("Ben Okafor", Role.AGENT),
        factories.member("Iris Falk", Role.MODERATOR),
        factories.member("Clara Weiss", Role.MANAGER),
    )


def statuses(api_for: ApiFor, review: Review, row: tuple[str, str, Any, tuple[int, ...]]) -> tuple[int, ...]:
    method, path, body, _expected = row
    found = []
    for person in people(review.author):
        with transaction.atomic():
            client = api_for(person)
            address = f"/api/v1/{path.format(pk=review.pk)}"
            found.append(getattr(client, method)(address, body, format="json").status_code)
            transaction.set_rollback(True)
    return tuple(found)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row[0]} {row[1]}")
def test_who_may_do_what(api_for: ApiFor, review: Review, row: tuple[str, str, Any, tuple[int, ...]]) -> None:
    assert statuses(api_for, review, row) == row[3]


@pytest.mark.parametrize("row", HIDDEN, ids=lambda row: f"{row[0]} {row[1]}")
def test_a_hidden_one_is_there_for_its_author_and_moderators_only(
    api_for: ApiFor, review: Review, row: tuple[str, str, Any, tuple[int, ...]]
) -> None:
    Review.objects.filter(pk=review.pk).update(hidden_at=review.created_at)
    assert statuses(api_for, review, row) == row[3]


def test_a_review_is_told_as_it_was_written(api_for: ApiFor, product: Product) -> None:
    sofia = factories.member("Sofia Marino")
    factories.purchase(sofia, product)
    body = {**REVIEW, "pros": ["quiet", "fast"], "owned_since": "2025-03-01"}
    answer = api_for(sofia).post("/api/v1/products/aurora/reviews/", body, format="json")
    assert answer.status_code == 201
    told = answer.json()
    assert {name: told[name] for name in ("product", "stars", "verified", "disclosure", "pros", "cons", "helpful")} == {
        "product": "aurora",
        "stars": 4,
        "verified": True,
        "disclosure": "",
        "pros": ["quiet", "fast"],
        "cons": [],
        "helpful": 0,
    }
    assert told["html"] == "<p>Steady from the <strong>second</strong> shot on.</p>\n"
    assert api_for(None).get("/api/v1/products/aurora/").json()["rating"] == {
        "average": 4.0,
        "reviews": 1,
        "verified": 1,
        "histogram": {"5": 0, "4": 1, "3": 0, "2": 0, "1": 0},
        "disclosed": 0,
        "disclosed_average": None,
    }


def test_verified_cannot_be_claimed(api_for: ApiFor, product: Product) -> None:
    answer = api_for(factories.member()).post(
        "/api/v1/products/aurora/reviews/", {**REVIEW, "verified": True}, format="json"
    )
    assert answer.json()["verified"] is False


@pytest.mark.parametrize("stars", [0, 6, "five", None])
def test_other_numbers_of_stars_are_refused(api_for: ApiFor, product: Product, stars: object) -> None:
    client = api_for(factories.member())
    client.get("/api/v1/members/me/")
    with unchanged():
        answer = client.post("/api/v1/products/aurora/reviews/", {**REVIEW, "stars": stars}, format="json")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["stars"])


def test_its_author_cannot_wash_a_disclosure_off(api_for: ApiFor, product: Product) -> None:
    review = factories.review(product, disclosure="free")
    client = api_for(review.author)
    client.get("/api/v1/members/me/")
    with unchanged():
        answer = client.patch(f"/api/v1/reviews/{review.pk}/", {"disclosure": ""}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (403, "disclosure_stands")


def test_the_list_is_filtered_and_sorted(api_for: ApiFor, product: Product) -> None:
    first, second = factories.review(product, stars=5), factories.review(product, stars=2, disclosure="test")
    client = api_for(factories.member())
    client.put(f"/api/v1/reviews/{first.pk}/helpful/")

    def listed(query: str) -> list[int]:
        return [row["id"] for row in client.get(f"/api/v1/products/aurora/reviews/?{query}").json()["results"]]

    assert [listed(query) for query in ("", "sort=new", "stars=2", "show=free", "show=verified", "show=critical")] == [
        [first.pk, second.pk],
        [second.pk, first.pk],
        [second.pk],
        [second.pk],
        [],
        [second.pk],
    ]


def test_a_repeated_request_writes_one_review(api_for: ApiFor, product: Product) -> None:
    client = api_for(factories.member())
    answers = [
        client.post("/api/v1/products/aurora/reviews/", REVIEW, format="json", headers={"Idempotency-Key": "one"})
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert Review.objects.count() == 1


class TestPhotos:
    def photo(self, words: bytes | None = None) -> SimpleUploadedFile:
        data = io.BytesIO()
        Image.new("RGB", (40, 30), "brown").save(data, "JPEG")
        return SimpleUploadedFile("cup.jpg", data.getvalue() if words is None else words, "image/jpeg")

    def test_are_added_one_by_one_and_removed(self, api_for: ApiFor) -> None:
        review = factories.review()
        api, path = api_for(review.author), f"/api/v1/reviews/{review.pk}/photos/"
        told = api.post(path, {"file": self.photo()}, format="multipart")
        (photo,) = told.json()["photos"]
        assert (told.status_code, photo["width"], photo["url"].endswith(".webp")) == (201, 40, True)
        assert told.json()["title"] == review.title
        assert [api.delete(f"{path}{photo['id']}/").status_code for _ in range(2)] == [204, 204]
        assert api.get(f"/api/v1/products/{review.product.slug}/reviews/").json()["results"][0]["photos"] == []

    def test_five_are_enough_and_words_are_no_picture(self, api_for: ApiFor) -> None:
        review = factories.review()
        api, path = api_for(review.author), f"/api/v1/reviews/{review.pk}/photos/"
        codes = [api.post(path, {"file": self.photo()}, format="multipart").status_code for _ in range(6)]
        assert codes == [201] * 5 + [422]
        wrong = api.post(path, {"file": self.photo(b"words")}, format="multipart")
        assert (wrong.status_code, wrong.json()["code"]) == (422, "bad_picture")
        assert api.post(path, {}, format="multipart").status_code == 400

    def test_only_the_author_adds_and_removes(self, api_for: ApiFor) -> None:
        review = factories.review()
        path = f"/api/v1/reviews/{review.pk}/photos/"
        manager = api_for(factories.member("Clara", Role.MANAGER))
        for api, status in ((api_for(None), 401), (api_for(factories.member()), 404), (manager, 404)):
            assert api.post(path, {"file": self.photo()}, format="multipart").status_code == status
            assert api.delete(f"{path}1/").status_code == status
        assert review.photos.count() == 0
