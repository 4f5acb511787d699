"""One's own data on the page: behind a fresh proof of who one is, and never somebody else's."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.test import Client
from django.utils import timezone

from community.models import Consent, DataExport, Member
from community.services import brands, exports
from tests import factories
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db


def browser(member: Member) -> Client:
    """Sign in with the password, without having typed it once more."""
    client = Client()
    client.post("/accounts/login/", {"login": member.email, "password": factories.PASSWORD})
    return client


def proven(member: Member) -> Client:
    """Sign in, and prove it once more."""
    client = browser(member)
    client.post("/accounts/reauthenticate/", {"password": factories.PASSWORD})
    return client


@pytest.fixture
def export(member: Member) -> DataExport:
    """A file that waits to be fetched."""
    made = exports.ask(member=member, at=timezone.now())
    exports.finish_all(at=timezone.now())
    return made


def test_the_page_shows_what_waits_and_what_was_agreed(member: Member, export: DataExport) -> None:
    page = browser(member).get("/settings/data/", headers={"Accept-Language": "en"})
    assert f"/settings/data/exports/{export.token}/" in page.content.decode()


def test_a_copy_is_asked_for_after_a_proof(member: Member) -> None:
    asked = browser(member).post("/settings/data/export/")
    assert (asked.status_code, asked["Location"].split("?")[0]) == (302, "/accounts/reauthenticate/")
    assert not DataExport.objects.exists()
    assert proven(member).post("/settings/data/export/").status_code == 303
    assert DataExport.objects.get().member == member


def test_the_file_is_handed_to_its_member_once(member: Member, export: DataExport) -> None:
    client = browser(member)
    answer = client.post(f"/settings/data/exports/{export.token}/")
    assert zipfile.is_zipfile(io.BytesIO(b"".join(answer)))
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{member.handle}.zip"'
    assert client.post(f"/settings/data/exports/{export.token}/").status_code == 410


def test_nobody_else_gets_it(export: DataExport) -> None:
    eve = browser(factories.member("Eve"))
    eve.get("/settings/data/")
    with unchanged():
        assert eve.post(f"/settings/data/exports/{export.token}/").status_code == 404
        assert Client().post(f"/settings/data/exports/{export.token}/").status_code == 302


def test_the_account_ends_after_a_proof_and_the_typed_handle(member: Member) -> None:
    assert browser(member).post("/settings/data/erase/", {"handle": member.handle}).status_code == 302
    client = proven(member)
    with unchanged():
        assert client.post("/settings/data/erase/", {"handle": "somebody"}).status_code == 422
    assert client.post("/settings/data/erase/", {"handle": member.handle}).status_code == 303
    member.refresh_from_db()
    assert member.erased_at is not None
    assert client.get("/settings/data/").status_code == 302


def test_who_signs_up_agrees_to_the_version_of_the_day(client: Client) -> None:
    brand = brands.current()
    brand.terms_url, brand.terms_version = "https://shop.example/terms", "2026-11"
    brands.store(brand=brand)
    brands.changed()
    page = client.get("/accounts/signup/").content.decode()
    assert "https://shop.example/terms" in page
    form = {"display_name": "Nele Petersen", "email": "nele@example.com", "password1": "coffee-in-the-morning-9"}
    assert client.post("/accounts/signup/", form).status_code == 302
    assert [(c.member.email, c.purpose, c.version) for c in Consent.objects.all()] == [
        ("nele@example.com", "terms", "2026-11")
    ]
