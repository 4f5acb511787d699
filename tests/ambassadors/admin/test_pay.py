"""Pay in the admin: what a manager can do there, and what nobody sees."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from ambassadors.models import Consultation, Disclosed, Payout, Statement
from community.models import Role
from tests import factories
from tests.ambassadors import pay_world as world
from tests.staff import browser, lenient_templates, manager, superuser  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
ADMIN = "/admin/ambassadors"


@pytest.fixture
def clara(db: None) -> Client:
    return browser(manager())


def do(client: Client, address: str, **said: str) -> int:
    """Open the page of a deed, as people do, and send it."""
    assert client.get(address).status_code == 200
    return client.post(address, said).status_code


def test_a_dispute_is_decided(clara: Client) -> None:
    row = world.bare(world.ambassador().member, state="disputed")
    assert clara.get(f"{ADMIN}/consultation/").status_code == 200
    assert "Decide the dispute" in clara.get(f"{ADMIN}/consultation/{row.pk}/change/").text
    address = f"{ADMIN}/consultation/{row.pk}/do/decide/"
    assert do(clara, address, counts="yes") == 422
    assert do(clara, address, counts="yes", reason="The log agrees.") == 302
    assert Consultation.objects.get().state == "payable"
    assert do(clara, address, counts="no", reason="Once more.") == 422


def test_a_talk_is_doubted(clara: Client) -> None:
    mara = world.ambassador()
    row = world.close(world.talk(mara), mara)
    Consultation.objects.filter(pk=row.pk).update(closed_at=timezone.now())
    assert do(clara, f"{ADMIN}/consultation/{row.pk}/do/doubt/", reason="The visitor was her brother.") == 302
    assert "The visitor was her brother." in clara.get(f"{ADMIN}/consultation/{row.pk}/change/").text


def test_a_statement_is_corrected_line_by_line(clara: Client) -> None:
    issued = world.statement(world.ambassador().member)
    line = issued.lines.get(position=2)
    assert "Correct it" in clara.get(f"{ADMIN}/statement/{issued.pk}/change/").text
    address = f"{ADMIN}/statement/{issued.pk}/do/correct/"
    assert do(clara, address, reason="Nothing entered.") == 422
    assert do(clara, address, **{f"line-{line.pk}": "-4.50", "reason": "A test of ours."}) == 302
    assert Statement.objects.latest("number").total == Decimal("-4.50")
    assert clara.get(f"{ADMIN}/statement/").status_code == 200


@override_settings(PAYOUT_NAME="Nordlicht Kaffee GmbH", PAYOUT_IBAN=world.IBAN)
def test_a_payout_goes_through_two_hands_to_the_bank(clara: Client) -> None:
    mara = world.ambassador().member
    world.profile(mara)
    world.statement(mara)
    ada = superuser()
    other = browser(ada)
    assert clara.get(f"{ADMIN}/payout/add/").status_code == 200
    assert clara.post(f"{ADMIN}/payout/add/", {"budget": ""}).status_code == 302
    made = Payout.objects.get()
    page = f"{ADMIN}/payout/{made.pk}"
    assert do(clara, f"{page}/do/approve/") == 422
    assert do(other, f"{page}/do/approve/") == 302
    assert not Disclosed.objects.exists()
    file = other.post(f"{page}/do/bank/")
    assert (file.status_code, file["Content-Type"]) == (200, "application/xml")
    assert world.IBAN.encode() in file.content
    assert world.IBAN in other.post(f"{page}/do/table/").text
    assert set(Disclosed.objects.values_list("by", flat=True)) == {ada.pk}
    assert do(clara, f"{page}/do/paid/") == 302
    shown = clara.get(f"{page}/change/").text
    assert ("Mara Lindqvist" in shown, world.IBAN in shown) == (True, False)
    assert clara.get(f"{ADMIN}/payout/").status_code == 200


def test_nothing_to_pay_is_said(clara: Client) -> None:
    answer = clara.post(f"{ADMIN}/payout/add/", {"budget": ""}, follow=True)
    assert "There is nothing to pay" in answer.text
    assert not Payout.objects.exists()


def test_only_managers_get_in_and_nobody_finds_tax_data() -> None:
    mara = world.ambassador().member
    world.profile(mara)
    issued = world.statement(mara)
    people = (None, mara, factories.member("Ben Okafor", Role.AGENT), factories.member("Rea", is_staff=True))
    for person in people:
        client = browser(person)
        for path in ("consultation/", "statement/", "payout/", f"statement/{issued.pk}/do/correct/"):
            assert client.get(f"{ADMIN}/{path}").status_code in (302, 403)
    for person in (manager(), superuser()):
        client = browser(person)
        assert client.get(f"{ADMIN}/taxprofile/").status_code == 404
        assert "60/123" not in client.get(f"/admin/community/member/{mara.pk}/change/").text
