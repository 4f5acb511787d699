"""Live evaluation against the engine: a journal worked off in batches, with crashes and doubles, comes out the same.

Deeds are recorded straight into the journal, so that every order of people, posts and moments is tried.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community import activity
from community.models import Activity, Delivery, Member
from community.registry import JournalConsumer, registry
from community.services import deliveries
from gamification import engine, verification
from gamification.engine import Effects, Rules
from gamification.models import Balance, CapUse, Counter, DayCount, Decision, Due, Entry, PairDay, RuleVersion
from gamification.queries import streaks
from gamification.services import evaluation, preparation
from gamification.state import State
from gamification.streaks import Streaks
from tests import factories
from tests.gamification import world

pytestmark = pytest.mark.django_db

NAME = "gamification"
START = datetime(2026, 3, 27, 20, tzinfo=UTC)
LIMITS = {
    "answer.accepted": [
        {"per": "pair", "period": "week", "times": 2},
        {"per": "member", "period": "day", "amount": 25},
    ],
    "answer.found_helpful": [{"per": "thread", "period": "ever", "times": 3}],
}
CONDITION = {
    "any": [
        {"metric": "helpful_votes", "of": "recipient", "days": 2, "distinct": True, "is": "ge", "value": 2},
        {"all": [{"level": True, "is": "ge", "value": 2}, {"badge": "accepted-answers", "tier": "bronze"}]},
        {"metric": "accepted_answers", "of": "recipient", "days": 1, "distinct": False, "is": "le", "value": 1},
    ]
}
#: The same, or a streak of the recipient, who did deeds in other batches.
ASKING = {"any": [{"streak": "together", "is": "ge", "value": 2}, *CONDITION["any"]]}


@dataclass(frozen=True, slots=True)
class Op:
    """A deed by one of four for another, or with ``undo`` the end of an earlier one."""

    verb: str
    actor: int
    to: int
    thread: int
    hours: int
    undo: int | None


OPS = st.builds(
    Op,
    st.sampled_from(sorted(LIMITS)),
    st.integers(0, 3),
    st.integers(0, 3),
    st.integers(1, 3),
    st.sampled_from([0, 1, 5, 30]),
    st.none() | st.integers(0, 40),
)
#: How the worker does: so many at once, dies, fails after its work, gets a deed again.
WORK = st.lists(st.sampled_from([1, 2, 3, 7, "die", "fail", "again"]), max_size=25)


class Failed(Exception):
    """After everything was written, before it was committed."""


@pytest.fixture(autouse=True)
def quiet_log() -> Iterator[None]:
    """Failures are wanted here."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@given(ops=st.lists(OPS, min_size=3, max_size=25), work=WORK)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_batches_of_any_size_with_crashes_and_doubles_are_one_run_of_the_engine(
    ops: list[Op], work: list[object]
) -> None:
    with rolled_back():
        build(LIMITS, ASKING, delay_days=1)
        end = record(ops)
        work_off(work, at=end)
        evaluation.settle(at=end)
        assert kept() == expected(end)
        assert [row for name in ("progress", "days", "caps", "decisions") for row in verification.CHECKS[name]()] == []


@given(ops=st.lists(OPS, min_size=3, max_size=20), order=st.randoms(use_true_random=False))
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_without_caps_and_conditions_any_order_comes_out_the_same(ops: list[Op], order: object) -> None:
    with rolled_back():
        build({verb: [] for verb in LIMITS}, {}, delay_days=0)
        end = record(ops)
        while waiting := list(Delivery.objects.filter(consumer=NAME).order_by("id").values_list("pk", flat=True)):
            chosen = order.choice(waiting)  # type: ignore[attr-defined] # hypothesis types it as object
            Delivery.objects.exclude(pk=chosen).update(leased_until=end + timedelta(days=1))
            deliveries.consume(consumer=NAME, at=end, limit=1)
            Delivery.objects.update(leased_until=START)
        assert kept() == expected(end)


