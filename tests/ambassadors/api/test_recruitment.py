"""Campaigns and applications over the API: who may what, once however often it is sent."""

from __future__ import annotations

import pytest
from django.test import Client

from ambassadors.models import Application
from community.models import Role
from tests import factories
from tests.ambassadors import recruiting as world
from tests.staff import browser

pytestmark = pytest.mark.django_db
JSON = "application/json"


def test_everybody_reads_what_is_open_and_what_it_asks(client: Client) -> None:
    campaign = world.campaign()
    world.campaign(is_public=False)
    found = client.get("/api/v1/campaigns/").json()["results"]
    assert [(one["slug"], one["seats_left"]) for one in found] == [(campaign.slug, 2)]
    assert [(one["kind"], len(one["options"]), one["required"]) for one in found[0]["questions"]] == [
        ("long", 0, True),
        ("choice", 2, False),
    ]


def test_a_member_applies_once_however_often_it_is_sent() -> None:
    lena, campaign = factories.member(), world.campaign()
    client, address = browser(lena), f"/api/v1/campaigns/{campaign.slug}/applications/"
    body = {"answers": world.answers(campaign)}
    sent = [client.post(address, body, JSON, headers={"Idempotency-Key": "one"}) for _ in range(2)]
    assert [one.status_code for one in sent] == [201, 201]
    assert (sent[0].json(), Application.objects.count()) == (sent[1].json(), 1)
    assert (sent[0].json()["state"], sent[0].json()["score"]) == ("submitted", "10.0")
    again = client.post(address, body, JSON)
    assert (again.status_code, again.json()["code"]) == (409, "already_applied")
    assert [one["id"] for one in client.get("/api/v1/applications/").json()["results"]] == [sent[0].json()["id"]]


def test_refusals_say_what_is_wrong() -> None:
    client, campaign = browser(factories.member()), world.campaign()
    address = f"/api/v1/campaigns/{campaign.slug}/applications/"
    first = campaign.questions.order_by("position")[0]
    codes = [
        client.post(address, {"answers": answers}, JSON).json()["code"] for answers in ({}, {first.name: 7}, {"x": "y"})
    ]
    assert codes == ["answers_missing", "bad_answers", "bad_answers"]
    hidden = world.campaign(is_public=False)
    assert client.post(f"/api/v1/campaigns/{hidden.slug}/applications/", {"answers": {}}, JSON).status_code == 404


def test_only_the_applicant_withdraws() -> None:
    sent = world.submitted()
    address = f"/api/v1/applications/{sent.pk}/withdraw/"
    others = (None, factories.member(), factories.ambassador(), factories.member("Clara", Role.MANAGER))
    assert [browser(who).post(address, {}, JSON).status_code for who in others] == [401, 404, 404, 404]
    mine = browser(sent.member).post(address, {"reason": "A new job"}, JSON)
    assert (mine.status_code, mine.json()["state"]) == (200, "withdrawn")
    assert browser(sent.member).post(address, {}, JSON).json()["code"] == "move_not_possible"
