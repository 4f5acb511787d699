"""Several people at one board: as many offers as there are seats, one move at a time, one draft for each applicant."""

from __future__ import annotations

from functools import partial

import pytest
from django.utils import timezone

from ambassadors.models import Application, Campaign, Move
from ambassadors.services import applications, pipeline
from community.models import Member, Role
from tests import factories
from tests.ambassadors import recruiting as world
from tests.races.crowd import at_once, differences

pytestmark = pytest.mark.django_db(transaction=True)


def move(pk: int, to: str, by: Member) -> str:
    application = Application.objects.get(pk=pk)
    pipeline.move(application=application, to=to, by=by, at=timezone.now(), reason="We liked it.")
    return application.state


def begin(campaign: Campaign, member: Member) -> int:
    return applications.begin(campaign=campaign, member=member, at=timezone.now()).pk


def test_no_more_offers_than_seats_however_many_are_made_at_once() -> None:
    campaign, clara = world.campaign(seats=3), factories.member("Clara Holm", Role.MANAGER)
    waiting = [world.moved(world.submitted(campaign), clara, "screened").pk for _ in range(8)]

    outcome = at_once([partial(move, pk, "offered", clara) for pk in waiting])

    assert outcome.errors == []
    assert (outcome.answers.count("offered"), len(outcome.refusals)) == (3, 5)
    assert (Campaign.objects.get().taken, differences()) == (3, [])


def test_one_of_two_opposite_moves_is_made_and_told() -> None:
    clara, jonte = factories.member("Clara Holm", Role.MANAGER), factories.member("Jonte Meyer", Role.MANAGER)
    sent = world.submitted()

    outcome = at_once([partial(move, sent.pk, "screened", clara), partial(move, sent.pk, "rejected", jonte)])

    moves = Move.objects.filter(kind="application", subject_id=sent.pk, before="submitted")
    # Whoever comes after the other has finished may go on from there; nobody starts from a state that is over.
    assert outcome.errors == []
    assert moves.count() == 1


def test_two_tabs_begin_one_draft() -> None:
    campaign, lena = world.campaign(), factories.member()

    outcome = at_once([partial(begin, campaign, lena) for _ in range(6)])

    assert (outcome.errors, outcome.refusals, len(set(outcome.answers))) == ([], [], 1)
    assert Application.objects.count() == 1
