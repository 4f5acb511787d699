"""Consultations and statements over the API."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from ambassadors.models import Statement
from community.models import Member, Role
from tests import factories
from tests.ambassadors import pay_world as world

pytestmark = pytest.mark.django_db
ApiFor = Callable[[Member | None], APIClient]


@pytest.mark.parametrize("path", ["consultations", "statements"])
def test_who_sees_what(path: str, api_for: ApiFor) -> None:
    mara, ole = world.ambassador().member, world.ambassador("Ole Brandt").member
    world.statement(mara)
    people = (None, factories.member(), factories.member("Ben", Role.AGENT), factories.member("Clara", Role.MANAGER))
    assert [api_for(person).get(f"/api/v1/{path}/").status_code for person in people] == [401, 404, 404, 404]
    assert api_for(ole).get(f"/api/v1/{path}/").json()["results"] == []
    assert len(api_for(mara).get(f"/api/v1/{path}/").json()["results"]) == {"consultations": 3, "statements": 1}[path]


def test_a_talk_and_what_it_is_worth(api_for: ApiFor) -> None:
    mara = world.ambassador()
    made = world.consultation(mara, stars=2)
    assert api_for(mara.member).get("/api/v1/consultations/").json()["results"] == [
        {
            "id": made.pk, "conversation": made.conversation_id, "state": "payable", "why": "", "helper_messages": 2,
            "visitor_replies": 1, "stars": 2, "tier": made.tier, "fee": "4.50", "currency": "EUR",
            "ended_at": "2026-10-14T15:00:00+02:00",
        }
    ]  # fmt: skip


def test_a_statement_with_its_lines(api_for: ApiFor, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    mara = world.ambassador().member
    world.statement(mara, "4.50", "6.00")
    world.profile(mara)
    issued, api = Statement.objects.get(), api_for(mara)
    row = api.get("/api/v1/statements/").json()["results"][0]
    assert (row["number"], row["period"], row["total"], row["currency"]) == (1, "2026-10", "10.50", "EUR")
    assert (row["hash"], row["previous_hash"], row["payout"]) == (issued.hash, "0" * 64, None)
    assert [(line["position"], line["amount"]) for line in row["lines"]] == [(1, "4.50"), (2, "6.00")]
    world.payout()
    with django_assert_num_queries(6):
        assert api.get("/api/v1/statements/").json()["results"][0]["payout"] == "proposed"
