"""The journal: a deed and its deliveries commit together or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from community import activity
from community.models import Activity, Answer, Delivery, Member
from community.registry import registry
from community.services import answers
from tests import factories
from tests.unchanged import unchanged

NOW = timezone.now()


def record(member: Member, *, key: str = "thread.created:1") -> Activity:
    return activity.record(verb=activity.THREAD_CREATED, key=key, actor=member, subject=("thread", 1), at=NOW)


@pytest.mark.django_db
def test_a_deed_is_queued_for_each_consumer_of_its_verb(member: Member) -> None:
    deed = record(member)
    assert list(deed.deliveries.order_by("consumer").values_list("consumer", "attempts", "leased_until")) == [
        ("gamification", 0, NOW),
        ("notifications", 0, NOW),
        ("search", 0, NOW),
    ]


@pytest.mark.django_db
def test_a_key_names_one_deed_only(member: Member) -> None:
    record(member)
    with unchanged(), pytest.raises(IntegrityError), transaction.atomic():
        record(member)


@pytest.mark.django_db
def test_every_verb_and_every_inverse_is_consumed_by_gamification() -> None:
    verbs = {verb for pair in activity.INVERSES.items() for verb in pair if verb}
    assert registry.consumers["gamification"].verbs == verbs


@pytest.mark.django_db
def test_an_undo_keeps_whom_and_what_its_deed_was_about(answer: Answer) -> None:
    asker = answer.thread.author
    answers.accept(answer=answer, by=asker, at=NOW)
    answers.unaccept(answer=answer, by=asker, at=NOW)
    deed, undo = Activity.objects.filter(verb__endswith="accepted").order_by("id")
    kept = ("actor", "beneficiary", "subject_kind", "subject_id", "facts")
    assert [getattr(undo, name) for name in kept] == [getattr(deed, name) for name in kept]
    assert undo.undoes == deed


@pytest.mark.django_db
def test_a_deed_is_taken_back_once(answer: Answer) -> None:
    asker = answer.thread.author
    answers.accept(answer=answer, by=asker, at=NOW)
    answers.unaccept(answer=answer, by=asker, at=NOW)
    with unchanged(), pytest.raises(IntegrityError), transaction.atomic():
        activity.undo(key=f"answer.accepted:{answer.pk}:1", verb="answer.unaccepted", actor=asker, at=NOW)


@pytest.mark.django_db(transaction=True)
def test_outside_of_a_transaction_nothing_is_recorded(member: Member) -> None:
    with unchanged(), pytest.raises(RuntimeError):
        record(member)


@pytest.mark.django_db(transaction=True)
def test_a_deed_that_is_rolled_back_leaves_neither_row_nor_delivery_nor_signal(
    member: Member, heard: list[str]
) -> None:
    @transaction.atomic
    def broken() -> None:
        record(member)
        raise ZeroDivisionError

    with unchanged(), pytest.raises(ZeroDivisionError):
        broken()
    assert heard == []


@pytest.mark.django_db(transaction=True)
def test_the_signal_is_sent_after_the_commit(member: Member, heard: list[str]) -> None:
    with transaction.atomic():
        record(member)
        assert heard == []
    assert heard == ["thread.created:1"]


@pytest.mark.django_db(transaction=True)
def test_a_receiver_that_fails_does_not_fail_the_deed(
    member: Member, heard: list[str], receiver: Callable[[Callable[..., None]], None]
) -> None:
    def fail(**kwargs: object) -> None:
        raise ConnectionError("no broker")

    receiver(fail)
    asked = factories.thread(member)
    assert heard == [f"thread.created:{asked.pk}"]
    assert Delivery.objects.count() == 3


@pytest.fixture
def receiver() -> Iterator[Callable[[Callable[..., None]], None]]:
    """Connect a receiver for the length of the test."""
    connected: list[Callable[..., None]] = []

    def connect(function: Callable[..., None]) -> None:
        activity.activity_recorded.connect(function, weak=False)
        connected.append(function)

    yield connect
    for function in connected:
        activity.activity_recorded.disconnect(function)


@pytest.fixture
def heard(receiver: Callable[[Callable[..., None]], None]) -> list[str]:
    """The keys of the deeds that were signalled."""
    keys: list[str] = []

    def listen(activity: Activity, **kwargs: object) -> None:
        keys.append(activity.key)

    receiver(listen)
    return keys
