"""Keyset pages over HTTP: walking forwards and backwards, and what a page costs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from community.models import Member, Thread
from community.services import votes
from tests import factories

pytestmark = pytest.mark.django_db

ApiFor = Callable[[Member | None], APIClient]


def walk(api: APIClient, address: str | None, link: str) -> Iterator[list[int]]:
    while address:
        page = api.get(address).json()
        yield [row["id"] for row in page["results"]]
        address = page[link]


def last(api: APIClient, address: str) -> str:
    while (following := api.get(address).json()["next"]) is not None:
        address = following
    return address


@pytest.mark.parametrize("sort", ["new", "active", "top"])
def test_walking_forwards_and_backwards_meets_each_thread_once(api_for: ApiFor, sort: str) -> None:
    author, now = factories.member(), timezone.now()
    threads = factories.many(factories.thread, 7, author, at=now)
    helpful = factories.answer(threads[2], at=now)
    votes.cast(answer=helpful, voter=author, value=1, at=now)
    api, first = api_for(None), f"/api/v1/threads/?sort={sort}&limit=3&phase=before"

    forwards = list(walk(api, first, "next"))
    backwards = list(walk(api, last(api, first), "previous"))

    assert [len(page) for page in forwards] == [3, 3, 1]
    assert sorted(pk for page in forwards for pk in page) == sorted(thread.pk for thread in threads)
    assert [pk for page in reversed(backwards) for pk in page] == [pk for page in forwards for pk in page]


def test_a_page_stays_right_while_threads_come_and_go(api_for: ApiFor, member: Member) -> None:
    threads = factories.many(factories.thread, 4, member)
    api = api_for(member)
    first = api.get("/api/v1/threads/?limit=2").json()

    api.delete(f"/api/v1/threads/{threads[3].pk}/")
    factories.thread(member)

    second = api.get(first["next"]).json()
    assert [row["id"] for row in second["results"]] == [threads[1].pk, threads[0].pk]


@pytest.mark.parametrize(
    "cursor", ["x", "bnVsbA", "WzAsMSwyLDNd", "WzAsInRleHQiLCJ0ZXh0Il0", "WzAseyJ0Ijoib2xkIn0sMV0", "é"]
)
@pytest.mark.parametrize("path", ["threads/", "topics/", "products/"])
def test_a_made_up_cursor_is_refused(api_for: ApiFor, path: str, cursor: str) -> None:
    response = api_for(None).get(f"/api/v1/{path}", {"cursor": cursor})

    assert (response.status_code, response.json()["code"]) == (400, "bad_cursor")


def test_the_links_keep_filters_and_host(api_for: ApiFor, member: Member) -> None:
    factories.many(factories.thread, 2, member)

    page = api_for(None).get("/api/v1/threads/?phase=before&limit=1").json()

    assert page["previous"] is None
    assert page["next"].startswith("http://testserver/api/v1/threads/?")
    assert "phase=before" in page["next"]
    assert "limit=1" in page["next"]


def fill(number: int, member: Member) -> Thread:
    helper = factories.ambassador()
    product, topic = factories.product(), factories.topic()
    factories.many(factories.topic, number)
    factories.many(factories.product, number)
    threads = factories.many(factories.thread, number, member, product=product, topic=topic)
    busy: Thread = threads[0]
    for answer in factories.many(factories.answer, number, busy, helper):
        votes.cast(answer=answer, voter=member, value=1, at=timezone.now())
        factories.comment(answer, helper)
    factories.many(factories.comment, number, busy, helper)
    factories.work_off()
    return busy


#: Session and member are read with each request; a thread's answers also ask for the reader's rights and votes.
COSTS = {
    "threads/": 3,
    "threads/{}/answers/": 7,
    "threads/{}/comments/": 4,
    "topics/": 3,
    "products/": 4,
    "notifications/": 4,
}


@pytest.mark.parametrize("number", [1, 30])
def test_a_list_costs_the_same_with_one_row_and_with_thirty(
    api_for: ApiFor, member: Member, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    busy, api = fill(number, member), api_for(member)
    api.get("/api/v1/members/me/")  # the first request of a session notes it for the list of one's sessions

    for path, queries in COSTS.items():
        with django_assert_num_queries(queries, info=path):
            rows = api.get(f"/api/v1/{path.format(busy.pk)}?limit=50").json()["results"]
        # What is told about one thread is one line.
        assert len(rows) >= (1 if path == "notifications/" else number)
