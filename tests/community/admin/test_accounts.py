"""What superusers see of how members sign in: enough to help, no secret, and nothing to change by hand."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin

from community.admin.base import Page
from tests import factories, staff

pytestmark = pytest.mark.django_db


def test_every_page_of_the_admin_is_one_of_ours() -> None:
    assert [str(model) for model, page in admin.site._registry.items() if not isinstance(page, Page)] == []


def test_an_address_is_read_and_not_verified_by_hand() -> None:
    row = EmailAddress.objects.create(user=factories.member(), email="nora@example.com")
    browser, page = staff.browser(staff.superuser()), "/admin/account/emailaddress/"
    assert browser.get(page).status_code == 200
    browser.post(page, {"action": "make_verified", "_selected_action": [row.pk]})
    edited = browser.post(f"{page}{row.pk}/change/", {"email": "nora@example.com", "verified": "on"})
    row.refresh_from_db()
    assert (edited.status_code, row.verified) == (403, False)


def test_a_lost_factor_is_taken_off_without_its_secret_being_shown() -> None:
    row = Authenticator.objects.create(user=factories.member(), type="totp", data={"secret": "TELLTALE"})
    browser, page = staff.browser(staff.superuser()), f"/admin/mfa/authenticator/{row.pk}/"
    assert "TELLTALE" not in browser.get(f"{page}change/").content.decode()
    browser.post(f"{page}delete/", {"post": "yes"})
    assert Authenticator.objects.exists() is False
