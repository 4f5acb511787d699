"""Deeds are done and taken back under caps and a condition, while workers die, fail or get a deed again.

The naive model keeps no count of anything: for each deed it looks through the whole log again. It takes the log in its
order, because which of two deeds meets a cap depends on which came first; so do the workers here.
"""

from __future__ import annotations

import logging
from collections import Counter as Tally
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from community import activity
from community.models import Activity, Delivery, Member, Standing
from community.registry import JournalConsumer, registry
from community.services import deliveries
from gamification import verification
from gamification.models import Award, Balance, Counter, Entry, Lot
from tests import factories, machines
from tests.gamification import world
from tests.gamification.naive import METRICS, SITE
from tests.gamification.test_live_is_engine import CONDITION, LIMITS, NAME, START, Failed, build

PEOPLE = 4
SOMEBODY = st.integers(0, PEOPLE - 1)
NUMBERS = st.integers(0, 10**6)
STEPS = st.sampled_from([timedelta(0), timedelta(hours=1), timedelta(hours=9), timedelta(days=2), timedelta(days=8)])


@dataclass(slots=True, eq=False)
class Deed:
    """Something done once."""

    key: str
    verb: str
    actor: int
    to: int
    thread: int
    at: datetime

    @property
    def day(self) -> date:
        return self.at.astimezone(SITE).date()

    @property
    def week(self) -> tuple[int, int]:
        return self.day.isocalendar()[:2]


@dataclass(slots=True)
class Log:
    """What was done and taken back, in its order, and what stands and is paid after it."""

    standing: list[Deed] = field(default_factory=list)
    paid: dict[Deed, tuple[int, int]] = field(default_factory=dict)

    def do(self, deed: Deed) -> None:
        """Count it and pay it, unless it was done to oneself."""
        if deed.actor == deed.to:
            return
        self.standing.append(deed)
        if deed.verb == "answer.accepted" and not self._holds(deed):
            return
        reputation, credits_ = world.REWARDS[deed.verb]
        given = min(reputation, self._left(deed))
        if given:
            self.paid[deed] = given, credits_ * given // reputation

    def undo(self, deed: Deed) -> None:
        """It never was."""
        if deed in self.standing:
            self.standing.remove(deed)
            self.paid.pop(deed, None)

    def reputation(self, member: int) -> int:
        return sum(reputation for deed, (reputation, _credits) in self.paid.items() if deed.to == member)

    def level(self, member: int) -> int:
        return max(number for number, threshold in world.LEVELS if self.reputation(member) >= threshold)

    def counters(self) -> Tally[tuple[int, str]]:
        return Tally((deed.to, METRICS[deed.verb]) for deed in self.standing)

    def _holds(self, deed: Deed) -> bool:
        """Thanked by two within two days, or a badge and the second level, or the first of the day: ``CONDITION``."""
        own = [other for other in self.standing if other.to == deed.to]
        days = deed.day - timedelta(days=1), deed.day
        voters = {o.actor for o in own if o.verb == "answer.found_helpful" and o.day in days}
        accepted = [other for other in own if other.verb == "answer.accepted"]
        # The first grade of the badge takes one, and that is the deed itself.
        return len(voters) >= 2 or self.level(deed.to) >= 2 or sum(o.day == deed.day for o in accepted) <= 1

    def _left(self, deed: Deed) -> int:
        """How much reputation the caps of ``LIMITS`` leave."""
        own = {o: pay for o, (pay, _credits) in self.paid.items() if o.to == deed.to and o.verb == deed.verb}
        if deed.verb == "answer.found_helpful":
            return 0 if sum(other.thread == deed.thread for other in own) >= 3 else 10**6
        if sum((other.actor, other.week) == (deed.actor, deed.week) for other in own) >= 2:
            return 0
        return 25 - sum(pay for other, pay in own.items() if other.day == deed.day)


