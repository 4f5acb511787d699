"""Notifications over HTTP."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from community.models import Answer, Member
from tests import factories

pytestmark = pytest.mark.django_db

ApiFor = Callable[[Member | None], APIClient]


def test_the_asker_is_told_of_the_answer_and_reads_it(api_for: ApiFor, answer: Answer, member: Member) -> None:
    factories.work_off()
    api = api_for(member)

    (row,) = api.get("/api/v1/notifications/").json()["results"]

    assert (row["kind"], row["thread"], row["read_at"]) == ("answer.created", answer.thread_id, None)
    assert row["url"] == f"http://testserver{answer.thread.get_absolute_url()}"
    assert row["actor"]["handle"] == answer.author.handle
    assert api.post("/api/v1/notifications/read/", {"thread": answer.thread_id}).json() == {"read": 1}
    assert api.post("/api/v1/notifications/read/", {}).json() == {"read": 0}
    (row,) = api.get("/api/v1/notifications/").json()["results"]
    assert row["read_at"] is not None


def test_reading_one_thread_leaves_the_others_unread(api_for: ApiFor, answer: Answer, member: Member) -> None:
    factories.answer(factories.thread(member))
    factories.work_off()

    api_for(member).post("/api/v1/notifications/read/", {"thread": answer.thread_id})

    rows = api_for(member).get("/api/v1/notifications/").json()["results"]
    assert [row["read_at"] is None for row in rows] == [True, False]


def test_nobody_sees_the_notifications_of_others(api_for: ApiFor, answer: Answer) -> None:
    factories.work_off()

    assert api_for(answer.author).get("/api/v1/notifications/").json()["results"] == []
