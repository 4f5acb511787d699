"""Comments over HTTP."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from community.models import Answer, Comment, Member
from tests import factories

pytestmark = pytest.mark.django_db

ApiFor = Callable[[Member | None], APIClient]


def test_comments_stand_under_the_post_they_were_written_for(api_for: ApiFor, answer: Answer, member: Member) -> None:
    api = api_for(member)
    on_question, on_answer = f"/api/v1/threads/{answer.thread_id}/comments/", f"/api/v1/answers/{answer.pk}/comments/"

    first = api.post(on_question, {"body": "I own   the *same* one."}).json()
    second = api.post(on_answer, {"body": "Worked."}).json()

    assert (first["html"], first["thread"], first["answer"]) == (
        "I own the <em>same</em> one.",
        answer.thread_id,
        None,
    )
    assert (second["thread"], second["answer"]) == (answer.thread_id, answer.pk)
    assert [row["id"] for row in api.get(on_question).json()["results"]] == [first["id"]]
    assert [row["id"] for row in api.get(on_answer).json()["results"]] == [second["id"]]


@pytest.mark.parametrize(("body", "code"), [("  ", "blank"), ("x" * 601, "max_length"), (None, "null")])
def test_an_empty_or_long_comment_is_refused(
    api_for: ApiFor, answer: Answer, member: Member, body: str | None, code: str
) -> None:
    response = api_for(member).post(f"/api/v1/answers/{answer.pk}/comments/", {"body": body})

    assert [one["code"] for one in response.json()["errors"]["body"]] == [code]
    assert Comment.objects.count() == 0


def test_a_deleted_comment_is_gone_from_the_list(api_for: ApiFor, answer: Answer, member: Member) -> None:
    comment = factories.comment(answer, member)

    gone = [api_for(member).delete(f"/api/v1/comments/{comment.pk}/").status_code for _ in range(2)]

    assert gone == [204, 204]
    assert api_for(member).get(f"/api/v1/answers/{answer.pk}/comments/").json()["results"] == []
