"""One's own data through the API: the same proof as on the page."""

from __future__ import annotations

import pytest
from django.test import Client

from community.models import DataExport, Member
from tests import factories
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db
APP = "/_allauth/app/v1/auth"


def token_of(member: Member, *, proven: bool) -> dict[str, str]:
    """Sign an app in, and let it prove the password once more if ``proven``."""
    client = Client()
    login = {"email": member.email, "password": factories.PASSWORD}
    token = client.post(f"{APP}/login", login, "application/json").json()["meta"]["session_token"]
    headers = {"X-Session-Token": token}
    if proven:
        again = {"password": factories.PASSWORD}
        assert client.post(f"{APP}/reauthenticate", again, "application/json", headers=headers).status_code == 200
    return headers


def test_a_copy_needs_a_fresh_proof(client: Client, member: Member) -> None:
    refused = client.post("/api/v1/members/me/export/", headers=token_of(member, proven=False))
    assert (refused.status_code, refused.json()["code"]) == (401, "reauthentication_required")
    assert not DataExport.objects.exists()
    headers = token_of(member, proven=True)
    assert client.post("/api/v1/members/me/export/", headers=headers).status_code == 202
    again = client.post("/api/v1/members/me/export/", headers=headers)
    assert (again.status_code, again.json()["code"]) == (409, "export_under_way")


def test_so_does_the_end_of_the_account(client: Client, member: Member) -> None:
    assert client.delete("/api/v1/members/me/", headers=token_of(member, proven=False)).status_code == 401
    headers = token_of(member, proven=True)
    assert client.delete("/api/v1/members/me/", headers=headers).status_code == 204
    member.refresh_from_db()
    assert member.erased_at is not None
    assert client.get("/api/v1/members/me/", headers=headers).status_code == 401


def test_strangers_ask_for_nothing(client: Client, member: Member) -> None:
    with unchanged():
        assert client.post("/api/v1/members/me/export/").status_code == 401
        assert client.delete("/api/v1/members/me/").status_code == 401
