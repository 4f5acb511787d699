"""The programme at a glance in the admin: for managers, and one thing done with many people."""

from __future__ import annotations

import pytest
from django.utils import timezone

from ambassadors.models import Ambassador, Move
from community.models import Role
from tests import factories, staff
from tests.ambassadors.queries.test_overview import ambassador

pytestmark = pytest.mark.django_db
PAGE = "/admin/ambassadors/overview/"


@pytest.mark.parametrize("who", ["stranger", "member", "ambassador", "agent"])
def test_it_is_for_managers(who: str) -> None:
    roles = [Role(who)] if who in Role.values else []
    client = staff.browser(None if who == "stranger" else factories.member("Somebody", *roles))
    assert client.get(PAGE).status_code == 302
    assert client.post(PAGE, {"deed": "pause"}).status_code == 302


def test_staff_without_the_permissions_see_nothing() -> None:
    ben = factories.member("Ben", Role.AGENT, is_staff=True)
    assert staff.browser(ben).get(PAGE).status_code == 403


def test_those_chosen_pause_with_the_reason_and_the_others_go_on() -> None:
    chosen, other = [ambassador("Ada"), ambassador("Bea")], ambassador("Cleo")
    clara = staff.manager()
    said = {"deed": "pause", "reason": "You asked for a rest.", "people": [one.pk for one in chosen]}

    answer = staff.browser(clara).post(PAGE, said)

    assert answer.status_code == 302
    states = dict(Ambassador.objects.values_list("member__display_name", "state"))
    assert states == {"Ada": "paused", "Bea": "paused", "Cleo": "active"}
    moves = Move.objects.filter(kind="ambassador", after="paused")
    assert set(moves.values_list("by", "reason")) == {(clara.pk, "You asked for a rest.")}
    assert other.pk not in moves.values_list("subject_id", flat=True)


@pytest.mark.parametrize("said", [{"people": []}, {"people": ["99999"]}, {"people": ["x"]}, {"deed": "delete"}])
def test_what_is_not_offered_is_refused(said: dict[str, object]) -> None:
    one = ambassador("Ada")
    body = {"deed": "pause", "reason": "Rest", "people": [one.pk]} | said
    answer = staff.browser(staff.manager()).post(PAGE, body)
    one.refresh_from_db()
    assert (answer.status_code, one.state) == (422, "active")


def test_a_pause_without_a_reason_pauses_nobody() -> None:
    one = ambassador("Ada")
    staff.browser(staff.manager()).post(PAGE, {"deed": "pause", "reason": "", "people": [one.pk]})
    one.refresh_from_db()
    assert one.state == "active"


def test_the_page_names_who_may_be_leaving() -> None:
    ambassador("Silent Sam", grace_until=timezone.now())
    page = staff.browser(staff.superuser()).get(PAGE).content.decode()
    assert "Silent Sam" in page
