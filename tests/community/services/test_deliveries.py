"""The outbox: leases, attempts, parking, and one transaction for an effect and the end of its delivery."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from community import activity, tasks
from community.models import Activity, Delivery, Member, Topic
from community.registry import JournalConsumer, registry
from community.services import deliveries, votes
from tests import factories

pytestmark = pytest.mark.django_db
NAME = "probe"
NOW = timezone.now()
Handle = Callable[[list[Delivery]], None]


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Callable[[Handle], None]:
    """Let a function of the test be the only consumer."""

    def registered(handle: Handle) -> None:
        monkeypatch.setattr(registry, "consumers", {NAME: JournalConsumer(NAME, frozenset({"thread.created"}), handle)})

    return registered


@pytest.fixture
def seen(register: Callable[[Handle], None]) -> list[int]:
    """What the consumer has handled, by activity."""
    handled: list[int] = []
    register(lambda batch: handled.extend(delivery.activity_id for delivery in batch))
    return handled


def asked(number: int, at: datetime = NOW) -> list[int]:
    """Ask so many questions; return their deeds."""
    for _ in range(number):
        factories.thread(at=at)
    return list(Activity.objects.order_by("id").values_list("id", flat=True))


def consume(at: datetime = NOW, limit: int = 200) -> int:
    return deliveries.consume(consumer=NAME, at=at, limit=limit)


def row() -> tuple[int, bool, str]:
    delivery = Delivery.objects.get()
    return delivery.attempts, delivery.parked_at is not None, delivery.error


class TestConsuming:
    def test_handles_in_the_order_of_the_journal_and_deletes(self, seen: list[int]) -> None:
        deeds = asked(5)
        assert [consume(limit=2) for _ in range(4)] == [2, 2, 1, 0]
        assert (seen, list(Delivery.objects.all())) == (deeds, [])

    def test_what_is_leased_is_left_alone_until_the_lease_ends(self, seen: list[int]) -> None:
        (deed,) = asked(1)
        claimed, lease = deliveries.claim(consumer=NAME, at=NOW, limit=10)
        assert (len(claimed), lease) == (1, NOW + deliveries.LEASE)
        assert consume(at=lease - timedelta(seconds=1)) == 0
        assert seen == []
        assert consume(at=lease) == 1
        assert seen == [deed]

    def test_an_attempt_is_counted_before_anything_runs(self, seen: list[int]) -> None:
        asked(1)
        deliveries.claim(consumer=NAME, at=NOW, limit=10)
        assert row() == (1, False, "")

    def test_a_worker_whose_lease_ran_out_finds_its_batch_taken(self, register: Callable[[Handle], None]) -> None:
        handled: list[str] = []

        def overtaken(batch: list[Delivery]) -> None:
            handled.append("taken")

        register(overtaken)
        asked(1)
        claimed, lease = deliveries.claim(consumer=NAME, at=NOW, limit=10)
        assert consume(at=lease) == 1
        assert deliveries._handle(NAME, claimed, lease) == 0
        assert Delivery.objects.count() == 0

    def test_other_consumers_have_their_own_deliveries(self, seen: list[int]) -> None:
        asked(1)
        assert deliveries.consume(consumer="another", at=NOW) == 0
        assert Delivery.objects.count() == 1

    def test_effect_and_end_of_the_delivery_commit_together(self, register: Callable[[Handle], None]) -> None:
        def handle(batch: list[Delivery]) -> None:
            factories.topic("from-a-handler")
            raise ZeroDivisionError

        register(handle)
        asked(1)
        assert consume() == 0
        assert (list(Topic.objects.filter(slug="from-a-handler")), Delivery.objects.count()) == ([], 1)


class TestFailing:
    def test_a_poisonous_delivery_does_not_hold_up_its_neighbours(self, register: Callable[[Handle], None]) -> None:
        handled: list[int] = []
        deeds: list[int] = []

        def handle(batch: list[Delivery]) -> None:
            ids = [delivery.activity_id for delivery in batch]
            if deeds[1] in ids:
                raise ValueError("poison")
            handled.extend(ids)

        register(handle)
        deeds.extend(asked(3))

        assert consume() == 2
        assert handled == [deeds[0], deeds[2]]
        assert row() == (1, False, "ValueError: poison")

    def test_after_five_attempts_it_is_parked_and_shown(self, register: Callable[[Handle], None]) -> None:
        def handle(batch: list[Delivery]) -> None:
            raise ValueError("poison")

        register(handle)
        asked(1)
        for attempt in range(1, 6):
            assert consume(at=timezone.now() + timedelta(hours=attempt)) == 0
            assert row() == (attempt, attempt == 5, "ValueError: poison")
        assert consume(at=timezone.now() + timedelta(days=1)) == 0
        assert row() == (5, True, "ValueError: poison")

    def test_what_failed_is_tried_again_after_a_while(self, register: Callable[[Handle], None]) -> None:
        def handle(batch: list[Delivery]) -> None:
            raise ValueError("passing trouble")

        register(handle)
        asked(1)
        begin = timezone.now()
        consume(at=begin)
        waits = Delivery.objects.get().leased_until - begin
        assert timedelta(seconds=2) <= waits < timedelta(seconds=4)

    def test_what_kills_its_worker_five_times_is_parked_without_a_sixth(self, seen: list[int]) -> None:
        asked(1)
        at = NOW
        for _ in range(5):
            _claimed, at = deliveries.claim(consumer=NAME, at=at, limit=10)
        assert consume(at=at) == 0
        assert (seen, row()) == ([], (5, True, ""))

    def test_what_was_attempted_before_comes_alone(self, seen: list[int]) -> None:
        deeds = asked(4)
        rows = list(Delivery.objects.order_by("id").values_list("pk", flat=True))
        Delivery.objects.filter(pk__in=rows[1:3]).update(attempts=1)
        batches = [deliveries.claim(consumer=NAME, at=NOW, limit=10)[0] for _ in range(4)]
        assert batches == [rows[:1], rows[1:2], rows[2:3], rows[3:]]
        assert (seen, len(deeds)) == ([], 4)

    def test_what_kills_its_worker_takes_no_neighbour_with_it(self, seen: list[int]) -> None:
        killer, *neighbours = asked(3)
        _claimed, at = deliveries.claim(consumer=NAME, at=NOW, limit=10)
        for _ in range(3):
            _claimed, at = deliveries.claim(consumer=NAME, at=at, limit=10)
        _claimed, lease = deliveries.claim(consumer=NAME, at=at, limit=10)
        assert [consume(at=at), consume(at=at), consume(at=lease)] == [1, 1, 0]
        assert seen == neighbours
        assert (Delivery.objects.get().activity_id, row()) == (killer, (5, True, ""))

    def test_a_released_delivery_gets_five_new_attempts(self, seen: list[int]) -> None:
        asked(1)
        Delivery.objects.update(parked_at=NOW, attempts=5, error="ValueError: poison")
        deliveries.release(delivery=Delivery.objects.get(), at=NOW)
        assert row() == (0, False, "")
        assert consume() == 1


class TestTasks:
    def test_the_task_works_until_nothing_is_due(self, seen: list[int]) -> None:
        deeds = asked(3)
        tasks.consume(NAME)
        assert (seen, Delivery.objects.count()) == (deeds, 0)

    def test_the_sweep_finds_what_no_hint_brought_to_work(self, seen: list[int], member: Member) -> None:
        deeds = asked(2)
        deliveries.claim(consumer=NAME, at=NOW - timedelta(minutes=2), limit=1)
        tasks.sweep_deliveries()
        assert (seen, Delivery.objects.count()) == (deeds, 0)


def test_an_undo_never_stands_in_the_way_of_its_deed_that_is_delivered_again(
    register: Callable[[Handle], None],
) -> None:
    """The undo's worker died, then its deed came once more, behind it: else the undo would be taken again and again."""
    handled: list[str] = []
    verbs = frozenset({activity.ANSWER_FOUND_HELPFUL, activity.ANSWER_HELPFUL_WITHDRAWN})
    register(lambda batch: handled.extend(delivery.activity.verb for delivery in batch))
    registry.consumers[NAME] = JournalConsumer(NAME, verbs, registry.consumers[NAME].handle)
    answer, voter = factories.answer(), factories.member()
    votes.cast(answer=answer, voter=voter, value=1, at=NOW)
    deed = Activity.objects.get(verb=activity.ANSWER_FOUND_HELPFUL)
    consume()
    votes.cast(answer=answer, voter=voter, value=0, at=NOW)
    deliveries.claim(consumer=NAME, at=NOW, limit=10)
    later = NOW + deliveries.LEASE
    Delivery.objects.create(consumer=NAME, activity=deed, leased_until=later)

    assert [consume(at=later) for _ in range(3)] == [1, 1, 0]

    assert handled == [deed.verb, deed.verb, activity.ANSWER_HELPFUL_WITHDRAWN]


