"""Telling: who hears of an answer, an acceptance, a comment."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from community.models import Activity, Answer, Delivery, Member, Notification, Thread
from community.services import answers, deliveries, threads
from tests import factories

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def told() -> list[tuple[int, str]]:
    deliveries.consume(consumer="notifications", at=timezone.now())
    return list(Notification.objects.order_by("id").values_list("member", "kind"))


def test_the_asker_hears_of_an_answer(answer: Answer) -> None:
    assert told() == [(answer.thread.author_id, "answer.created")]
    row = Notification.objects.get()
    assert (row.actor, row.thread, row.facts, row.shown_at) == (
        answer.author,
        answer.thread,
        {"answer": answer.pk},
        None,
    )


def test_nobody_hears_of_their_own_deed(member: Member, thread: Thread) -> None:
    own = factories.answer(thread, member)
    factories.comment(own, member)
    answers.accept(answer=own, by=member, at=NOW)
    assert told() == []


def test_the_helper_hears_of_the_acceptance(answer: Answer) -> None:
    told()
    answers.accept(answer=answer, by=answer.thread.author, at=NOW)
    assert told()[1:] == [(answer.author_id, "answer.accepted")]


def test_a_comment_below_an_answer_is_told_to_asker_and_helper(answer: Answer) -> None:
    told()
    factories.comment(answer)
    assert sorted(told()[1:]) == sorted(
        [(answer.thread.author_id, "comment.created"), (answer.author_id, "comment.created")]
    )


def test_what_was_deleted_before_it_was_told_is_told_to_nobody(answer: Answer) -> None:
    answers.delete(answer=answer, by=answer.author, at=NOW)
    gone = factories.answer()
    threads.delete(thread=gone.thread, by=gone.thread.author, at=NOW)
    assert told() == []
    assert Delivery.objects.filter(consumer="notifications").count() == 0


def test_what_happened_long_ago_interrupts_nobody(thread: Thread) -> None:
    factories.answer(thread, at=NOW - timedelta(hours=2))
    told()
    assert Notification.objects.get().shown_at is not None


def test_a_second_delivery_tells_nothing_new(answer: Answer) -> None:
    once = told()
    deed = Activity.objects.get(verb="answer.created")
    Delivery.objects.create(consumer="notifications", activity=deed, leased_until=NOW)
    assert told() == once
