"""Comments: below a question or an answer, counted for the thread."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from community.models import Activity, Answer, Thread
from community.services import answers, comments, threads
from tests import factories
from tests.races.crowd import differences
from tests.unchanged import refused, unchanged

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LATER = NOW + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def in_step() -> Iterator[None]:
    """Whatever a test does, ``verify`` finds nothing afterwards."""
    yield
    assert differences() == []


def count(thread: Thread) -> int:
    thread.refresh_from_db()
    return thread.comment_count


def test_one_below_a_question_and_one_below_an_answer_are_counted(answer: Answer) -> None:
    below = factories.comment(answer, body="Thanks for **that**.")
    factories.comment(answer.thread)
    assert (count(answer.thread), below.answer) == (2, answer)
    assert "<strong>that</strong>" in below.html
    deed = Activity.objects.filter(verb="comment.created").order_by("id")[0]
    assert deed.facts == {"comment": below.pk, "thread": answer.thread_id, "answer": answer.pk}


def test_deleting_and_restoring_move_the_count_once(answer: Answer) -> None:
    comment = factories.comment(answer)
    author = comment.author
    comments.delete(comment=comment, by=author, at=NOW)
    assert count(answer.thread) == 0
    with unchanged():
        comments.delete(comment=comment, by=author, at=LATER)
    comments.restore(comment=comment, by=author, at=LATER)
    assert count(answer.thread) == 1
    with unchanged():
        comments.restore(comment=comment, by=author, at=LATER)


def test_below_what_was_deleted_is_refused(answer: Answer) -> None:
    author = factories.member()
    answers.delete(answer=answer, by=answer.author, at=NOW)
    answer.refresh_from_db()
    with refused(threads.Gone):
        comments.create(thread=answer.thread, answer=answer, author=author, body="Hm.", at=LATER)
    threads.delete(thread=answer.thread, by=answer.thread.author, at=NOW)
    with refused(threads.Gone):
        comments.create(thread=answer.thread, answer=None, author=author, body="Hm.", at=LATER)


def test_below_an_answer_that_was_deleted_since_it_was_read_is_refused(answer: Answer) -> None:
    author = factories.member()
    as_read = Answer.objects.get(pk=answer.pk)
    answers.delete(answer=answer, by=answer.author, at=NOW)
    with refused(threads.Gone):
        comments.create(thread=as_read.thread, answer=as_read, author=author, body="Hm.", at=LATER)
