"""Reports, notices and blocks through the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from community.models import Answer, Block, Case, Flag, Member, Notice, Role, Sanction
from community.registry import registry
from tests import factories

pytestmark = pytest.mark.django_db
ApiFor = Callable[[Member | None], APIClient]

NOTICE = {
    "url": "https://elsewhere.example/",
    "kind": "fraud",
    "explanation": "A shop that never delivers.",
    "name": "Nora Beck",
    "email": "nora@example.com",
    "in_good_faith": True,
}
#: method, address, body, and the status for stranger, member, author of the answer, moderator.
TABLE: list[tuple[str, str, Any, tuple[int, int, int, int]]] = [
    ("post", "flags/", {"kind": "answer", "reason": "spam"}, (401, 201, 403, 201)),
    ("post", "notices/", NOTICE, (201, 201, 201, 201)),
    ("get", "members/me/blocks/", None, (401, 200, 200, 200)),
    ("put", "members/mara/block/", None, (401, 204, 403, 204)),
    ("delete", "members/mara/block/", None, (401, 204, 204, 204)),
]


@pytest.mark.parametrize(("method", "address", "body", "statuses"), TABLE)
def test_who_may_do_what(method: str, address: str, body: Any, statuses: tuple[int, ...], api_for: ApiFor) -> None:
    author = factories.member("Mara Lindqvist", handle="mara")
    answer = factories.answer(author=author)
    said = {**body, "id": answer.pk} if body and "kind" in body and "url" not in body else body
    persons = (None, factories.member(), author, factories.member("Clara Holm", Role.MODERATOR))
    found = tuple(
        getattr(api_for(person), method)(f"/api/v1/{address}", said, format="json").status_code for person in persons
    )
    assert found == statuses


def test_a_report_is_taken_once(answer: Answer, member: Member, api_for: ApiFor) -> None:
    client, body = api_for(member), {"kind": "answer", "id": answer.pk, "reason": "rude", "note": "Again"}
    taken, again = (client.post("/api/v1/flags/", body, format="json") for _ in range(2))
    assert (taken.status_code, taken.json()["note"]) == (201, "Again")
    assert (again.status_code, again.json()["code"], Flag.objects.count()) == (409, "already_flagged", 1)
    assert Case.objects.get().flag_count == 1


@pytest.mark.parametrize(
    ("change", "status"),
    [({"kind": "member"}, 400), ({"id": 999_999}, 404), ({"id": 10**30}, 400), ({"reason": "no"}, 400)],
)
def test_what_cannot_be_reported(
    change: dict[str, Any], status: int, answer: Answer, member: Member, api_for: ApiFor
) -> None:
    body = {"kind": "answer", "id": answer.pk, "reason": "rude", **change}
    response = api_for(member).post("/api/v1/flags/", body, format="json")
    assert (response.status_code, Flag.objects.count()) == (status, 0)


def test_the_receipt_comes_back(api_for: ApiFor) -> None:
    receipt = api_for(None).post("/api/v1/notices/", NOTICE, format="json").json()
    assert receipt["number"] == Notice.objects.get().number
    assert "email" not in receipt


@pytest.mark.parametrize("change", [{"in_good_faith": False}, {"email": ""}, {"explanation": " "}])
def test_a_notice_needs_what_the_law_asks_for(change: dict[str, Any], api_for: ApiFor) -> None:
    response = api_for(None).post("/api/v1/notices/", {**NOTICE, **change}, format="json")
    assert (response.status_code, list(response.json()["errors"]), Notice.objects.count()) == (400, list(change), 0)


def test_whom_one_blocked(member: Member, api_for: ApiFor) -> None:
    other, client = factories.member("Nils Neu"), api_for(member)
    client.put(f"/api/v1/members/{other.handle}/block/")
    assert [row["handle"] for row in client.get("/api/v1/members/me/blocks/").json()["results"]] == [other.handle]
    client.delete(f"/api/v1/members/{other.handle}/block/")
    assert not Block.objects.exists()


def test_its_author_learns_that_a_post_is_hidden_and_nobody_else_that_it_is_there(
    api_for: ApiFor, answer: Answer
) -> None:
    thread, author = answer.thread, answer.author
    comment = factories.comment(thread, author)
    for post, kind in ((answer, "answer"), (comment, "comment")):
        registry.flaggables[kind].hide(post, by=factories.member(), at=timezone.now())
    for path in ("answers", "comments"):
        address = f"/api/v1/threads/{thread.pk}/{path}/"
        own, others = (api_for(who).get(address).json()["results"] for who in (author, None))
        assert ([row["hidden"] for row in own], others) == ([True], [])
    registry.flaggables["thread"].hide(thread, by=factories.member(), at=timezone.now())
    address = f"/api/v1/threads/{thread.pk}/"
    assert api_for(thread.author).get(address).json()["hidden"] is True
    assert api_for(None).get(address).status_code == 404


def test_a_moderators_delete_is_a_decision(api_for: ApiFor, answer: Answer) -> None:
    clara = factories.member("Clara", Role.MODERATOR)
    assert api_for(clara).delete(f"/api/v1/answers/{answer.pk}/").status_code == 204
    answer.refresh_from_db()
    assert (answer.is_hidden, Sanction.objects.get().member) == (True, answer.author)
