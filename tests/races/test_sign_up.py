"""Many of one name sign up at the same moment; one form is sent many times at the same moment."""

from __future__ import annotations

from functools import partial

import pytest
from django.utils import timezone

from community.models import IdempotencyKey, Member, Standing, Thread
from community.services import members
from tests import factories
from tests.races.crowd import at_once
from tests.races.test_http import post, session_of, statuses

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("at_rest")]
CROWD = 12


def test_everybody_of_one_name_gets_a_handle_of_their_own() -> None:
    def sign_up(number: int) -> str:
        return members.create(
            email=f"anna{number}@example.com", password=None, display_name="Anna", language="de", at=timezone.now()
        ).handle

    outcome = at_once([partial(sign_up, number) for number in range(CROWD)])

    assert (outcome.errors, outcome.refusals) == ([], [])
    assert (len(set(outcome.answers)), Member.objects.count(), Standing.objects.count()) == (CROWD, CROWD, CROWD)


def test_one_address_signs_up_once() -> None:
    def sign_up() -> None:
        members.create(email="anna@example.com", password=None, display_name="Anna", language="de", at=timezone.now())

    outcome = at_once([sign_up] * CROWD)

    assert (outcome.errors, outcome.refusals) == ([], ["address_taken"] * (CROWD - 1))
    assert (len(outcome.answers), Member.objects.count()) == (1, 1)


def test_a_form_sent_twelve_times_at_once_is_one_question(site: str) -> None:
    session = session_of(factories.member())
    question = {"title": "Which grind for a moka pot?", "phase": "after", "key": "0b5b3e8e-6a5c-4f0e-9c51-0e4ad9b0a009"}

    assert statuses([partial(post, site, "/threads/new/", session, **question)] * CROWD) == {303: CROWD}

    assert (Thread.objects.count(), IdempotencyKey.objects.count()) == (1, 1)
