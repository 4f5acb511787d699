"""Who may do what: one row for each operation, one column for each kind of person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from rest_framework.test import APIClient

from community.models import Answer, Comment, Member, Role, Thread
from tests import factories

pytestmark = pytest.mark.django_db

ApiFor = Callable[[Member | None], APIClient]

PERSONS = ("stranger", "member", "author", "asker", "moderator")
QUESTION = {"title": "Does it fit under a cupboard?", "phase": "before"}
TEXT = {"body": "Measured it: 36 cm."}
HELPFUL = {"value": 1}

#: method, address, body, and the status for stranger, member, author of the answer, asker of the thread, moderator.
TABLE: list[tuple[str, str, Any, tuple[int, int, int, int, int]]] = [
    ("get", "topics/", None, (200, 200, 200, 200, 200)),
    ("get", "products/", None, (200, 200, 200, 200, 200)),
    ("get", "products/aurora/", None, (200, 200, 200, 200, 200)),
    ("get", "members/me/", None, (401, 200, 200, 200, 200)),
    ("patch", "members/me/", {"bio": "Roasts at home."}, (401, 200, 200, 200, 200)),
    ("get", "members/mara/", None, (200, 200, 200, 200, 200)),
    ("get", "threads/", None, (200, 200, 200, 200, 200)),
    ("post", "threads/", QUESTION, (401, 201, 201, 201, 201)),
    ("get", "threads/similar/?title=moka", None, (200, 200, 200, 200, 200)),
    ("get", "threads/{thread}/", None, (200, 200, 200, 200, 200)),
    ("patch", "threads/{thread}/", QUESTION, (401, 404, 404, 200, 200)),
    ("delete", "threads/{thread}/", None, (401, 404, 404, 204, 204)),
    ("get", "threads/{thread}/answers/", None, (200, 200, 200, 200, 200)),
    ("post", "threads/{thread}/answers/", TEXT, (401, 201, 201, 201, 201)),
    ("put", "threads/{thread}/follow/", {"level": "mine"}, (401, 200, 200, 200, 200)),
    ("delete", "threads/{thread}/follow/", None, (401, 204, 204, 204, 204)),
    ("put", "topics/water/follow/", None, (401, 200, 200, 200, 200)),
    ("delete", "topics/water/follow/", None, (401, 204, 204, 204, 204)),
    ("put", "products/aurora/follow/", None, (401, 200, 200, 200, 200)),
    ("delete", "products/aurora/follow/", None, (401, 204, 204, 204, 204)),
    ("put", "threads/{thread}/me-too/", None, (401, 200, 200, 403, 200)),
    ("delete", "threads/{thread}/me-too/", None, (401, 204, 204, 403, 204)),
    ("put", "answers/{answer}/official/", None, (401, 404, 404, 404, 200)),
    ("delete", "answers/{answer}/official/", None, (401, 404, 404, 404, 204)),
    ("get", "threads/{thread}/comments/", None, (200, 200, 200, 200, 200)),
    ("post", "threads/{thread}/comments/", TEXT, (401, 201, 201, 201, 201)),
    ("patch", "answers/{answer}/", TEXT, (401, 404, 200, 404, 200)),
    ("delete", "answers/{answer}/", None, (401, 404, 204, 404, 204)),
    ("put", "answers/{answer}/vote/", HELPFUL, (401, 200, 403, 200, 200)),
    ("delete", "answers/{answer}/vote/", None, (401, 204, 403, 204, 204)),
    ("put", "answers/{answer}/accept/", None, (401, 403, 403, 200, 403)),
    ("delete", "answers/{answer}/accept/", None, (401, 403, 403, 204, 403)),
    ("get", "answers/{answer}/comments/", None, (200, 200, 200, 200, 200)),
    ("post", "answers/{answer}/comments/", TEXT, (401, 201, 201, 201, 201)),
    ("delete", "comments/{comment}/", None, (401, 404, 204, 404, 204)),
    ("get", "notifications/", None, (401, 200, 200, 200, 200)),
    ("post", "notifications/read/", {}, (401, 200, 200, 200, 200)),
]
#: The same for a thread that was deleted: its asker and moderators still see it.
DELETED: list[tuple[str, str, Any, tuple[int, int, int, int, int]]] = [
    ("get", "threads/{thread}/", None, (404, 404, 404, 200, 200)),
    ("patch", "threads/{thread}/", QUESTION, (401, 404, 404, 409, 409)),
    ("post", "threads/{thread}/answers/", TEXT, (401, 404, 404, 409, 409)),
    ("post", "threads/{thread}/comments/", TEXT, (401, 404, 404, 409, 409)),
    ("patch", "answers/{answer}/", TEXT, (401, 404, 404, 404, 404)),
    ("put", "threads/{thread}/follow/", None, (401, 404, 404, 200, 200)),
    ("put", "threads/{thread}/me-too/", None, (401, 404, 404, 403, 409)),
    ("put", "answers/{answer}/official/", None, (401, 404, 404, 404, 404)),
    ("put", "answers/{answer}/vote/", HELPFUL, (401, 404, 404, 404, 404)),
    ("put", "answers/{answer}/accept/", None, (401, 404, 404, 404, 404)),
    ("get", "answers/{answer}/comments/", None, (404, 404, 404, 404, 404)),
]


@pytest.fixture
def people() -> dict[str, Member | None]:
    return {
        "stranger": None,
        "member": factories.member("Jonas Weber"),
        "author": factories.ambassador(handle="mara"),
        "asker": factories.member("Lena Sommer"),
        "moderator": factories.member("Clara Vogt", Role.MODERATOR),
    }


@pytest.fixture
def place(people: dict[str, Member | None]) -> dict[str, Any]:
    factories.product("aurora")
    factories.topic("water")
    thread: Thread = factories.thread(people["asker"])
    answer: Answer = factories.answer(thread, people["author"])
    comment: Comment = factories.comment(answer, people["author"])
    return {"thread": thread, "answer": answer, "comment": comment}


def statuses(
    api_for: ApiFor, people: dict[str, Member | None], place: dict[str, Any], method: str, path: str, body: Any
) -> tuple[int, ...]:
    """What each person gets, none of them seeing what another one did."""
    address = "/api/v1/" + path.format(**{name: row.pk for name, row in place.items()})
    found = []
    for person in PERSONS:
        api, before = api_for(people[person]), transaction.savepoint()
        found.append(getattr(api, method)(address, body).status_code)
        transaction.savepoint_rollback(before)
    return tuple(found)


@pytest.mark.parametrize(("method", "path", "body", "expected"), TABLE)
def test_each_person_gets_what_the_table_says(
    api_for: ApiFor,
    people: dict[str, Member | None],
    place: dict[str, Any],
    method: str,
    path: str,
    body: Any,
    expected: tuple[int, ...],
) -> None:
    assert statuses(api_for, people, place, method, path, body) == expected


@pytest.mark.parametrize(("method", "path", "body", "expected"), DELETED)
def test_a_deleted_thread_is_there_for_its_asker_and_moderators_only(
    api_for: ApiFor,
    people: dict[str, Member | None],
    place: dict[str, Any],
    method: str,
    path: str,
    body: Any,
    expected: tuple[int, ...],
) -> None:
    assert api_for(people["asker"]).delete(f"/api/v1/threads/{place['thread'].pk}/").status_code == 204

    assert statuses(api_for, people, place, method, path, body) == expected