class Capped(RuleBasedStateMachine):
    """The product on the left, the log on the right."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        atomic = transaction.atomic()
        atomic.__enter__()
        self.stack.push(lambda *_: self._roll_back(atomic))
        self.real, self.fails = registry.consumers[NAME], False
        registry.add_consumer(JournalConsumer(NAME, self.real.verbs, self._handle))
        self.stack.callback(registry.add_consumer, self.real)
        build(LIMITS, CONDITION, delay_days=0)
        made = [factories.member(f"Member {letter}", at=START).pk for letter in "abcd"]
        Member.objects.filter(pk__in=made).update(trust=1)
        self.people = list(Member.objects.filter(pk__in=made).order_by("pk"))
        Delivery.objects.all().delete()
        self.now, self.clock = START, timezone.now()
        self.log, self.deeds = Log(), list[Deed]()

    @staticmethod
    def _roll_back(atomic: transaction.Atomic) -> None:
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)

    def _handle(self, batch: list[Delivery]) -> None:
        self.real.handle(batch)
        if self.fails:
            self.fails = False
            raise Failed

    # --- members ----------------------------------------------------------------------------------------------------

    @rule(verb=st.sampled_from(sorted(LIMITS)), actor=SOMEBODY, to=SOMEBODY, thread=st.integers(1, 2), step=STEPS)
    def do(self, verb: str, actor: int, to: int, thread: int, step: timedelta) -> None:
        """A deed is recorded."""
        self.now += step
        one, other = self.people[actor], self.people[to]
        deed = Deed(f"{verb}:{Activity.objects.count()}", verb, one.pk, other.pk, thread, self.now)
        subject, facts = ("answer", thread * 10 + to), {"thread": thread}
        activity.record(
            verb=verb, key=deed.key, actor=one, beneficiary=other, subject=subject, at=self.now, facts=facts
        )
        self.deeds.append(deed)
        self.log.do(deed)

    @rule(which=NUMBERS, step=STEPS)
    @precondition(lambda self: self.deeds)
    def undo(self, which: int, step: timedelta) -> None:
        """A deed is taken back, worked off or not."""
        self.now += step
        deed = self.deeds.pop(which % len(self.deeds))
        actor = next(person for person in self.people if person.pk == deed.actor)
        activity.undo(key=deed.key, verb=str(activity.INVERSES[deed.verb]), actor=actor, at=self.now)
        self.log.undo(deed)

    # --- workers ----------------------------------------------------------------------------------------------------

    @rule(limit=st.integers(1, 7))
    def work(self, limit: int) -> None:
        """A worker takes the next batch."""
        self._consume(limit)

    @rule(limit=st.integers(1, 4))
    def die(self, limit: int) -> None:
        """A worker dies with a batch, and its lease ends."""
        # A fifth death would park it until a manager looks.
        if not Delivery.objects.filter(consumer=NAME, attempts__gte=3).exists():
            deliveries.claim(consumer=NAME, at=self._tick(), limit=limit)

    @rule()
    def fail(self) -> None:
        """The next batch fails after everything was written."""
        self.fails = True

    @rule(which=NUMBERS)
    def deliver_again(self, which: int) -> None:
        """What took effect comes once more."""
        done = list(Activity.objects.filter(verb__in=LIMITS, deliveries=None).order_by("id"))
        if done:
            again = done[which % len(done)]
            Delivery.objects.get_or_create(consumer=NAME, activity=again, defaults={"leased_until": START})

    @rule()
    def compare(self) -> None:
        """Once everything took effect, both say the same."""
        self.fails = False
        while Delivery.objects.filter(consumer=NAME).exists():
            self._consume(50)
        log, own = self.log, [person.pk for person in self.people]
        purses = {(b.member_id, b.currency): b.value for b in Balance.objects.filter(member__in=own)}
        credits_ = {member: purses.get((member, "credits"), 0) for member in own}
        assert {member: purses.get((member, "reputation"), 0) for member in own} == {m: log.reputation(m) for m in own}
        assert self._paid() == {deed.key: pay for deed, pay in log.paid.items()}
        lots = Lot.objects.order_by().values_list("member").annotate(left=Sum("remaining"))
        assert {member: dict(lots).get(member, 0) for member in own} == credits_
        counters = log.counters()
        assert {(c.member_id, c.metric): c.value for c in Counter.objects.exclude(value=0)} == counters
        held = Award.objects.values_list("member_id", "grade__badge__metric", "grade__threshold")
        assert set(held) == {
            (m, metric, n) for (m, metric), value in counters.items() for n in world.GRADES[metric] if value >= n
        }
        levels = dict(Standing.objects.filter(member__balances__currency="reputation").values_list("member", "level"))
        assert levels == {member: log.level(member) for member in levels}
        assert [row for check in verification.CHECKS.values() for row in check()] == []

    def teardown(self) -> None:
        """Compare at the end of every run."""
        try:
            self.compare()
        finally:
            self.stack.close()

    # --- helpers ----------------------------------------------------------------------------------------------------

    def _consume(self, limit: int) -> None:
        deliveries.consume(consumer=NAME, at=self._tick(), limit=limit)

    def _tick(self) -> datetime:
        """The next moment of a worker, after every lease."""
        self.clock += deliveries.LEASE + timedelta(seconds=20)
        return self.clock

    def _paid(self) -> dict[str, tuple[int, int]]:
        """Reputation and credits that each standing deed has in the ledger."""
        found: dict[str, dict[str, int]] = {}
        for entry in Entry.objects.filter(kind="grant", reversed_by=None).select_related("activity"):
            found.setdefault(entry.activity.key, {})[entry.currency] = entry.amount
        return {key: (pay["reputation"], pay.get("credits", 0)) for key, pay in found.items()}


@pytest.fixture(autouse=True)
def quiet_log() -> Iterator[None]:
    """Failures are wanted here."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.django_db
def test_what_caps_and_conditions_leave_is_what_the_log_says() -> None:
    machines.run(Capped, examples=15, steps=30)


@pytest.mark.soak
@pytest.mark.django_db
def test_what_caps_and_conditions_leave_is_what_the_log_says_for_long() -> None:
    machines.run(Capped, examples=500, steps=60)
