"""Ideas and contests over the API: who may do what, bodies, blind votes, budgets, and the cost of lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from community.models import Idea, Member, Role
from community.services import idea_decisions
from tests import factories

pytestmark = pytest.mark.django_db
ApiFor = Callable[[Member | None], APIClient]

DRAFT = {"title": "A lid for the knock box", "body": "It is **lovely** until somebody visits."}
CHANGE = {"title": "A wooden lid for the knock box"}
#: method, address, body, and the status for stranger, member, author, moderator.
TABLE: list[tuple[str, str, Any, tuple[int, int, int, int]]] = [
    ("get", "contests/", None, (200, 200, 200, 200)),
    ("get", "ideas/", None, (200, 200, 200, 200)),
    ("get", "ideas/?contest=nowhere", None, (404, 404, 404, 404)),
    ("post", "ideas/", DRAFT, (401, 201, 201, 201)),
    ("post", "ideas/", {**DRAFT, "contest": "winter"}, (401, 409, 409, 409)),
    ("post", "ideas/", {"title": "Short"}, (401, 400, 400, 400)),
    ("get", "ideas/{idea}/", None, (200, 200, 200, 200)),
    ("patch", "ideas/{idea}/", CHANGE, (401, 404, 200, 200)),
    ("put", "ideas/{idea}/vote/", None, (401, 200, 403, 200)),
    ("delete", "ideas/{idea}/vote/", None, (401, 204, 403, 204)),
    ("get", "ideas/{merged}/", None, (301, 301, 301, 301)),
    ("put", "ideas/{merged}/vote/", None, (401, 404, 404, 404)),
    ("get", "ideas/{entry}/", None, (200, 200, 200, 200)),
    ("patch", "ideas/{entry}/", CHANGE, (401, 404, 409, 409)),
    ("get", "ideas/999999/", None, (404, 404, 404, 404)),
]


def test_who_may_do_what(api_for: ApiFor) -> None:
    author, at = factories.member("Author"), timezone.now()
    contest = factories.contest("vote", slug="winter")
    rows = {
        "idea": factories.idea(author),
        "merged": factories.idea(author),
        "entry": factories.idea(author, contest=contest),
    }
    idea_decisions.merge(idea=rows["merged"], into=factories.idea(), by=author, at=at)
    people = [None, factories.member(), author, factories.member("Moderator", Role.MODERATOR)]
    found = []
    for method, address, body, _expected in TABLE:
        path = "/api/v1/" + address.format(**{name: idea.pk for name, idea in rows.items()})
        statuses = []
        for person in people:
            with transaction.atomic():
                statuses.append(getattr(api_for(person), method)(path, body, format="json").status_code)
                transaction.set_rollback(True)
        found.append((method, address, body, tuple(statuses)))
    assert found == TABLE


def test_an_idea_is_proposed_told_and_voted_for(api_for: ApiFor, member: Member) -> None:
    product = factories.product("aurora-s1")
    made = api_for(member).post("/api/v1/ideas/", {**DRAFT, "product": product.slug}, format="json").json()
    assert {name: made[name] for name in ("title", "html", "status", "votes", "voted", "product", "contest")} == {
        "title": "A lid for the knock box",
        "html": "<p>It is <strong>lovely</strong> until somebody visits.</p>\n",
        "status": "new",
        "votes": 0,
        "voted": False,
        "product": "aurora-s1",
        "contest": None,
    }
    voted = api_for(factories.member()).put(f"/api/v1/ideas/{made['id']}/vote/").json()
    assert (voted["votes"], voted["voted"]) == (1, True)


def test_a_repeated_key_proposes_once(api_for: ApiFor, member: Member) -> None:
    client, key = api_for(member), {"Idempotency-Key": "one-idea"}
    first, second = (client.post("/api/v1/ideas/", DRAFT, format="json", headers=key).json() for _ in range(2))
    assert (first["id"], Idea.objects.count()) == (second["id"], 1)


def test_a_spent_budget_is_a_problem_with_a_code(api_for: ApiFor, member: Member) -> None:
    contest = factories.contest("vote", vote_budget=1)
    first, second = factories.idea(contest=contest), factories.idea(contest=contest)
    client = api_for(member)
    client.put(f"/api/v1/ideas/{first.pk}/vote/")
    refused = client.put(f"/api/v1/ideas/{second.pk}/vote/")
    assert (refused.status_code, refused.json()["code"]) == (409, "votes_spent")
    assert client.get("/api/v1/contests/").json()["results"][0]["votes_left"] == 0


def test_blind_votes_are_told_nobody_and_order_nothing(api_for: ApiFor, member: Member) -> None:
    contest = factories.contest("vote", blind_votes=True, slug="winter")
    loved = factories.idea(member, contest=contest)
    newer = factories.idea(contest=contest, at=contest.submit_from + timedelta(days=2))
    Idea.objects.filter(pk=loved.pk).update(vote_count=4711)
    for person in (None, member, contest.host):
        client = api_for(person)
        listed = client.get("/api/v1/ideas/?contest=winter&sort=top").json()["results"]
        assert [(row["id"], row["votes"]) for row in listed] == [(newer.pk, None), (loved.pk, None)]
        assert client.get(f"/api/v1/ideas/{loved.pk}/").json()["votes"] is None


def test_the_toolkit_is_told_and_what_is_composed_priced(api_for: ApiFor, member: Member) -> None:
    contest = factories.contest("submit", slug="winter")
    factories.toolkit(contest)
    client = api_for(member)
    told = client.get("/api/v1/contests/").json()["results"][0]
    assert (told["stage"], told["toolkit"]["base_price"]) == ("submit", "10.00")
    assert [option["key"] for option in told["toolkit"]["options"]] == ["bean", "spice"]
    assert told["toolkit"]["constraints"][0] == {"choice": "bean:dark", "kind": "excludes", "other": "spice:honey"}
    entry = {**DRAFT, "contest": "winter", "choices": {"bean": "dark"}}
    made = client.post("/api/v1/ideas/", entry, format="json").json()
    assert made["configuration"] == {"choices": {"bean": "dark"}, "price": "11.50", "currency": "EUR"}
    remix = client.post("/api/v1/ideas/", {**entry, "remix_of": made["id"]}, format="json").json()
    assert remix["remix_of"] == made["id"]
    wrong = client.post("/api/v1/ideas/", {**entry, "choices": {"bean": "free"}}, format="json")
    assert (wrong.status_code, wrong.json()["code"]) == (400, "not_composed")


@pytest.mark.parametrize("rows", [1, 30])
def test_lists_cost_the_same_however_long(rows: int, api_for: ApiFor, member: Member) -> None:
    for _contest in range(min(rows, 5)):
        factories.toolkit(factories.contest("vote"))
    factories.many(factories.idea, rows)
    client, costs = api_for(member), []
    for path in ("/api/v1/ideas/?limit=50", "/api/v1/contests/"):
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        costs.append(len(captured))
    assert costs == [4, 7]