@contextmanager
def rolled_back() -> Iterator[None]:
    """Everything inside is undone, so that each example begins with the same tables."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def build(limits: dict[str, list[dict[str, object]]], condition: Mapping[str, object], *, delay_days: int) -> None:
    """The small world with caps on both verbs, a condition on one and time to wait on the other."""
    world.build()
    for verb, caps in limits.items():
        RuleVersion.objects.filter(verb=verb).update(limits=caps)
    RuleVersion.objects.filter(verb="answer.accepted").update(condition=condition)
    RuleVersion.objects.filter(verb="answer.found_helpful").update(delay_days=delay_days)


def record(ops: list[Op]) -> datetime:
    """Write the journal; return a moment after everything."""
    people = [factories.member(f"Member {letter}", at=START) for letter in "abcd"]
    Member.objects.filter(pk__in=[person.pk for person in people]).update(trust=1)
    Member.objects.filter(pk=people[0].pk).update(timezone="America/New_York")
    people = list(Member.objects.filter(pk__in=[person.pk for person in people]).order_by("pk"))
    Delivery.objects.all().delete()
    at, standing = START, list[Activity]()
    for number, op in enumerate(ops):
        at += timedelta(hours=op.hours)
        if op.undo is not None and standing:
            deed = standing.pop(op.undo % len(standing))
            inverse = str(activity.INVERSES[deed.verb])
            activity.undo(key=deed.key, verb=inverse, actor=deed.actor, at=at)
            continue
        standing.append(
            activity.record(
                verb=op.verb,
                key=f"{op.verb}:{number}",
                actor=people[op.actor],
                beneficiary=people[op.to],
                subject=("answer", op.thread * 10 + op.to),
                at=at,
                facts={"thread": op.thread},
            )
        )
    return at + timedelta(days=3)


def work_off(work: list[object], *, at: datetime) -> None:
    """A worker takes batches as ``work`` says, then all that is left. What it leased comes before what follows."""
    real, fails = registry.consumers[NAME], [0]

    def handle(batch: list[Delivery]) -> None:
        real.handle(batch)
        if fails[0]:
            fails[0] -= 1
            raise Failed

    registry.add_consumer(JournalConsumer(NAME, real.verbs, handle))
    try:
        for step in [*work, *[50] * 60]:
            at += deliveries.LEASE + timedelta(seconds=20)
            if step == "die":
                deliveries.claim(consumer=NAME, at=at, limit=3)
            elif step == "fail":
                fails[0] = 1
            elif step == "again":
                done = Activity.objects.filter(deliveries=None).order_by("-id").first()
                if done and done.verb in LIMITS:
                    Delivery.objects.get_or_create(consumer=NAME, activity=done, defaults={"leased_until": START})
            elif not deliveries.consume(consumer=NAME, at=max(at, timezone.now()), limit=int(str(step))):
                if step == 50 and not Delivery.objects.filter(consumer=NAME).exists():
                    return
                Delivery.objects.filter(consumer=NAME).update(leased_until=START)
    finally:
        registry.add_consumer(real)


def kept() -> dict[str, object]:
    """What live evaluation left in the tables, zeros aside."""
    days = DayCount.objects.values_list("member", "metric", "day", "value")
    pairs = PairDay.objects.values_list("member", "metric", "actor", "day", "value")
    caps = CapUse.objects.values_list("rule", "scope", "start", "times", "amount")
    alive = Entry.objects.filter(kind="grant", reversed_by=None)
    return {
        "counters": {(m, k): n for m, k, n in Counter.objects.values_list("member", "metric", "value") if n},
        "days": {(m, k, d.toordinal()): n for m, k, d, n in days if n},
        "pairs": {(m, k, a, d.toordinal()): n for m, k, a, d, n in pairs if n},
        "caps": {(r, s, d.toordinal()): [t, a] for r, s, d, t, a in caps if t or a},
        "balances": {(m, c): n for m, c, n in Balance.objects.values_list("member", "currency", "value") if n},
        "paid": sorted(alive.values_list("activity", "rule_version", "member", "currency", "amount")),
        "decisions": {
            (v, a, m): (outcome, facts)
            for v, a, m, outcome, facts in Decision.objects.values_list(
                "rule_version", "activity", "member", "outcome", "facts"
            )
        },
        "waiting": sorted(Due.objects.values_list("activity", "rule_version")),
    }


def expected(until: datetime) -> dict[str, object]:
    """What one run of the engine over the journal says."""
    rules = Rules(map(preparation.rule_of, RuleVersion.objects.order_by("id")))
    known = Streaks(streaks.kinds())
    state = State(badges=preparation.badges(), levels=((0, 1), (20, 2), (50, 3)), streaks=known)
    deeds = [preparation.deed_of(row) for row in Activity.objects.filter(verb__startswith="answer.").order_by("id")]
    effects = engine.run(deeds, rules, state, Effects(), zone=timezone.get_default_timezone(), until=until)
    pairs = {(*key, actor): own for key, people in state.pairs.items() for actor, own in people.items()}
    back = {(paid.version, paid.deed, paid.member, paid.currency) for paid, _undo in effects.reversed}
    return {
        "counters": {key: n for key, n in state.counters.items() if n},
        "days": {(*key, day): n for key, own in state.days.items() for day, n in own.items() if n},
        "pairs": {(*key, day): n for key, own in pairs.items() for day, n in own.items() if n},
        "caps": {key: used for key, used in state.caps.items() if any(used)},
        "balances": {key: n for key, n in state.balances.items() if n},
        "paid": sorted(
            (p.deed, p.version, p.member, p.currency, p.amount)
            for p in effects.granted
            if (p.version, p.deed, p.member, p.currency) not in back
        ),
        "decisions": {key: (d.outcome, d.facts) for key, d in effects.decisions.items()},
        "waiting": sorted(effects.waiting),
    }
