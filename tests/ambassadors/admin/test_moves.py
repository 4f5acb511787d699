"""Moves are read in words, not in the names of the machines."""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation

from ambassadors.models import Move
from ambassadors.services import disclosures
from tests import factories, staff
from tests.ambassadors import event_world, parcels, pay_world, programme_world, recruiting

pytestmark = pytest.mark.django_db


def words(response: HttpResponseBase) -> set[str]:
    """What stands in the page, each piece of text for itself."""
    assert isinstance(response, HttpResponse)
    return {said.strip() for said in re.findall(r">([^<>]+)<", response.content.decode())}


def test_a_manager_reads_moves_and_states_in_german() -> None:
    clara = staff.manager()
    clara.language = "de"
    clara.save()
    for before, after, why in (
        ("closed", "not_qualified", {"cause": "spam"}),
        ("not_qualified", "disputed", {"reason": "No spam.", "by": clara}),
    ):
        Move.objects.create(kind="consultation", subject_id=45, before=before, after=after, at=timezone.now(), **why)
    factories.idea()
    browser = staff.browser(clara)
    said = {"Beratung", "Zählt nicht", "automatisch", "Das Gespräch war Spam", "Clara Holm", "No spam."}
    assert words(browser.get("/admin/ambassadors/move/?kind=consultation")) >= said
    page = browser.get(f"/admin/ambassadors/move/{Move.objects.earliest('pk').pk}/change/")
    assert words(page) >= {"automatisch", "Das Gespräch war Spam"}
    assert not words(browser.get("/admin/ambassadors/move/?kind=payout")) & {"Zählt nicht", "payout", "producttest"}
    assert "Neu" in words(browser.get("/admin/community/idea/"))


def test_each_page_of_the_admin_tells_its_moves_with_who_and_why() -> None:
    browser, clara = staff.browser(staff.superuser()), pay_world.manager("Clara Hansen")
    sent = recruiting.moved(recruiting.submitted(member=factories.member("Lena Sommer")), clara, "screened")
    mara = programme_world.active()
    parcel = parcels.arrived(parcels.participant(parcels.running("testing")))
    event = event_world.event()
    event_world.register(event, factories.member("Ben Krause"))
    talk = pay_world.consultation(pay_world.ambassador("Mara Lindqvist"))
    with translation.override("en"):
        for row, told in (
            (sent, {"The application was sent", "We liked it."}),
            (mara, {"Everything is signed and passed"}),
            (parcel, {"The carrier has the parcel", "The tester says that it has arrived"}),
            (event, {"A seat was free · Ben Krause"}),
            (talk, {"Two messages and one reply at least, no spam, no order matter"}),
        ):
            page = browser.get(f"/admin/ambassadors/{row._meta.model_name}/{row.pk}/change/")
            assert words(page) >= told
        sheet = browser.get(f"/admin/ambassadors/brandevent/{event.pk}/attendance/").content.decode()
    assert sheet.splitlines()[1].endswith(",A seat was free,Ben Krause")


@pytest.mark.parametrize("what", list(disclosures.WORDS))
def test_a_manager_reads_what_was_looked_at_and_asks_for_one_kind(what: str) -> None:
    clara, mara = staff.manager(), factories.member("Mara Lindqvist")
    disclosures.note(member=mara, what=what, subject=("tester", 7), by=clara, at=timezone.now())
    browser = staff.browser(clara)
    assert "Mara Lindqvist" in words(browser.get(f"/admin/ambassadors/disclosed/?what={what}"))
    with translation.override("en"):
        assert {str(word) for word in disclosures.WORDS.values()} <= words(browser.get("/admin/ambassadors/disclosed/"))
    other = next(one for one in disclosures.WORDS if one != what)
    assert "Mara Lindqvist" not in words(browser.get(f"/admin/ambassadors/disclosed/?what={other}"))
