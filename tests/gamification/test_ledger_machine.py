"""Members ask, answer, accept, vote and change their minds while workers come late, twice, in any order or die.

Whatever happens, once the outbox is empty everything derived is what the naive model computes from the deeds.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from community import verification as community_checks
from community.models import Activity, Answer, Delivery, Standing, Thread
from community.refusals import Refusal
from community.registry import Difference, JournalConsumer, registry
from community.services import answers, deliveries, threads, votes
from gamification import verification
from gamification.models import Award, Balance, BoardScore, Counter, Entry, Evaluation, Rule
from gamification.services import evaluation
from gamification.services import rules as rules_services
from tests import factories, machines
from tests.gamification import world
from tests.gamification.naive import Naive

GAMIFICATION = "gamification"
MEMBERS = 4
#: From the same instant's neighbour over the end of a lease to another week and month.
STEPS = st.sampled_from([timedelta(microseconds=1), timedelta(seconds=61), timedelta(hours=9), timedelta(days=9)])
VERBS = st.sampled_from(sorted(world.REWARDS))
NUMBERS = st.integers(0, 10**6)


class Breakdown(Exception):
    """A handler failed after it had done its work and before it was committed."""


class Community(RuleBasedStateMachine):
    """The product on the left, the naive model on the right."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.callback(transaction.set_rollback, rollback=False)
        atomic = transaction.atomic()
        atomic.__enter__()
        self.stack.push(lambda *_: self._roll_back(atomic))
        self.breakdowns = 0
        self.real = registry.consumers[GAMIFICATION]
        registry.add_consumer(JournalConsumer(GAMIFICATION, self.real.verbs, self._handle))
        self.stack.callback(registry.add_consumer, self.real)
        self.naive = Naive()
        # Ahead of the clock, since leases are given back at the present time.
        self.now = timezone.now() + timedelta(days=1)
        world.build()
        self.members = [factories.member(f"Member {letter}") for letter in "abcdefgh"[:MEMBERS]]
        self.threads: list[Thread] = []
        self.answers: list[Answer] = []

    @staticmethod
    def _roll_back(atomic: transaction.Atomic) -> None:
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)

    def _handle(self, batch: list[Delivery]) -> None:
        self.real.handle(batch)
        if self.breakdowns:
            self.breakdowns -= 1
            raise Breakdown

    # --- members ----------------------------------------------------------------------------------------------------

    @initialize(asker=NUMBERS, helper=NUMBERS)
    def start(self, asker: int, helper: int) -> None:
        """There is something to accept from the first step on."""
        self.ask(asker)
        self.answer(0, helper)
        self.answer(0, helper + 1)

    @rule(asker=NUMBERS)
    def ask(self, asker: int) -> None:
        """Somebody asks, which earns nothing."""
        self.threads.append(factories.thread(self._pick(self.members, asker), at=self.now))

    @rule(which=NUMBERS, who=NUMBERS)
    def answer(self, which: int, who: int) -> None:
        """Somebody, perhaps the asker, answers, which earns nothing."""
        thread = self._fresh(self._pick(self.threads, which))
        if thread.deleted_at:
            self._refused("gone", lambda: factories.answer(thread, self._pick(self.members, who), at=self.now))
        else:
            self.answers.append(factories.answer(thread, self._pick(self.members, who), at=self.now))

    @rule(which=NUMBERS, step=STEPS)
    def accept(self, which: int, step: timedelta) -> None:
        """The asker accepts an answer, in place of another one if there is."""
        self.now += step
        answer = self._fresh(self._pick(self.answers, which))
        thread = answer.thread
        asker = thread.author

        def do() -> None:
            answers.accept(answer=answer, by=asker, at=self.now)

        if answer.deleted_at or thread.deleted_at:
            self._refused("gone", do)
            return
        do()
        if thread.accepted_answer_id == answer.pk:
            return
        if thread.accepted_answer_id:
            self.naive.take_back("answer.accepted", prefix=f"answer.accepted:{thread.accepted_answer_id}:")
        self.naive.do(
            key=f"answer.accepted:{answer.pk}:{answer.accept_rounds + 1}",
            verb="answer.accepted",
            actor=asker.pk,
            beneficiary=answer.author_id,
            at=self.now,
        )

    @rule(which=NUMBERS, who=NUMBERS)
    def accept_for_another(self, which: int, who: int) -> None:
        """Nobody but the asker may accept."""
        answer, member = self._fresh(self._pick(self.answers, which)), self._pick(self.members, who)
        if member.pk != answer.thread.author_id:
            self._refused("not_asker", lambda: answers.accept(answer=answer, by=member, at=self.now))

    @rule(which=NUMBERS, step=STEPS)
    def unaccept(self, which: int, step: timedelta) -> None:
        """The asker takes an acceptance back, if there is one."""
        self.now += step
        answer = self._fresh(self._pick(self.answers, which))
        self._no_longer_accepted(answer)
        answers.unaccept(answer=answer, by=answer.thread.author, at=self.now)

    @rule(which=NUMBERS, who=NUMBERS, value=st.sampled_from([1, 1, 0]), step=STEPS)
    def vote(self, which: int, who: int, value: int, step: timedelta) -> None:
        """Somebody finds an answer helpful or takes that back."""
        self.now += step
        answer, voter = self._fresh(self._pick(self.answers, which)), self._pick(self.members, who)

        def do() -> None:
            votes.cast(answer=answer, voter=voter, value=value, at=self.now)

        if voter.pk == answer.author_id:
            self._refused("own_answer", do)
            return
        if answer.deleted_at or answer.thread.deleted_at:
            self._refused("gone", do)
            return
        before = answer.votes.filter(voter=voter).first()
        do()
        if value == (before.value if before else 0):
            return
        prefix = f"answer.found_helpful:{answer.pk}:{voter.pk}:"
        if value:
            self.naive.do(
                key=f"{prefix}{(before.rounds if before else 0) + 1}",
                verb="answer.found_helpful",
                actor=voter.pk,
                beneficiary=answer.author_id,
                at=self.now,
            )
        else:
            self.naive.take_back("answer.found_helpful", prefix=prefix)

    @rule(which=NUMBERS, step=STEPS)
    def delete_or_restore_answer(self, which: int, step: timedelta) -> None:
        """An answer goes, and its acceptance with it, or comes back, not accepted; its votes stay."""
        self.now += step
        answer = self._fresh(self._pick(self.answers, which))
        if answer.deleted_at:
            answers.restore(answer=answer, by=answer.author, at=self.now)
        else:
            self._no_longer_accepted(answer)
            answers.delete(answer=answer, by=answer.author, at=self.now)

    @rule(which=NUMBERS, step=STEPS)
    def delete_or_restore_thread(self, which: int, step: timedelta) -> None:
        """A question goes or comes back; whoever helped keeps what they earned."""
        self.now += step
        thread = self._fresh(self._pick(self.threads, which))
        service = threads.restore if thread.deleted_at else threads.delete
        service(thread=thread, by=thread.author, at=self.now)

    # --- managers ---------------------------------------------------------------------------------------------------

    @rule(verb=VERBS, reputation=st.integers(0, 30), credits_=st.integers(0, 30), step=STEPS)
    def revise(self, verb: str, reputation: int, credits_: int, step: timedelta) -> None:
        """A rule pays something else from now on."""
        self.now += step
        world.revise(self._rule(verb), reputation=reputation, credits=credits_, at=self.now)
        self.naive.revise(verb, reputation, credits_, self.now)

    @rule(verb=VERBS)
    def retire(self, verb: str) -> None:
        """A rule ends at the very moment of the latest deed."""
        rules_services.retire(rule=self._rule(verb), by=self.members[0], at=self.now)
        self.naive.retire(verb, self.now)

    @rule()
    def release(self) -> None:
        """The manager gives what was parked another chance."""
        for delivery in Delivery.objects.exclude(parked_at=None):
            deliveries.release(delivery=delivery, at=self.now)

    # --- workers ----------------------------------------------------------------------------------------------------

    @rule(limit=st.integers(1, 6))
    def work(self, limit: int) -> None:
        """A worker takes a batch."""
        deliveries.consume(consumer=GAMIFICATION, at=self.now, limit=limit)

    @rule(which=NUMBERS)
    @precondition(lambda _: Delivery.objects.filter(consumer=GAMIFICATION).exists())
    def work_out_of_order(self, which: int) -> None:
        """A worker gets one delivery from anywhere in the outbox, as if others had leased the rest."""
        waiting = Delivery.objects.filter(consumer=GAMIFICATION)
        chosen = self._pick(list(waiting.order_by("id")), which)
        leases = dict(waiting.values_list("pk", "leased_until"))
        waiting.exclude(pk=chosen.pk).update(leased_until=self.now + timedelta(hours=1))
        deliveries.consume(consumer=GAMIFICATION, at=self.now, limit=1)
        for pk, lease in leases.items():
            Delivery.objects.filter(pk=pk).exclude(pk=chosen.pk).update(leased_until=lease)

    @rule(limit=st.integers(1, 6))
    def die(self, limit: int) -> None:
        """A worker dies with a batch in its hands."""
        deliveries.claim(consumer=GAMIFICATION, at=self.now, limit=limit)

    @rule(times=st.integers(1, 4))
    def break_down(self, times: int) -> None:
        """The next runs fail after everything was written."""
        self.breakdowns = times

    @rule(which=NUMBERS)
    @precondition(lambda _: Evaluation.objects.exists())
    def deliver_again(self, which: int) -> None:
        """An activity that took effect is delivered once more."""
        done = self._pick(list(Evaluation.objects.order_by("activity_id")), which)
        Delivery.objects.get_or_create(
            consumer=GAMIFICATION, activity_id=done.activity_id, defaults={"leased_until": self.now}
        )

    @rule()
    def hand_over_twice(self) -> None:
        """A handler is called with a batch that it has already handled."""
        done = list(Evaluation.objects.order_by("-activity_id").values_list("activity", flat=True)[:5])
        activities = Activity.objects.select_related("undoes").filter(pk__in=done)
        batch = [Delivery(consumer=GAMIFICATION, activity=activity) for activity in activities]
        evaluation.handle(batch)

    @rule()
    def verify(self) -> None:
        """At any moment ``verify`` finds nothing in points, however much still waits."""
        assert self._differences(verification.CHECKS) == []

    @rule()
    def empty_the_outbox(self) -> None:
        """Everything waiting takes effect; then product and model are compared."""
        self.breakdowns = 0
        self.now += timedelta(minutes=2)
        # Whose fifth worker died is parked when the next one comes, so it needs the manager once more.
        for _round in range(2):
            self.release()
            factories.work_off(at=self.now)
        assert list(Delivery.objects.all()) == []
        self._equal()

    def teardown(self) -> None:
        """Compare at the end of every run; what the community keeps is written with the deed, so once is enough."""
        try:
            self.empty_the_outbox()
            assert self._differences(community_checks.CHECKS) == []
        finally:
            self.stack.close()

    # --- comparing --------------------------------------------------------------------------------------------------

    def _equal(self) -> None:
        naive = self.naive
        assert {(b.member_id, b.currency): b.value for b in Balance.objects.exclude(value=0)} == naive.balances()
        assert {(c.member_id, c.metric): c.value for c in Counter.objects.exclude(value=0)} == naive.counters()
        held = Award.objects.values_list("member_id", "grade__badge__metric", "grade__threshold")
        assert set(held) == naive.awards()
        scores = BoardScore.objects.exclude(score=0)
        assert {(s.span, s.start, s.member_id): s.score for s in scores} == naive.boards()
        levels = dict(Standing.objects.values_list("member_id", "level"))
        ranked = Entry.objects.filter(currency="reputation").values_list("member_id", flat=True)
        assert {m: levels[m] for m in ranked} == {m: naive.level(m) for m in ranked}
        assert self._effects() == {deed.key: naive.earned_by(deed) for deed in naive.deeds if deed.stands}
        self.verify()

    def _effects(self) -> dict[str, dict[str, int]]:
        """What each standing deed has in the ledger: its grants that were not reversed."""
        standing = Activity.objects.filter(verb__in=world.REWARDS, undone_by=None)
        effects: dict[str, dict[str, int]] = {key: {} for key in standing.values_list("key", flat=True)}
        for entry in Entry.objects.filter(kind=Entry.Kind.GRANT, reversed_by=None).select_related("activity"):
            assert entry.currency not in effects[entry.activity.key]
            effects[entry.activity.key][entry.currency] = entry.amount
        return effects

    # --- helpers ----------------------------------------------------------------------------------------------------

    @staticmethod
    def _differences(checks: Mapping[str, Callable[[], Iterable[Difference]]]) -> list[Difference]:
        return [difference for check in checks.values() for difference in check()]

    @staticmethod
    def _pick(things: list[Any], number: int) -> Any:
        return things[number % len(things)]

    @staticmethod
    def _fresh(thing: Any) -> Any:
        return type(thing).objects.get(pk=thing.pk)

    @staticmethod
    def _rule(verb: str) -> Rule:
        return Rule.objects.filter(versions__verb=verb).distinct().get()

    def _no_longer_accepted(self, answer: Answer) -> None:
        if answer.thread.accepted_answer_id == answer.pk:
            self.naive.take_back("answer.accepted", prefix=f"answer.accepted:{answer.pk}:")

    @staticmethod
    def _refused(code: str, deed: Callable[[], object]) -> None:
        journal = Activity.objects.count()
        with pytest.raises(Refusal) as refusal:
            deed()
        assert (refusal.value.code, Activity.objects.count()) == (code, journal)


@pytest.fixture(autouse=True)
def quiet_log() -> Iterator[None]:
    """Breakdowns are wanted here by the hundred; their traces would bury a failure."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.django_db
def test_everything_derived_is_what_the_deeds_say() -> None:
    machines.run(Community, examples=25, steps=40)


@pytest.mark.soak
@pytest.mark.django_db
def test_everything_derived_is_what_the_deeds_say_for_long() -> None:
    machines.run(Community, examples=400, steps=60)
