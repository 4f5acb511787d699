"""Product tests over the API: what everybody sees, who may apply, and invitations that are one's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from ambassadors.models import ProductTest, Tester
from community.models import Member, Role
from tests import factories
from tests.ambassadors import product_tests as world

pytestmark = pytest.mark.django_db
ApiFor = Callable[[Member | None], APIClient]


def _list(api: APIClient, path: str = "product-tests") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = api.get(f"/api/v1/{path}/").json()["results"]
    return rows


def test_a_test_with_its_questions_and_ones_own_application(member: Member, api_for: ApiFor) -> None:
    test = world.recruiting(quotas={"few": 1, "many": 2})
    asked = world.question(test, kind="choice", options="The cat\nNobody")
    world.applied(test, member, segment="few", answers={str(asked.pk): 1})

    [row] = _list(api_for(member))

    assert (row["id"], row["state"], row["applied"], row["seats"]) == (test.pk, "recruiting", 1, 3)
    assert [one["seats"] for one in row["segments"]] == [1, 2]
    assert [(one["id"], one["options"]) for one in row["questions"]] == [(str(asked.pk), ["The cat", "Nobody"])]
    assert (row["mine"]["state"], row["mine"]["answers"]) == ("applied", {str(asked.pk): 1})
    assert _list(api_for(None))[0]["mine"] is None


def test_drafts_and_what_is_for_ambassadors_are_nobody_elses(api_for: ApiFor) -> None:
    world.draft()
    inner = world.recruiting(audience="ambassadors")
    people = (None, factories.member(), factories.ambassador(), factories.member("Ben", Role.AGENT))
    assert [[row["id"] for row in _list(api_for(one))] for one in people] == [[], [], [inner.pk], [inner.pk]]


def test_applying_again_with_the_same_key_is_once(member: Member, api_for: ApiFor) -> None:
    test = world.recruiting()
    path, body = f"/api/v1/product-tests/{test.pk}/apply/", {"pledge": True}
    answers = [api_for(member).post(path, body, headers={"Idempotency-Key": "one"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert ProductTest.objects.get(pk=test.pk).applied == 1


@pytest.mark.parametrize(
    ("role", "fields", "status"),
    [
        ("stranger", {}, 401),
        ("member", {}, 201),
        (Role.AMBASSADOR, {}, 201),
        (Role.AGENT, {}, 403),
        (Role.MANAGER, {}, 403),
        ("member", {"audience": "ambassadors"}, 404),
        (Role.AMBASSADOR, {"audience": "ambassadors"}, 201),
        ("member", {"least_level": 4}, 403),
    ],
)
def test_who_may_apply(role: str, fields: dict[str, Any], status: int, api_for: ApiFor) -> None:
    test = world.recruiting(**fields)
    roles = [Role(role)] if role in Role.values else []
    who = None if role == "stranger" else factories.member("Somebody", *roles)
    answer = api_for(who).post(f"/api/v1/product-tests/{test.pk}/apply/", {"pledge": True})
    assert (answer.status_code, Tester.objects.count()) == (status, int(status == 201))


@pytest.mark.parametrize("deed", ["accept", "decline"])
def test_an_invitation_is_answered_by_its_member_and_by_nobody_else(deed: str, api_for: ApiFor) -> None:
    test = world.recruiting(seats=1)
    tester = world.applied(test)
    path = f"/api/v1/invitations/{tester.pk}/{deed}/"
    assert api_for(tester.member).post(path).status_code == 404
    world.drawn(test)
    Tester.objects.update(answer_by=test.report_until)
    others = (None, factories.member(), factories.ambassador(), factories.member("Clara", Role.MANAGER))
    assert [api_for(one).post(path).status_code for one in others] == [401, 404, 404, 404]

    answers = [api_for(tester.member).post(path) for _ in range(2)]
    states = {"accept": "accepted", "decline": "declined"}
    assert [(one.status_code, one.json()["state"]) for one in answers] == [(200, states[deed])] * 2
    assert [row["state"] for row in _list(api_for(tester.member), "invitations")] == [states[deed]]


def test_a_list_costs_the_same_with_many_rows(member: Member, api_for: ApiFor) -> None:
    api, costs = api_for(member), []
    for number in (1, 6):
        for _ in range(number):
            world.applied(world.recruiting(quotas={"few": 1}), member, segment="few")
        _list(api)
        with CaptureQueriesContext(connection) as queries:
            _list(api)
        costs.append(len(queries))
    assert costs[0] == costs[1]
