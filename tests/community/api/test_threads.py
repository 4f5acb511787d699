"""Threads over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from community.models import Answer, Member, Thread
from tests import factories

pytestmark = pytest.mark.django_db

ApiFor = Callable[[Member | None], APIClient]


def titles(api: APIClient, query: str = "") -> list[str]:
    return [row["title"] for row in api.get(f"/api/v1/threads/?{query}").json()["results"]]


def test_asking_stores_the_question_and_tells_it(api_for: ApiFor, member: Member) -> None:
    topic, product = factories.topic("brewing"), factories.product("aurora")

    response = api_for(member).post(
        "/api/v1/threads/",
        {
            "title": "  Which grind   for a moka pot? ",
            "body": "Mine is **bitter**.\r\n",
            "phase": "before",
            "topic": "brewing",
            "product": "aurora",
        },
    )

    thread = Thread.objects.get()
    assert response.status_code == 201
    told = response.json()
    moments = {name: told.pop(name) for name in ("created_at", "active_at")}
    assert told == {
        "id": thread.pk,
        "url": f"http://testserver{thread.get_absolute_url()}",
        "title": "Which grind for a moka pot?",
        "html": "<p>Mine is <strong>bitter</strong>.</p>\n",
        "body": "Mine is **bitter**.",
        "state": "unanswered",
        "phase": "before",
        "topic": "brewing",
        "product": "aurora",
        "language": "en",
        "answers": 0,
        "comments": 0,
        "score": 0,
        "me_toos": 0,
        "accepted_answer": None,
        "official_answer": None,
        "author": {"handle": member.handle, "name": "Lena Sommer", "avatar": None, "role": None, "level": 1},
        "edited_at": None,
        "deleted_at": None,
        "hidden": False,
    }
    assert moments["created_at"][-6] == "+"
    assert (thread.author, thread.topic, thread.product) == (member, topic, product)


@pytest.mark.parametrize(
    ("draft", "errors"),
    [
        ({}, {"title": ["required"], "phase": ["required"]}),
        ({"title": "Too short", "phase": "before"}, {"title": ["min_length"]}),
        ({"title": "a          b", "phase": "before"}, {"title": ["min_length"]}),
        ({"title": "x" * 161, "phase": "before"}, {"title": ["max_length"]}),
        ({"title": "Long enough title", "phase": "never"}, {"phase": ["invalid_choice"]}),
        ({"title": "Long enough title", "phase": "after", "body": "x" * 20_001}, {"body": ["max_length"]}),
        ({"title": "Long enough title", "phase": "after", "topic": "nope"}, {"topic": ["does_not_exist"]}),
        ({"title": "Long enough title", "phase": "after", "product": "gone"}, {"product": ["does_not_exist"]}),
        ({"title": ["a", "list"], "phase": "after"}, {"title": ["invalid"]}),
    ],
)
def test_a_wrong_draft_is_refused_field_by_field_and_stores_nothing(
    api_for: ApiFor, member: Member, draft: dict[str, Any], errors: dict[str, list[str]]
) -> None:
    factories.product("gone", is_active=False)

    response = api_for(member).post("/api/v1/threads/", draft)

    assert response.status_code == 400
    assert response.json()["code"] == "invalid"
    found = {field: [one["code"] for one in several] for field, several in response.json()["errors"].items()}
    assert found == errors
    assert Thread.objects.count() == 0


def test_the_list_is_filtered_by_phase_topic_product_and_state(api_for: ApiFor) -> None:
    product, topic = factories.product("aurora"), factories.topic("brewing")
    factories.thread(title="About the machine itself", phase="before", product=product)
    factories.thread(title="About brewing with it", phase="while", topic=topic)
    factories.accepted_answer(factories.thread(title="About what is solved", phase="after"))
    factories.answer(factories.thread(title="About what is answered", phase="after"))
    api = api_for(None)

    assert titles(api, "phase=before") == ["About the machine itself"]
    assert titles(api, "topic=brewing") == ["About brewing with it"]
    assert titles(api, "product=aurora") == ["About the machine itself"]
    assert titles(api, "product=unknown") == []
    assert titles(api, "state=solved") == ["About what is solved"]
    assert titles(api, "state=open") == ["About what is answered"]
    assert titles(api, "state=unanswered") == ["About brewing with it", "About the machine itself"]


def test_the_list_is_sorted_new_active_or_top(api_for: ApiFor, member: Member) -> None:
    old, new = factories.thread(title="The older question"), factories.thread(title="The newer question")
    answer = factories.answer(old)
    api_for(member).put(f"/api/v1/answers/{answer.pk}/vote/", {"value": 1})
    api = api_for(None)

    assert titles(api) == [new.title, old.title]
    assert titles(api, "sort=active") == [old.title, new.title]
    assert titles(api, "sort=top") == [old.title, new.title]


@pytest.mark.parametrize("query", ["phase=x", "state=x", "sort=x", "topic=%00", "limit=0", "limit=51", "limit=x"])
def test_a_wrong_filter_is_refused(api_for: ApiFor, query: str) -> None:
    response = api_for(None).get(f"/api/v1/threads/?{query}")

    assert (response.status_code, response.json()["code"]) == (400, "invalid")
    assert list(response.json()["errors"]) == [query.partition("=")[0]]


def test_a_deleted_thread_is_in_no_list(api_for: ApiFor, thread: Thread, member: Member) -> None:
    assert api_for(member).delete(f"/api/v1/threads/{thread.pk}/").status_code == 204

    assert titles(api_for(member)) == []
    assert api_for(member).get(f"/api/v1/threads/{thread.pk}/").json()["deleted_at"] is not None


def test_a_change_leaves_what_was_not_sent(api_for: ApiFor, member: Member) -> None:
    topic, product = factories.topic("brewing"), factories.product("aurora")
    thread = factories.thread(member, topic=topic, product=product)

    response = api_for(member).patch(
        f"/api/v1/threads/{thread.pk}/", {"title": "Which grind for a moka?", "topic": None}
    )

    assert response.status_code == 200
    told = response.json()
    assert (told["title"], told["topic"], told["product"]) == ("Which grind for a moka?", None, "aurora")
    assert (told["body"], told["phase"]) == (thread.body, "before")
    assert told["edited_at"] is not None


def test_similar_questions_are_found_while_typing(api_for: ApiFor) -> None:
    thread = factories.thread(title="Which grind for a moka pot?")
    factories.thread(title="Where is my parcel from Tuesday?")

    response = api_for(None).get("/api/v1/threads/similar/", {"title": "grind moka"})

    assert response.json() == {
        "next": None,
        "previous": None,
        "results": [
            {
                "id": thread.pk,
                "url": f"http://testserver{thread.get_absolute_url()}",
                "title": thread.title,
                "state": "unanswered",
                "answers": 0,
            }
        ],
    }


def test_the_thread_tells_its_accepted_answer(api_for: ApiFor, answer: Answer, member: Member) -> None:
    api_for(member).put(f"/api/v1/answers/{answer.pk}/accept/")

    told = api_for(None).get(f"/api/v1/threads/{answer.thread_id}/").json()

    assert (told["state"], told["accepted_answer"], told["answers"]) == ("solved", answer.pk, 1)
