"""Notifications over HTTP."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from community.models import Answer, Member, Notification
from community.services import threads
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


def test_several_answers_are_one_row_that_counts_the_people(api_for: ApiFor, answer: Answer, member: Member) -> None:
    newest = factories.answer(answer.thread, factories.member("Ben Vogt"))
    factories.work_off()

    (row,) = api_for(member).get("/api/v1/notifications/").json()["results"]

    assert (row["actor"]["handle"], row["others"], row["facts"]) == ("ben-vogt", 1, {"answer": newest.pk})
    assert api_for(member).post("/api/v1/notifications/read/", {}).json() == {"read": 1}


def test_what_is_gone_is_not_told_and_its_title_stands_in_no_address(
    api_for: ApiFor, answer: Answer, member: Member
) -> None:
    factories.accepted_answer(answer.thread, answer.author)
    factories.work_off()
    Notification.objects.create(
        member=member, kind="points.earned", key="k", group="k", thread=answer.thread, created_at=answer.created_at
    )
    threads.delete(thread=answer.thread, by=member, at=timezone.now())

    for reader in (member, answer.author):
        rows = api_for(reader).get("/api/v1/notifications/").json()["results"]
        assert {row["kind"] for row in rows} <= {"points.earned", "badge.earned"}
        assert {(row["thread"], row["url"]) for row in rows} <= {(None, None)}
