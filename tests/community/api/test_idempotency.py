"""``Idempotency-Key``: one effect, the first response again, also when all come at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from rest_framework.test import APIClient

from community import limits
from community.models import Activity, Answer, Comment, IdempotencyKey, Member, Thread

ApiFor = Callable[[Member | None], APIClient]
DRAFT = {"title": "Which grind for a moka pot?", "phase": "before"}
AT_ONCE = 20


def ask(api: APIClient, key: str, draft: Any = DRAFT) -> Any:
    return api.post("/api/v1/threads/", draft, headers={"Idempotency-Key": key})


@pytest.mark.django_db
def test_a_repetition_gets_the_first_response_and_has_no_second_effect(api_for: ApiFor, member: Member) -> None:
    api = api_for(member)

    first, again = ask(api, "a"), ask(api, "a", {"phase": "before", "title": DRAFT["title"]})

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert "Idempotency-Replayed" not in first
    assert again["Idempotency-Replayed"] == "true"
    assert Thread.objects.count() == 1


@pytest.mark.django_db
def test_another_request_under_the_same_key_is_refused(api_for: ApiFor, member: Member, thread: Thread) -> None:
    api = api_for(member)
    path = f"/api/v1/threads/{thread.pk}/answers/"
    api.post(path, {"body": "Coarse."}, headers={"Idempotency-Key": "a"})

    other_body = api.post(path, {"body": "Fine."}, headers={"Idempotency-Key": "a"})
    other_address = ask(api, "a")

    assert [(r.status_code, r.json()["code"]) for r in (other_body, other_address)] == [
        (409, "idempotency_key_reused")
    ] * 2
    assert list(Answer.objects.values_list("body", flat=True)) == ["Coarse."]
    assert list(Thread.objects.all()) == [thread]


@pytest.mark.django_db
def test_a_key_belongs_to_one_member(api_for: ApiFor, member: Member, ambassador: Member) -> None:
    mine, theirs = ask(api_for(member), "a"), ask(api_for(ambassador), "a")

    assert mine.json()["id"] != theirs.json()["id"]
    assert Thread.objects.count() == 2


@pytest.mark.django_db
def test_a_refused_request_leaves_its_key_free(api_for: ApiFor, member: Member) -> None:
    refused, mended = ask(api_for(member), "a", {"title": "Short"}), ask(api_for(member), "a")

    assert (refused.status_code, mended.status_code) == (400, 201)
    assert IdempotencyKey.objects.count() == 1


@pytest.mark.django_db
def test_a_replay_outlives_what_it_made_and_costs_no_budget(api_for: ApiFor, member: Member) -> None:
    api = api_for(member)
    first = ask(api, "a")
    api.delete(f"/api/v1/threads/{first.json()['id']}/")

    repeated = [ask(api, "a") for _ in range(limits.THREADS.most + 1)]

    assert {response.status_code for response in repeated} == {201}
    assert ask(api, "b").status_code == 201


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "x" * 129, "tab\there", "schlüssel"])
def test_a_key_that_cannot_be_stored_is_refused(api_for: ApiFor, member: Member, key: str) -> None:
    response = ask(api_for(member), key)

    assert (response.status_code, response.json()["code"]) == (400, "idempotency_key_invalid")
    assert Thread.objects.count() == 0


@pytest.mark.django_db
def test_every_post_that_creates_takes_a_key(api_for: ApiFor, answer: Answer, member: Member) -> None:
    api = api_for(member)
    paths = [
        f"/api/v1/threads/{answer.thread_id}/answers/",
        f"/api/v1/threads/{answer.thread_id}/comments/",
        f"/api/v1/answers/{answer.pk}/comments/",
    ]

    for path in paths:
        first, again = (api.post(path, {"body": "Same."}, headers={"Idempotency-Key": path}) for _ in range(2))
        assert (first.status_code, again.json()) == (201, first.json())

    assert (Answer.objects.count(), Comment.objects.count()) == (2, 2)


@pytest.mark.django_db(transaction=True)
def test_of_twenty_at_once_one_has_the_effect_and_all_get_its_response(api_for: ApiFor, member: Member) -> None:
    start = Barrier(AT_ONCE)
    apis = [api_for(member) for _ in range(AT_ONCE)]

    def post(api: APIClient) -> Any:
        try:
            start.wait()
            return ask(api, "a")
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        responses = list(pool.map(post, apis))

    thread = Thread.objects.get()
    assert [(r.status_code, r.json()["id"]) for r in responses] == [(201, thread.pk)] * AT_ONCE
    assert sum("Idempotency-Replayed" not in r for r in responses) == 1
    assert Activity.objects.filter(verb="thread.created").count() == 1
    member.refresh_from_db()
    assert member.thread_count == 1
