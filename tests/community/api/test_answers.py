"""Answers over HTTP: writing, voting, accepting."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from community.models import Activity, Answer, Member, Thread, Vote
from tests import factories

pytestmark = pytest.mark.django_db

ApiFor = Callable[[Member | None], APIClient]


def test_answering_stores_and_tells_the_answer(api_for: ApiFor, thread: Thread, ambassador: Member) -> None:
    response = api_for(ambassador).post(f"/api/v1/threads/{thread.pk}/answers/", {"body": "Coarser than *espresso*."})

    answer = Answer.objects.get()
    told = response.json()
    assert response.status_code == 201
    assert told.pop("created_at") is not None
    assert told == {
        "id": answer.pk,
        "url": f"http://testserver{answer.get_absolute_url()}",
        "thread": thread.pk,
        "html": "<p>Coarser than <em>espresso</em>.</p>\n",
        "body": "Coarser than *espresso*.",
        "score": 0,
        "accepted": False,
        "official": False,
        "owns_since": None,
        "voted": False,
        "vote": 0,
        "author": {
            "handle": ambassador.handle,
            "name": "Mara Lindqvist",
            "avatar": None,
            "role": "ambassador",
            "level": 1,
        },
        "edited_at": None,
        "deleted_at": None,
        "hidden": False,
    }


def test_a_product_is_named_as_on_the_page(api_for: ApiFor, thread: Thread, ambassador: Member) -> None:
    factories.product("mahl-one", name="Mahl One")
    told = api_for(ambassador).post(f"/api/v1/threads/{thread.pk}/answers/", {"body": "Try #mahl-one."}).json()
    assert (told["body"], told["html"]) == (
        "Try #mahl-one.",
        '<p>Try <a href="/products/mahl-one/" class="chip" rel="nofollow ugc noopener noreferrer">Mahl One</a>.</p>\n',
    )


@pytest.mark.parametrize(("body", "code"), [("", "blank"), (" \n ", "blank"), ("x" * 20_001, "max_length")])
def test_an_empty_or_endless_answer_is_refused(
    api_for: ApiFor, thread: Thread, ambassador: Member, body: str, code: str
) -> None:
    response = api_for(ambassador).post(f"/api/v1/threads/{thread.pk}/answers/", {"body": body})

    assert response.status_code == 400
    assert [one["code"] for one in response.json()["errors"]["body"]] == [code]
    assert Answer.objects.count() == 0


def test_the_list_tells_which_answers_the_reader_found_helpful(api_for: ApiFor, answer: Answer, member: Member) -> None:
    other = factories.answer(answer.thread)
    api_for(member).put(f"/api/v1/answers/{answer.pk}/vote/", {"value": 1})
    path = f"/api/v1/threads/{answer.thread_id}/answers/"

    rows = api_for(member).get(path).json()["results"]
    newest = api_for(None).get(path, {"sort": "new"}).json()["results"]

    assert [(row["id"], row["score"], row["voted"]) for row in rows] == [(answer.pk, 1, True), (other.pk, 0, False)]
    assert [(row["id"], row["score"], row["voted"]) for row in newest] == [(other.pk, 0, False), (answer.pk, 1, False)]


def test_voting_counts_once_and_can_be_taken_back(api_for: ApiFor, answer: Answer, member: Member) -> None:
    api, path = api_for(member), f"/api/v1/answers/{answer.pk}/vote/"

    first, again = (api.put(path, {"value": 1}).json() for _ in range(2))
    back = api.delete(path)

    assert [(told["score"], told["voted"]) for told in (first, again)] == [(1, True), (1, True)]
    assert back.status_code == 204
    answer.refresh_from_db()
    assert (answer.score, Vote.objects.get().value) == (0, 0)


def test_voting_down_is_refused_until_it_is_earned(api_for: ApiFor, answer: Answer, member: Member) -> None:
    response = api_for(member).put(f"/api/v1/answers/{answer.pk}/vote/", {"value": -1})

    assert (response.status_code, response.json()["code"]) == (403, "not_trusted_yet")
    assert Vote.objects.count() == 0


def test_voting_down_moves_the_answer_and_shows_no_number(api_for: ApiFor, answer: Answer, thread: Thread) -> None:
    better, voter = factories.answer(thread), factories.member(trust=2)

    told = api_for(voter).put(f"/api/v1/answers/{answer.pk}/vote/", {"value": -1}).json()
    rows = api_for(None).get(f"/api/v1/threads/{thread.pk}/answers/").json()["results"]

    assert (told["score"], told["voted"], told["vote"]) == (0, False, -1)
    assert [(row["id"], row["score"], row["vote"]) for row in rows] == [(better.pk, 0, 0), (answer.pk, 0, 0)]


@pytest.mark.parametrize("value", [0, 2, "yes", None, [1]])
def test_any_other_value_is_no_vote(api_for: ApiFor, answer: Answer, member: Member, value: object) -> None:
    response = api_for(member).put(f"/api/v1/answers/{answer.pk}/vote/", {"value": value})

    assert (response.status_code, response.json()["code"]) == (400, "invalid")
    assert Vote.objects.count() == 0


def test_accepting_moves_from_one_answer_to_another_and_back(api_for: ApiFor, answer: Answer, member: Member) -> None:
    other, api = factories.answer(answer.thread), api_for(member)

    first = api.put(f"/api/v1/answers/{answer.pk}/accept/").json()
    second = api.put(f"/api/v1/answers/{other.pk}/accept/").json()
    late = api.delete(f"/api/v1/answers/{answer.pk}/accept/")

    assert (first["accepted"], second["accepted"], late.status_code) == (True, True, 204)
    assert Thread.objects.get().accepted_answer == other
    verbs = Activity.objects.filter(verb__contains="accepted").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["answer.accepted", "answer.unaccepted", "answer.accepted"]

    assert api.delete(f"/api/v1/answers/{other.pk}/accept/").status_code == 204
    assert Thread.objects.get().accepted_answer is None


def test_an_answer_is_changed_and_deleted_by_its_author(api_for: ApiFor, answer: Answer, ambassador: Member) -> None:
    api, path = api_for(ambassador), f"/api/v1/answers/{answer.pk}/"

    changed = api.patch(path, {"body": "Medium."}).json()
    gone = [api.delete(path).status_code for _ in range(2)]

    assert (changed["html"], changed["edited_at"] is not None) == ("<p>Medium.</p>\n", True)
    assert gone == [204, 204]
    assert api_for(None).get(f"/api/v1/threads/{answer.thread_id}/answers/").json()["results"] == []
    own = api.get(f"/api/v1/threads/{answer.thread_id}/answers/").json()["results"]
    assert [row["deleted_at"] is not None for row in own] == [True]
