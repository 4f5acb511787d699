"""Messages: what a batch earned, told once to each member, badge before points."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from community.models import Answer, Notification
from community.services import answers, votes
from gamification.models import Entry
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_world")]
KINDS = ("points.earned", "badge.earned", "much.earned")


def told() -> list[Notification]:
    return list(Notification.objects.filter(kind__in=KINDS).order_by("id"))


def vote(answer: Answer, number: int = 1) -> None:
    for _ in range(number):
        votes.cast(answer=answer, voter=factories.member(), value=1, at=timezone.now())


def test_points_are_told_with_amount_reason_and_the_entry_that_answers_why(answer: Answer) -> None:
    vote(answer)
    factories.work_off()
    (message,) = told()
    assert message.member == answer.author
    assert (message.kind, message.thread, message.shown_at) == ("points.earned", answer.thread, None)
    assert message.facts == {
        "reputation": 4,
        "credits": 3,
        "entry": Entry.objects.order_by("id")[0].pk,
        "deeds": 1,
        "reason_de": "Because of answer.found_helpful.",
        "reason_en": "Because of answer.found_helpful.",
    }


def test_many_deeds_of_one_batch_are_one_message(answer: Answer) -> None:
    answers.accept(answer=answer, by=answer.thread.author, at=timezone.now())
    vote(answer, 3)
    factories.work_off()
    (points,) = [message for message in told() if message.kind == "points.earned"]
    assert (points.facts["reputation"], points.facts["credits"], points.facts["deeds"]) == (22, 16, 4)


def test_three_badges_at_once_are_told_in_one_line_with_the_points(answer: Answer) -> None:
    answers.accept(answer=answer, by=answer.thread.author, at=timezone.now())
    vote(answer, 5)
    factories.work_off()
    (message,) = told()
    assert (message.kind, message.shown_at) == ("much.earned", None)
    pin = message.facts.pop("pin")
    assert message.facts == {"badges": 3, "reputation": 30, "credits": 22}
    assert pin["tier"] == "silver"


def test_a_badge_opens_its_dialog_and_keeps_the_points_quiet(answer: Answer) -> None:
    answers.accept(answer=answer, by=answer.thread.author, at=timezone.now())
    factories.work_off()
    points, badge = told()
    assert (badge.kind, badge.shown_at, badge.facts["threshold"]) == ("badge.earned", None, 1)
    assert badge.facts["pin"]["tier"] == "bronze"
    assert points.shown_at is not None


def test_of_several_badges_only_the_highest_opens_a_dialog(answer: Answer) -> None:
    for _ in range(3):
        made = factories.answer(author=answer.author)
        answers.accept(answer=made, by=made.thread.author, at=timezone.now())
    factories.work_off()
    loud = [message.facts["threshold"] for message in told() if message.shown_at is None]
    assert loud == [3]


def test_what_was_done_long_ago_interrupts_nobody(answer: Answer) -> None:
    long_ago = timezone.now() - timedelta(hours=2)
    answers.accept(answer=answer, by=answer.thread.author, at=long_ago)
    factories.work_off()
    assert [(message.created_at, message.shown_at is None) for message in told()] == [(long_ago, False)] * 2


def test_a_badge_that_is_earned_again_is_not_told_again(answer: Answer) -> None:
    for _ in range(2):
        answers.accept(answer=answer, by=answer.thread.author, at=timezone.now())
        factories.work_off()
        answers.unaccept(answer=answer, by=answer.thread.author, at=timezone.now())
        factories.work_off()
    assert [message.kind for message in told()].count("badge.earned") == 1
