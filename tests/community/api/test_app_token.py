"""An app signs in through the headless endpoints and uses the token, as a real client does."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from community.models import Member, Thread
from tests import factories

pytestmark = pytest.mark.django_db

AUTH = "/_allauth/app/v1/auth"
JSON = "application/json"


def sign_in(member: Member, password: str = factories.PASSWORD) -> Any:
    return Client().post(f"{AUTH}/login", {"email": member.email, "password": password}, content_type=JSON)


def test_a_token_stands_for_the_member_without_cookie_and_csrf(member: Member) -> None:
    token = sign_in(member).json()["meta"]["session_token"]
    app = Client(enforce_csrf_checks=True, headers={"X-Session-Token": token})

    me = app.get("/api/v1/members/me/").json()
    asked = app.post("/api/v1/threads/", {"title": "Which grind for a moka pot?", "phase": "before"}, content_type=JSON)

    assert me["email"] == member.email
    assert asked.status_code == 201
    assert Thread.objects.get().author == member


def test_a_wrong_password_gives_no_token(member: Member) -> None:
    response = sign_in(member, "not-the-password")

    assert response.status_code == 400
    assert "session_token" not in response.json().get("meta", {})


@pytest.mark.parametrize("path", ["threads/", "members/me/"])
def test_an_unknown_token_is_refused_and_not_taken_for_a_visitor(path: str) -> None:
    response = Client(headers={"X-Session-Token": "made-up"}).get(f"/api/v1/{path}")

    assert (response.status_code, response.json()["code"]) == (401, "authentication_failed")


def test_signing_out_ends_the_token(member: Member) -> None:
    token = sign_in(member).json()["meta"]["session_token"]
    app = Client(headers={"X-Session-Token": token})

    app.delete(f"{AUTH}/session")

    assert app.get("/api/v1/members/me/").status_code == 401


def test_the_token_of_a_locked_member_is_refused(member: Member) -> None:
    token = sign_in(member).json()["meta"]["session_token"]
    Member.objects.filter(pk=member.pk).update(is_active=False)

    assert Client(headers={"X-Session-Token": token}).get("/api/v1/members/me/").status_code == 401


def test_the_token_ends_with_the_password_that_it_was_given_for(member: Member) -> None:
    token = sign_in(member).json()["meta"]["session_token"]
    member.set_password("another-password-of-tests-8")
    member.save()

    assert Client(headers={"X-Session-Token": token}).get("/api/v1/members/me/").status_code == 401


def test_an_app_is_spoken_to_in_the_members_language_unless_it_asks_for_another() -> None:
    factories.topic(name_de="Zubereitung", name_en="Brewing")
    token = sign_in(factories.member(language="de")).json()["meta"]["session_token"]
    app = Client(headers={"X-Session-Token": token})

    own = app.get("/api/v1/topics/")
    wished = app.get("/api/v1/topics/", headers={"Accept-Language": "en"})

    assert [r.json()["results"][0]["name"] for r in (own, wished)] == ["Zubereitung", "Brewing"]
    assert [r["Content-Language"] for r in (own, wished)] == ["de", "en"]


def test_no_cache_on_the_way_gives_an_answer_to_somebody_else(member: Member) -> None:
    token = sign_in(member).json()["meta"]["session_token"]

    response = Client(headers={"X-Session-Token": token}).get("/api/v1/members/me/")

    assert response["Cache-Control"] == "private"
    assert "X-Session-Token" in response["Vary"]
