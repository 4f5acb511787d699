"""From the journal to the ledger: one deed, one effect, whatever the workers do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from community.models import Activity, Answer, Delivery, Member, Notification, Standing
from community.registry import JournalConsumer, registry
from community.services import answers, deliveries, votes
from gamification.models import Award, Balance, BoardScore, Counter, Entry, Evaluation
from gamification.services import evaluation
from tests import factories
from tests.races.crowd import differences

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_world")]


def booked() -> list[tuple[int, str, int, str]]:
    return list(Entry.objects.order_by("id").values_list("member", "currency", "amount", "kind"))


def derived() -> dict[str, list[tuple[object, ...]]]:
    """Everything that hangs on the ledger, to be compared before and after."""
    return {
        "entries": list(Entry.objects.order_by("id").values_list("id", "amount")),
        "balances": list(Balance.objects.order_by("id").values_list("member", "currency", "value")),
        "counters": list(Counter.objects.order_by("id").values_list("member", "metric", "value")),
        "boards": list(BoardScore.objects.order_by("id").values_list("span", "start", "member", "score")),
        "awards": list(Award.objects.order_by("id").values_list("member", "grade")),
        "standings": list(Standing.objects.order_by("member").values_list("member", "level", "level_progress")),
        "notifications": list(Notification.objects.order_by("id").values_list("key")),
    }


def accept(answer: Answer) -> None:
    answers.accept(answer=answer, by=answer.thread.author, at=timezone.now())


def test_asking_and_answering_alone_earn_nothing(answer: Answer) -> None:
    factories.comment(answer)
    factories.work_off()
    assert booked() == []
    assert Evaluation.objects.count() == Activity.objects.count()


def test_an_acceptance_books_both_currencies_counts_awards_and_lifts(answer: Answer) -> None:
    accept(answer)
    factories.work_off()
    helper = answer.author_id
    assert booked() == [(helper, "reputation", 10, "grant"), (helper, "credits", 7, "grant")]
    assert list(Counter.objects.values_list("member", "metric", "value")) == [(helper, "accepted_answers", 1)]
    assert [award.grade.threshold for award in Award.objects.all()] == [1]
    assert Standing.objects.get(member=helper).level_progress == 50
    assert differences() == []


def test_taking_the_acceptance_back_restores_everything(answer: Answer) -> None:
    other = factories.answer(author=answer.author)
    accept(other)
    factories.work_off()
    before = derived()

    accept(answer)
    factories.work_off()
    answers.unaccept(answer=answer, by=answer.thread.author, at=timezone.now())
    factories.work_off()

    after = derived()
    kept = ("balances", "counters", "boards", "awards", "standings")
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
    assert [(amount, kind) for _member, _currency, amount, kind in booked()[2:]] == [
        (10, "grant"),
        (7, "grant"),
        (-10, "reversal"),
        (-7, "reversal"),
    ]
    assert differences() == []


def test_a_deed_and_its_undo_in_one_batch_tell_nobody_and_leave_nothing(answer: Answer) -> None:
    factories.work_off()
    told = set(Notification.objects.values_list("key", flat=True))
    accept(answer)
    answers.unaccept(answer=answer, by=answer.thread.author, at=timezone.now())
    factories.work_off()
    assert sum(amount for _m, _c, amount, _k in booked()) == 0
    assert list(Award.objects.all()) == []
    new = Notification.objects.exclude(key__in=told).values_list("kind", flat=True)
    assert "points.earned" not in new
    assert "badge.earned" not in new


def test_accepting_again_after_an_undo_earns_again(answer: Answer) -> None:
    accept(answer)
    answers.unaccept(answer=answer, by=answer.thread.author, at=timezone.now())
    accept(Answer.objects.get(pk=answer.pk))
    factories.work_off()
    assert Balance.objects.get(currency="reputation").value == 10
    assert differences() == []


def test_an_award_names_a_deed_that_stands(answer: Answer, member: Member) -> None:
    second = factories.answer(author=answer.author)
    accept(answer)
    accept(second)
    answers.unaccept(answer=second, by=second.thread.author, at=timezone.now())
    factories.work_off()
    assert [award.activity.subject_id for award in Award.objects.all()] == [answer.pk]


def test_nobody_earns_by_accepting_their_own_answer(member: Member) -> None:
    accept(factories.answer(factories.thread(member), member))
    factories.work_off()
    assert (booked(), list(Counter.objects.all()), list(Award.objects.all())) == ([], [], [])
    assert differences() == []


def test_a_second_delivery_changes_nothing(answer: Answer) -> None:
    accept(answer)
    factories.work_off()
    before = derived()
    for activity in Activity.objects.all():
        Delivery.objects.create(consumer="gamification", activity=activity, leased_until=timezone.now())

    handled = deliveries.consume(consumer="gamification", at=timezone.now())

    assert handled == Activity.objects.count()
    assert Delivery.objects.count() == 0
    assert derived() == before


def test_an_undo_that_comes_before_its_deed_waits_for_it(answer: Answer) -> None:
    factories.work_off()
    accept(answer)
    answers.unaccept(answer=answer, by=answer.thread.author, at=timezone.now())
    elsewhere = Delivery.objects.filter(consumer="gamification", activity__verb="answer.accepted")
    elsewhere.update(leased_until=timezone.now() + timedelta(minutes=1))

    assert deliveries.consume(consumer="gamification", at=timezone.now()) == 0
    assert booked() == []
    undo = Delivery.objects.get(consumer="gamification", activity__verb="answer.unaccepted")
    assert (undo.attempts, undo.parked_at) == (0, None)

    elsewhere.update(leased_until=timezone.now())
    factories.work_off()
    assert [amount for _member, _currency, amount, _kind in booked()] == [10, 7, -10, -7]
    assert differences() == []


def test_a_failure_after_the_work_leaves_no_trace_and_the_next_run_repeats_it(
    answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.work_off()
    before = derived()
    accept(answer)

    with monkeypatch.context() as patch:
        patch.setitem(registry.consumers, "gamification", _breaking(evaluation.handle))
        assert deliveries.consume(consumer="gamification", at=timezone.now()) == 0
    assert derived() == before

    factories.work_off(at=timezone.now() + timedelta(minutes=1))
    assert len(booked()) == 2
    assert differences() == []


def test_the_number_of_queries_does_not_grow_with_the_batch(django_assert_max_num_queries: Callable) -> None:  # type: ignore[type-arg] # pytest-django's own type is private
    helper = factories.ambassador()
    for _ in range(30):
        accept(factories.answer(author=helper))
    with django_assert_max_num_queries(45):
        assert deliveries.consume(consumer="gamification", at=timezone.now()) == 90


def test_votes_count_for_their_own_badge(answer: Answer) -> None:
    for _ in range(2):
        votes.cast(answer=answer, voter=factories.member(), value=1, at=timezone.now())
    factories.work_off()
    held = Award.objects.values_list("grade__badge__metric", "grade__threshold")
    assert list(held) == [("helpful_votes", 2)]


def _breaking(handle: Callable[[list[Delivery]], None]) -> JournalConsumer:
    def handled_and_broken(batch: list[Delivery]) -> None:
        handle(batch)
        raise ConnectionResetError

    return JournalConsumer("gamification", registry.consumers["gamification"].verbs, handled_and_broken)
