"""Comments below questions and answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from community.models import Answer, Comment, Member, Thread
from tests import factories

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Member], Client]
KEY = "0b5b3e8e-6a5c-4f0e-9c51-0e4ad9b0a003"


def test_a_comment_is_stored_once_below_the_question(thread: Thread, member: Member, client_for: ClientFor) -> None:
    client = client_for(member)
    posted = [client.post(f"/threads/{thread.pk}/comments/", {"body": "It is **old**.", "key": KEY}) for _ in range(2)]
    comment = Comment.objects.get()
    assert [r["Location"] for r in posted] == [f"/comments/{comment.pk}/"] * 2
    assert (comment.answer, comment.html) == (None, "It is <strong>old</strong>.")
    assert client.get(thread.get_absolute_url()).context["thread"].comments_shown == [comment]


def test_one_key_of_a_page_serves_the_comments_below_each_post(
    answer: Answer, member: Member, client_for: ClientFor
) -> None:
    client, path = client_for(member), f"/threads/{answer.thread_id}/comments/"
    for target in ({}, {"answer": answer.pk}):
        assert client.post(path, {"body": "Thanks", "key": KEY, **target}).status_code == 303
    assert [comment.answer for comment in Comment.objects.order_by("pk")] == [None, answer]


def test_a_comment_below_an_answer_of_another_question_is_not_found(
    answer: Answer, member: Member, client_for: ClientFor
) -> None:
    other = factories.thread(member)
    response = client_for(member).post(f"/threads/{other.pk}/comments/", {"body": "Hm", "answer": answer.pk})
    assert (response.status_code, Comment.objects.count()) == (404, 0)


@pytest.mark.parametrize("body", ["", "  ", "x" * 601])
def test_a_mistake_keeps_the_text(body: str, thread: Thread, member: Member, client_for: ClientFor) -> None:
    response = client_for(member).post(f"/threads/{thread.pk}/comments/", {"body": body, "key": KEY})
    assert (response.status_code, Comment.objects.count()) == (422, 0)
    assert response.context["form"]["body"].value() == body


def test_deleting_and_restoring(answer: Answer, client_for: ClientFor) -> None:
    comment, client = factories.comment(answer, answer.author), client_for(answer.author)
    page = answer.thread.get_absolute_url()
    assert f"/comments/{comment.pk}/delete/".encode() in client.get(page).content
    assert f"/comments/{comment.pk}/delete/".encode() not in Client().get(page).content
    assert client.post(f"/comments/{comment.pk}/delete/")["Location"] == f"{page}#answer-{answer.pk}"
    assert f"comment-{comment.pk}".encode() not in client.get(page).content
    assert client.post(f"/comments/{comment.pk}/restore/")["Location"] == f"/comments/{comment.pk}/"
    assert f"comment-{comment.pk}".encode() in client.get(page).content
