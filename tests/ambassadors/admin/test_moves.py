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

pytestmark = pytest.mark.django_db


def words(response: HttpResponseBase) -> set[str]:
    """What stands in the page, each piece of text for itself."""
    assert isinstance(response, HttpResponse)
    return {said.strip() for said in re.findall(r">([^<>]+)<", response.content.decode())}


def test_a_manager_reads_moves_and_states_in_german() -> None:
    clara = staff.manager()
    clara.language = "de"
    clara.save()
    Move.objects.create(
        kind="consultation", subject_id=45, before="not_qualified", after="disputed", at=timezone.now()
    )  # fmt: skip
    factories.idea()
    browser = staff.browser(clara)
    assert words(browser.get("/admin/ambassadors/move/?kind=consultation")) >= {"Beratung", "Zählt nicht"}
    assert not words(browser.get("/admin/ambassadors/move/?kind=payout")) & {"Zählt nicht", "payout", "producttest"}
    assert "Neu" in words(browser.get("/admin/community/idea/"))


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
