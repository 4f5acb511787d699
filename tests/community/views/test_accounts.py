"""Becoming a member: on the page and by app."""

from __future__ import annotations

import json
import re

import pytest
from django.core import mail
from django.test import Client

from community.models import Member, Standing
from tests import factories

pytestmark = pytest.mark.django_db

FORM = {"display_name": "Nora  Berg", "email": "Nora@Example.com", "password1": "moka-pot-on-6"}


def sign_up(language: str = "en", **changes: str) -> Client:
    """Send the form as a visitor whose browser speaks ``language``."""
    client = Client(headers={"accept-language": language})
    assert client.post("/accounts/signup/", {**FORM, **changes}).status_code in (200, 302)
    return client


@pytest.mark.parametrize(("browser", "language"), [("de-AT,de;q=0.9", "de"), ("en-GB", "en"), ("fr", "de")])
def test_signing_up_makes_a_member_who_speaks_the_browsers_language(browser: str, language: str) -> None:
    sign_up(browser)
    member = Member.objects.get()
    assert (member.email, member.display_name, member.handle) == ("nora@example.com", "Nora Berg", "nora-berg")
    assert (member.language, member.check_password("moka-pot-on-6")) == (language, True)
    assert Standing.objects.filter(member=member).count() == 1


def test_the_second_of_a_name_gets_another_handle() -> None:
    sign_up()
    sign_up(email="other@example.com")
    assert list(Member.objects.order_by("pk").values_list("handle", flat=True)) == ["nora-berg", "nora-berg-2"]


@pytest.mark.parametrize(
    ("field", "value"), [("display_name", ""), ("display_name", " "), ("email", "nora"), ("password1", "12345678")]
)
def test_a_mistake_makes_nobody(field: str, value: str) -> None:
    response = Client().post("/accounts/signup/", {**FORM, field: value})
    assert list(response.context["form"].errors) == [field]
    assert Member.objects.count() == 0


def test_a_known_address_is_not_given_away() -> None:
    known = factories.member(email="nora@example.com")
    fresh = Client().post("/accounts/signup/", {**FORM, "email": "fresh@example.com"})
    taken = Client().post("/accounts/signup/", FORM)
    assert (taken.status_code, taken["Location"]) == (fresh.status_code, fresh["Location"])
    assert Member.objects.filter(display_name="Nora Berg").count() == 1
    known.refresh_from_db()
    assert known.display_name == "Lena Sommer"


def test_the_letter_names_the_brand_and_its_link_opens_the_door() -> None:
    client = sign_up()
    letter = mail.outbox[0]
    assert letter.subject.startswith("Kundenkreis: ")
    link = re.search(r"http://testserver(/accounts/confirm-email/\S+)", str(letter.body))
    assert link is not None
    client.post(link[1])
    assert client.post("/accounts/login/", {"login": FORM["email"], "password": FORM["password1"]})["Location"] == "/"
    assert client.get("/settings/").status_code == 200


def test_an_app_may_leave_the_name_out_and_no_part_of_the_address_becomes_public() -> None:
    for extra in ({}, {"display_name": "Olaf"}):
        body = json.dumps({"email": f"secret{len(extra)}@example.com", "password": "moka-pot-on-6", **extra})
        response = Client(headers={"accept-language": "en"}).post(
            "/_allauth/app/v1/auth/signup", body, content_type="application/json"
        )
        assert response.status_code == 401  # the address is still to be confirmed
    first, second = Member.objects.order_by("pk")
    assert re.fullmatch(r"Member \d{4}", first.display_name)
    assert re.fullmatch(r"member-\d{4}", first.handle)
    assert (second.display_name, "secret" in second.handle) == ("Olaf", False)
