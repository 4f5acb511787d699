"""Every error is a problem document with a stable code."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory
from rest_framework.test import APIClient

from community import limits
from community.models import Answer, Member, Thread
from community.views import errors

pytestmark = pytest.mark.django_db

ApiFor = Callable[[Member | None], APIClient]
ENGLISH = {"Accept-Language": "en"}


def test_a_refusal_is_told_with_its_code_and_a_sentence(api_for: ApiFor, answer: Answer, ambassador: Member) -> None:
    response = api_for(ambassador).put(f"/api/v1/answers/{answer.pk}/vote/", {"value": 1})

    assert response["Content-Type"] == "application/problem+json"
    assert response.json() == {
        "type": "http://localhost:8000/api/docs/#problem-own_answer",
        "title": "Forbidden",
        "status": 403,
        "detail": "This is your own answer. Others decide whether it helped.",
        "code": "own_answer",
    }


def test_a_wrong_field_is_named_with_what_is_wrong(api_for: ApiFor, member: Member) -> None:
    response = api_for(member).post("/api/v1/threads/", {"title": "Short", "phase": "before"})

    assert response["Content-Type"] == "application/problem+json"
    assert response.json() == {
        "type": "http://localhost:8000/api/docs/#problem-invalid",
        "title": "Bad Request",
        "status": 400,
        "detail": "Some fields are missing or wrong. Each is named under errors.",
        "code": "invalid",
        "errors": {"title": [{"code": "min_length", "detail": "Ensure this field has at least 10 characters."}]},
    }


def test_a_body_that_is_no_object_is_refused_as_a_whole(api_for: ApiFor, member: Member) -> None:
    response = api_for(member).post("/api/v1/threads/", ["a", "list"])

    assert (response.status_code, list(response.json()["errors"])) == (400, [""])


@pytest.mark.parametrize(
    ("body", "content_type", "status", "code"),
    [
        ("{", "application/json", 400, "parse_error"),
        ("\x00", "application/json", 400, "parse_error"),
        ("title=x", "application/x-www-form-urlencoded", 415, "unsupported_media_type"),
    ],
)
def test_a_body_that_cannot_be_read_is_a_problem(
    api_for: ApiFor, member: Member, body: str, content_type: str, status: int, code: str
) -> None:
    response = api_for(member).post("/api/v1/threads/", body, content_type=content_type)

    assert (response.status_code, response.json()["code"]) == (status, code)
    assert Thread.objects.count() == 0


@pytest.mark.parametrize(
    "path",
    [
        "/api/",
        "/api/v1/",
        "/api/v1/reviews/",
        "/api/v1/threads/0/",
        "/api/v1/threads/99999999999999999999/",
        "/api/v1/threads/x/",
        "/api/v1/members/%00/",
        "/api/v2/threads/",
    ],
)
def test_what_is_not_there_is_a_problem_too(api_for: ApiFor, path: str) -> None:
    response = api_for(None).get(path, headers=ENGLISH)

    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert response.json()["code"] == "not_found"
    assert response.json()["detail"] == "There is nothing here. It was moved or deleted, or it is not for you."


def test_an_unknown_address_is_unknown_to_every_method() -> None:
    strict = Client(enforce_csrf_checks=True)

    assert {getattr(strict, method)("/api/v1/reviews/").status_code for method in ("post", "put", "delete")} == {404}


def test_a_fault_of_ours_is_a_problem_document_under_the_api_and_a_page_elsewhere() -> None:
    broken = [errors.server_error(RequestFactory().get(path)) for path in ("/api/v1/threads/", "/threads/")]

    assert [(r.status_code, r["Content-Type"]) for r in broken] == [
        (500, "application/problem+json"),
        (500, "text/html; charset=utf-8"),
    ]


def test_an_address_without_its_slash_is_led_to_the_one_with_it(api_for: ApiFor) -> None:
    response = api_for(None).get("/api/v1/threads?phase=after")

    assert (response.status_code, response["Location"]) == (301, "/api/v1/threads/?phase=after")


def test_a_visitor_is_asked_to_sign_in(api_for: ApiFor) -> None:
    response = api_for(None).get("/api/v1/members/me/")

    assert (response.status_code, response.json()["code"]) == (401, "not_authenticated")
    assert response["WWW-Authenticate"] == "X-Session-Token"


def test_another_method_is_refused_and_the_right_ones_are_told(api_for: ApiFor) -> None:
    response = api_for(None).delete("/api/v1/topics/")

    assert (response.status_code, response.json()["code"]) == (405, "method_not_allowed")
    assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_a_session_without_its_csrf_token_changes_nothing(member: Member) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")

    response = client.patch("/api/v1/members/me/", {"bio": "Forged."}, content_type="application/json")

    assert (response.status_code, response.json()["code"]) == (403, "csrf_failed")
    member.refresh_from_db()
    assert member.bio == ""


def test_too_much_is_refused_with_the_time_to_wait(api_for: ApiFor, member: Member) -> None:
    api, draft = api_for(member), {"title": "Which grind for a moka pot?", "phase": "before"}
    made = [api.post("/api/v1/threads/", draft).status_code for _ in range(limits.THREADS.most)]

    response = api.post("/api/v1/threads/", draft)

    assert set(made) == {201}
    assert (response.status_code, response.json()["code"]) == (429, "rate_limited")
    assert 0 < int(response["Retry-After"]) <= limits.THREADS.seconds
    assert Thread.objects.count() == limits.THREADS.most
    cache.clear()
    assert api.post("/api/v1/threads/", draft).status_code == 201


def test_the_sentence_is_in_the_readers_language(api_for: ApiFor) -> None:
    response = api_for(None).get("/api/v1/members/me/", headers={"Accept-Language": "de"})

    assert response["Content-Language"] == "de"
    assert response.json()["code"] == "not_authenticated"


def test_a_body_beyond_every_limit_is_refused(api_for: ApiFor, member: Member) -> None:
    body = '{"bio": "' + "x" * (7 * 1024 * 1024) + '"}'

    response = api_for(member).patch("/api/v1/members/me/", body, content_type="application/json")

    assert (response.status_code, response.json()["code"]) in [(413, "too_large"), (400, "invalid")]
