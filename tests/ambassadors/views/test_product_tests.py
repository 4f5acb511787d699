"""The pages of product tests: what a visitor sees, applying, answering an invitation, the published draw."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ambassadors.models import ProductTest, Tester
from community.models import Role
from tests import factories
from tests.ambassadors import product_tests as world
from tests.staff import browser

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def _page(client: Client, test: ProductTest, more: str = "") -> str:
    return client.get(f"/product-tests/{test.slug}/{more}").content.decode()


def test_a_visitor_reads_everything_and_signs_in_to_apply() -> None:
    test = world.recruiting(quotas={"few": 1, "many": 2})
    page = _page(Client(), test)
    assert test.draw.commitment in page
    assert "accounts/login" in page
    assert f"/product-tests/{test.slug}/apply/" not in page


def test_an_application_by_form_and_its_change() -> None:
    test = world.recruiting(quotas={"few": 1, "many": 2})
    asked = world.question(test)
    few, many = test.segments.all()
    client = browser(factories.member("Lena Sommer"))
    body = {"segment": str(few.pk), f"q{asked.pk}": "Only the cat", "pledge": "on"}

    first = client.post(f"/product-tests/{test.slug}/apply/", body)
    assert (first.status_code, first["Location"]) == (303, test.get_absolute_url())
    client.post(f"/product-tests/{test.slug}/apply/", body | {"segment": str(many.pk)})

    tester = Tester.objects.get()
    assert (tester.segment, tester.answers) == (many, {str(asked.pk): "Only the cat"})
    assert tester.number in _page(client, test)


@pytest.mark.parametrize("missing", ["segment", "pledge", "question"])
def test_what_is_missing_is_said_and_what_was_written_stays(missing: str) -> None:
    test = world.recruiting(quotas={"few": 1})
    asked = world.question(test)
    body = {"segment": str(test.segments.get().pk), "question": "Only the cat", "pledge": "on"}
    del body[missing]
    if "question" in body:
        body[f"q{asked.pk}"] = body.pop("question")
    answer = browser(factories.member("Lena Sommer")).post(f"/product-tests/{test.slug}/apply/", body)
    assert (answer.status_code, Tester.objects.count()) == (422, 0)
    assert ("Only the cat" in answer.content.decode()) == (missing != "question")


def test_whoever_does_not_meet_the_rule_reads_why_and_cannot_apply() -> None:
    test = world.recruiting(least_level=4)
    client = browser(factories.member("Lena Sommer"))
    page = _page(client, test)
    assert "Not for you yet" in page
    assert client.post(f"/product-tests/{test.slug}/apply/", {"pledge": "on"}).status_code == 403
    assert Tester.objects.count() == 0


@pytest.mark.parametrize(("deed", "state"), [("accept", "accepted"), ("decline", "declined")])
def test_an_invitation_is_answered_on_its_page(deed: str, state: str) -> None:
    test = world.recruiting(seats=1)
    tester = world.applied(test)
    world.drawn(test)
    Tester.objects.update(answer_by=test.report_until)
    client = browser(tester.member)
    assert f"/product-tests/{test.slug}/{deed}/" in _page(client, test)
    assert client.post(f"/product-tests/{test.slug}/{deed}/").status_code == 303
    assert Tester.objects.get().state == state


@pytest.mark.parametrize("deed", ["accept", "decline", "withdraw"])
def test_nobody_answers_for_others(deed: str) -> None:
    test = world.recruiting(seats=1)
    world.applied(test)
    world.drawn(test)
    path = f"/product-tests/{test.slug}/{deed}/"
    assert browser(factories.member("Jan Voss")).post(path).status_code == 404
    assert Client().post(path).status_code == 302
    assert browser(factories.member("Jan Voss")).get(path).status_code == 405
    assert Tester.objects.get().state == "invited"


def test_a_draft_is_the_teams_and_a_test_for_ambassadors_is_theirs() -> None:
    draft, inner = world.draft(), world.recruiting(audience="ambassadors")
    people = [None, factories.member(), factories.ambassador(), factories.member("Ben Krause", Role.AGENT)]
    for test, expected in ((draft, [404, 404, 404, 200]), (inner, [404, 404, 200, 200])):
        assert [browser(one).get(test.get_absolute_url()).status_code for one in people] == expected


def test_a_cancelled_test_is_for_those_who_applied_only() -> None:
    test = world.recruiting()
    lena = world.applied(test).member
    ProductTest.objects.update(state="cancelled")
    people = (None, factories.member(), lena)
    assert [browser(one).get(test.get_absolute_url()).status_code for one in people] == [404, 404, 200]


def test_the_draw_is_published_step_by_step() -> None:
    test = world.recruiting(seats=1)
    lena = world.applied(test).member
    before = json.loads(_page(Client(), test, "draw.json"))
    assert (before["seed"], before["list_hash"], before["candidates"]) == ("", "", [])
    world.drawn(test)
    after = json.loads(_page(Client(), test, "draw.json"))
    assert (after["commitment"], len(after["chosen"])) == (before["commitment"], 1)
    assert lena.display_name not in json.dumps(after)
    assert b"Check the draw" in Client().get("/product-tests/check_draw.py").content


def test_lists_cost_the_same_with_many_rows() -> None:
    lena = factories.member("Lena Sommer")
    client, costs = browser(lena), []
    for number in (1, 6):
        for _ in range(number):
            world.applied(world.recruiting(), lena)
            ProductTest.objects.filter(pk=world.recruiting().pk).update(state="testing")
            ProductTest.objects.filter(pk=world.recruiting().pk).update(state="closed")
        client.get("/product-tests/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/product-tests/").status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]
