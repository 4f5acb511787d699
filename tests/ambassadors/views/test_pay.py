"""Pages of consultations and pay: who sees what, and what can be done there."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from ambassadors import chain
from ambassadors.models import Consultation, TaxProfile
from ambassadors.services import statements, tax_profiles
from community.models import Member, Role
from tests import factories
from tests.ambassadors import pay_world as world
from tests.community.views.test_costs import SHELL, UNREAD
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Member], Client]
PAGES = ("consultations/", "statements/", "statements/1/", "statements/1/statement.json", "account/")
FORM = {
    "name": "Mara Lindqvist",
    "street": "Ahornweg 3",
    "postcode": "28195",
    "city": "Bremen",
    "country": "Germany",
    "tax_number": "60/123/45678",
    "iban": "de89 3704 0044 0532 0130 00",
    "small_business": "on",
}


@pytest.mark.parametrize("path", PAGES)
def test_everybody_sees_their_own_money_and_nobody_elses(path: str, client: Client, client_for: ClientFor) -> None:
    mara, ole = world.ambassador().member, world.ambassador("Ole Brandt").member
    world.profile(mara)
    world.statement(mara)
    others = (factories.member(), factories.member("Ben", Role.AGENT), factories.member("Clara", Role.MANAGER))
    address = f"/ambassadors/me/{path}"
    assert client.get(address).status_code == 302
    assert client_for(mara).get(address).status_code == 200
    assert [client_for(person).get(address).status_code for person in others] == [404, 404, 404]
    shown = client_for(ole).get(address)
    assert shown.status_code == (404 if "1" in path else 200)
    assert b"3000" not in shown.content


def test_who_left_still_sees_what_is_owed(client_for: ClientFor) -> None:
    mara = factories.member("Mara Lindqvist")
    world.statement(mara)
    assert client_for(mara).get("/ambassadors/me/statements/").status_code == 200


def test_a_talk_that_does_not_count_is_explained_and_can_be_objected_to(client_for: ClientFor) -> None:
    mara = world.ambassador().member
    row = world.bare(mara, state="not_qualified", why="no_reply", at=timezone.now())
    browser = client_for(mara)
    assert "No reply after you had joined." in browser.get("/ambassadors/me/consultations/").text
    address = f"/ambassadors/me/consultations/{row.pk}/dispute/"
    with unchanged():
        empty = browser.post(address, {"reason": " "})
    assert empty.status_code == 422
    sent = browser.post(address, {"reason": "She thanked me."}, follow=True)
    assert "She thanked me." in sent.text
    row.refresh_from_db()
    assert row.state == "disputed"
    with unchanged():
        assert browser.post(address, {"reason": "Again."}).status_code == 409


def test_nobody_objects_for_somebody_else(client: Client, client_for: ClientFor) -> None:
    row = world.bare(world.ambassador().member, at=timezone.now())
    ole = world.ambassador("Ole Brandt").member
    address = f"/ambassadors/me/consultations/{row.pk}/dispute/"
    answers = [
        browser.post(address, {"reason": "Mine."}).status_code
        for browser in (client, client_for(ole), client_for(factories.member()))
    ]
    assert answers == [302, 404, 404]
    assert Consultation.objects.get().state == "payable"


def test_a_talk_of_long_ago_offers_no_objection(client_for: ClientFor) -> None:
    mara = world.ambassador().member
    row = world.bare(mara, at=timezone.now() - timedelta(days=61))
    browser = client_for(mara)
    assert "Ask for a second look" not in browser.get("/ambassadors/me/consultations/").text
    refused = browser.post(f"/ambassadors/me/consultations/{row.pk}/dispute/", {"reason": "Late."})
    assert (refused.status_code, "60 days" in refused.text) == (409, True)


def test_the_file_of_a_statement_has_its_hash(client_for: ClientFor) -> None:
    mara = world.ambassador().member
    issued = world.statement(mara)
    told = client_for(mara).get("/ambassadors/me/statements/1/statement.json")
    assert chain.digest(json.loads(told.content)) == issued.hash
    assert told["Content-Disposition"] == 'attachment; filename="statement-1.json"'


def test_a_correction_is_shown_with_its_reason(client_for: ClientFor) -> None:
    mara = world.ambassador().member
    original = world.statement(mara)
    line = original.lines.get(position=2)
    statements.correct(
        lines=[(line, Decimal("-4.50"))], by=world.manager(), reason="A test of ours.", at=world.NEXT_MONTH
    )
    shown = client_for(mara).get("/ambassadors/me/statements/2/").text
    assert "A test of ours." in shown
    assert "corrects line 2 of statement 1" in shown


def test_an_account_is_kept_sealed_changed_and_deleted(client_for: ClientFor) -> None:
    mara = world.ambassador().member
    browser = client_for(mara)
    assert browser.post("/ambassadors/me/account/", {**FORM, "iban": "DE00 1"}).status_code == 422
    assert not TaxProfile.objects.exists()
    assert browser.post("/ambassadors/me/account/", FORM).status_code == 303
    own = tax_profiles.own(mara)
    assert own is not None
    assert (own.iban, own.small_business) == (world.IBAN, True)
    page = browser.get("/ambassadors/me/statements/").text
    assert ("DE … 3000" in page, world.IBAN in page) == (True, False)
    assert world.IBAN in browser.get("/ambassadors/me/account/").text
    assert browser.post("/ambassadors/me/account/delete/").status_code == 303
    assert tax_profiles.own(mara) is None


@pytest.mark.parametrize("rows", [1, 30])
def test_pages_cost_the_same_with_one_talk_and_with_thirty(
    rows: int, client_for: ClientFor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    mara, now = world.ambassador().member, timezone.now()
    for number in range(rows):
        world.bare(mara, at=now - timedelta(minutes=number), state="not_qualified", why="spam")
        year, month = divmod(10 + number, 12)
        world.statement(mara, "5.00", at=world.NEXT_MONTH.replace(year=2026 + year, month=month + 1))
    browser = client_for(mara)
    for page, queries in (("consultations", 6), ("statements", 5), ("statements/1", 5)):
        browser.get(f"/ambassadors/me/{page}/")
        with django_assert_num_queries(queries + SHELL + UNREAD):
            browser.get(f"/ambassadors/me/{page}/")
