"""Moves are read in words, not in the names of the machines."""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from ambassadors.models import Move
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
    assert words(browser.get("/admin/ambassadors/move/")) >= {"Beratung", "Zählt nicht"}
    assert "Neu" in words(browser.get("/admin/community/idea/"))