def test_undos_of_a_parked_deed_wait_without_holding_up_what_comes_after(
    monkeypatch: pytest.MonkeyPatch, member: Member
) -> None:
    handled: list[str] = []
    verbs = frozenset({activity.ANSWER_FOUND_HELPFUL, activity.ANSWER_HELPFUL_WITHDRAWN})
    consumer = JournalConsumer(NAME, verbs, lambda batch: handled.extend(row.activity.verb for row in batch))
    monkeypatch.setattr(registry, "consumers", {NAME: consumer})
    taken_back, liked = factories.answer(), factories.answer()
    votes.cast(answer=taken_back, voter=member, value=1, at=NOW)
    Delivery.objects.update(parked_at=NOW)
    votes.cast(answer=taken_back, voter=member, value=0, at=NOW)
    votes.cast(answer=liked, voter=member, value=1, at=NOW)

    assert [consume(limit=1), consume(limit=1)] == [1, 0]
    assert handled == [activity.ANSWER_FOUND_HELPFUL]
    assert Delivery.objects.count() == 2

    deliveries.release(delivery=Delivery.objects.earliest("id"), at=NOW)
    assert consume() == 2
    assert handled[1:] == [activity.ANSWER_FOUND_HELPFUL, activity.ANSWER_HELPFUL_WITHDRAWN]
