"""The engine: deeds in, effects out, by the rules. One pure pass for live batches, dry runs and full replays.

Live, the state holds what a batch may ask and the effects are flushed as increments; a dry run begins with an empty
state and reads the whole journal. Both go the same way, so a simulation cannot promise what live would not do.
"""

from __future__ import annotations

import heapq
from collections import Counter as Tally
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from functools import reduce
from operator import or_
from typing import Any, ClassVar, Literal, NamedTuple

from gamification.facts import FACTS, Value
from gamification.needs import Needs
from gamification.nodes import Limit, Whose
from gamification.rules import METRICS
from gamification.state import CapKey, Deed, Done, Move, Paid, State, cap_key, fills, own_day
from gamification.streaks import LOCAL_DAY, THEIR_DAY

Outcome = Literal["granted", "refused", "capped", "held", "waiting"]
#: What condition and caps found out, by names; numbers, ids and words of the catalogue only.
Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of a rule, its condition compiled. Without a condition it always applies."""

    version: int
    rule: int
    verb: str
    recipient: Literal["actor", "beneficiary"]
    reputation: int
    credits: int
    active_from: datetime
    retired_at: datetime | None = None
    condition: Callable[[Situation], bool] | None = None
    needs: Needs = field(default_factory=Needs)
    limits: tuple[Limit, ...] = ()
    delay_days: int = 0

    def covers(self, deed: Deed) -> bool:
        """Whether this version was in force when the deed was done."""
        return self.active_from <= deed.at and (self.retired_at is None or deed.at < self.retired_at)


class Rules:
    """Rule versions in the order in which they decide, found by verb and by version."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.by_version = {rule.version: rule for rule in sorted(rules, key=lambda rule: (rule.rule, rule.version))}
        self.by_verb: dict[str, list[Rule]] = {}
        for rule in self.by_version.values():
            self.by_verb.setdefault(rule.verb, []).append(rule)

    @property
    def needs(self) -> Needs:
        """What the conditions of all of them ask for."""
        return reduce(or_, (rule.needs for rule in self.by_version.values()), Needs())


class Decision(NamedTuple):
    """What a version decided about a deed for a member."""

    version: int
    deed: int
    member: int
    outcome: Outcome
    facts: Facts


@dataclass(slots=True)
class Effects:
    """What a run changed, in the order of the deeds. A dry run subclasses it and keeps sums only.

    Where nobody reads why it was decided so, ``explains`` is false and decisions do not say what they used.
    """

    explains: ClassVar[bool] = True
    granted: list[Paid] = field(default_factory=list)
    #: What was paid, and the undo that takes it back.
    reversed: list[tuple[Paid, Deed]] = field(default_factory=list)
    decisions: dict[tuple[int, int, int], Decision] = field(default_factory=dict)
    moves: Tally[Move] = field(default_factory=Tally)
    uses: dict[CapKey, tuple[int, int]] = field(default_factory=dict)
    waiting: dict[tuple[int, int], datetime] = field(default_factory=dict)
    #: Decisions that no longer wait, by (deed, version).
    settled: set[tuple[int, int]] = field(default_factory=set)

    def grant(self, paid: Paid) -> None:
        """Something is paid."""
        self.granted.append(paid)

    def reverse(self, paid: Paid, undo: Deed) -> None:
        """What was paid is taken back."""
        self.reversed.append((paid, undo))

    def decide(self, decision: Decision) -> None:
        """A rule decided; a later decision about the same (it waited) takes the place of the first."""
        self.decisions[decision.version, decision.deed, decision.member] = decision

    def move(self, move: Move, step: int) -> None:
        """A metric moved."""
        self.moves[move] += step

    def use(self, key: CapKey, times: int, amount: int) -> None:
        """A cap was used, or given back."""
        before = self.uses.get(key, (0, 0))
        self.uses[key] = before[0] + times, before[1] + amount

    def wait(self, deed: Deed, version: int, until: datetime) -> None:
        """A decision waits."""
        self.waiting[deed.id, version] = until

    def settle(self, deed: int, version: int) -> None:
        """It waits no longer."""
        if self.waiting.pop((deed, version), None) is None:
            self.settled.add((deed, version))


class Situation:
    """One deed and its people as a condition sees them; it remembers what was asked and found."""

    __slots__ = ("day", "deed", "found", "recipient", "state")

    def __init__(self, state: State, deed: Deed, recipient: int, day: int) -> None:
        self.state, self.deed, self.recipient, self.day = state, deed, recipient, day
        self.found: list[list[Any]] = []

    def fact(self, name: str, /) -> Value:
        """A fact of the catalogue, as the journal kept it."""
        value = FACTS[name].read(self.deed.facts)
        self.found.append(["fact", name, value])
        return value

    def metric(self, name: str, /, of: Whose, days: int | None, *, distinct: bool) -> int:
        """How often, or by how many people, a metric moved for the recipient or the actor."""
        member = self.recipient if of == "recipient" else self.deed.actor
        count = self.state.people if distinct else self.state.count
        value = count(member, name, self.day, days)
        self.found.append(["metric", name, of, days, distinct, value])
        return value

    def streak(self, slug: str, /) -> int:
        """The recipient's running streak, on the day that their own calendar showed at the deed."""
        value = self.state.streaks.length(self.recipient, slug, self._today())
        self.found.append(["streak", slug, value])
        return value

    def _today(self) -> date:
        if self.day != self.deed.day:
            # It waited: nobody's calendar was asked on the day of the decision.
            return date.fromordinal(self.day)
        return own_day(self.deed, LOCAL_DAY if self.recipient == self.deed.actor else THEIR_DAY)

    def has_badge(self, slug: str, /, tier: str | None) -> bool:
        """Whether the recipient holds the badge."""
        value = self.state.holds(self.recipient, slug, tier)
        self.found.append(["badge", slug, tier, value])
        return value

    def level(self) -> int:
        """The recipient's level."""
        value = self.state.level(self.recipient)
        self.found.append(["level", value])
        return value

    def member_days(self) -> int:
        """For how many days the recipient has been a member."""
        value = max(0, self.day - self.state.joined.get(self.recipient, self.day))
        self.found.append(["member_days", value])
        return value


def run(
    deeds: Iterable[Deed],
    rules: Rules,
    state: State,
    effects: Effects | None = None,
    *,
    zone: tzinfo,
    until: datetime | None = None,
) -> Effects:
    """Let the deeds take effect in their order: ``state`` moves on, ``effects`` tells what changed.

    A decision that waited comes before the first deed after its time, and by ``until`` at the latest.
    ``zone`` is the site's.
    """
    effects = Effects() if effects is None else effects
    evaluator = _Evaluator(rules, state, effects, zone)
    dues = state.dues
    for deed in deeds:
        if dues and dues[0][0] <= deed.at:
            evaluator.settle(deed.at)
        if deed.undoes is None:
            evaluator.do(deed)
        else:
            evaluator.undo(deed, deed.undoes)
    if until is not None:
        evaluator.settle(until)
    return effects


def moved_by(deed: Deed) -> Move | None:
    """What the deed moves: nothing by a deed to oneself, or by somebody who has no weight yet."""
    return None if _weightless(deed) else _move(deed)


def _move(deed: Deed) -> Move | None:
    metric = METRICS.get(deed.verb)
    if metric is None or deed.beneficiary is None:
        return None
    return Move(deed.beneficiary, metric, deed.actor, deed.day)


def _weightless(deed: Deed) -> str | None:
    """Why a deed counts for nothing, if it does."""
    if deed.actor == deed.beneficiary:
        return "self"
    reason = deed.facts.get("weightless")
    return reason if isinstance(reason, str) else None


class _Evaluator:
    """The rules at work on a state."""

    __slots__ = ("effects", "rules", "state", "waiting", "zone")

    def __init__(self, rules: Rules, state: State, effects: Effects, zone: tzinfo) -> None:
        self.rules, self.state, self.effects, self.zone = rules, state, effects, zone
        #: The verbs about which something may be decided later.
        self.waiting = {rule.verb for rule in rules.by_version.values() if rule.delay_days}

    def do(self, deed: Deed) -> None:
        """Count a deed, then decide what it earns."""
        state = self.state
        because = _weightless(deed)
        move = None if because else _move(deed)
        taken_back = state.undone is None or deed.id in state.undone
        done = Done(move) if taken_back or deed.verb in self.waiting else None
        if move:
            state.move(move, 1)
            self.effects.move(move, 1)
        if state.streaks.kinds:
            filled = fills(state.streaks, deed)
            for whose, day in filled:
                state.streaks.fill(whose, day, 1)
            if done:
                done.filled = filled
        for rule in self.rules.by_verb.get(deed.verb, ()):
            member = deed.actor if rule.recipient == "actor" else deed.beneficiary
            if member is None or not rule.covers(deed):
                continue
            if because:
                self.effects.decide(Decision(rule.version, deed.id, member, "refused", {"because": because}))
            elif rule.delay_days and done:
                self._wait(rule, deed, member, done)
            else:
                self._decide(rule, deed, member, done, deed.day)
        if done and (taken_back or done.waiting):
            state.done[deed.id] = done

    def undo(self, undo: Deed, deed: int) -> None:
        """Give back exactly what the deed did."""
        done = self.state.done.pop(deed, None)
        if done is None:
            return
        if done.move:
            self.state.move(done.move, -1)
            self.effects.move(done.move, -1)
        for whose, day in done.filled:
            self.state.streaks.fill(whose, day, -1)
        for paid in done.paid:
            self.state.pay(paid, -1)
            self.effects.reverse(paid, undo)
        for key, amount in done.caps:
            self.state.use(key, -1, -amount)
            self.effects.use(key, -1, -amount)
        for version, member in done.waiting:
            self.effects.settle(deed, version)
            self.effects.decide(Decision(version, deed, member, "refused", {"because": "undone"}))

    def settle(self, until: datetime) -> None:
        """Decide what waited and is due."""
        dues = self.state.dues
        while dues and dues[0][0] <= until:
            at, _deed, version, deed = heapq.heappop(dues)
            done = self.state.done.get(deed.id)
            mine = [pair for pair in done.waiting if pair[0] == version] if done else []
            if done is None or not mine:
                continue
            done.waiting.remove(mine[0])
            self.effects.settle(deed.id, version)
            day = at.astimezone(self.zone).toordinal()
            self._decide(self.rules.by_version[version], deed, mine[0][1], done, day)

    def _wait(self, rule: Rule, deed: Deed, member: int, done: Done) -> None:
        until = deed.at + timedelta(days=rule.delay_days)
        done.waiting.append((rule.version, member))
        heapq.heappush(self.state.dues, (until, deed.id, rule.version, deed))
        self.effects.wait(deed, rule.version, until)
        facts = {"until": until.astimezone(self.zone).date().isoformat()}
        self.effects.decide(Decision(rule.version, deed.id, member, "waiting", facts))

    def _decide(self, rule: Rule, deed: Deed, member: int, done: Done | None, day: int) -> None:
        facts: Facts = {}
        outcome: Outcome = "granted"
        if rule.condition is not None:
            situation = Situation(self.state, deed, member, day)
            holds = rule.condition(situation)
            facts["found"] = situation.found
            if not holds:
                facts["because"] = "condition"
                self.effects.decide(Decision(rule.version, deed.id, member, "refused", facts))
                return
        reputation, credits_ = rule.reputation, rule.credits
        if rule.limits:
            keys = [cap_key(rule.rule, limit, deed, member) for limit in rule.limits]
            left = self._left(rule, keys, facts)
            if left is not None and left < reputation:
                outcome = "capped"
                # What is paid in credits shrinks with the reputation.
                reputation, credits_ = left, credits_ * left // reputation
                facts["given"] = reputation
            elif left == 0:
                outcome, reputation, credits_ = "capped", 0, 0
            if reputation or credits_:
                self._use(keys, reputation, facts, done)
        if reputation:
            self._pay(Paid(rule.version, deed.id, member, "reputation", reputation, deed.day), done)
        if credits_:
            self._pay(Paid(rule.version, deed.id, member, "credits", credits_, deed.day), done)
        self.effects.decide(Decision(rule.version, deed.id, member, outcome, facts))

    def _left(self, rule: Rule, keys: Iterable[CapKey], facts: Facts) -> int | None:
        """How much reputation the caps leave; ``None`` for any amount. What binds is noted in ``facts``."""
        left: int | None = None
        for limit, key in zip(rule.limits, keys, strict=True):
            times, amount = self.state.caps.get(key, (0, 0))
            if limit.times is not None:
                free = None if times < limit.times else 0
            else:
                free = max(0, (limit.amount or 0) - amount)
            if free is not None and (left is None or free < left):
                left = free
                if free < rule.reputation or limit.times is not None:
                    facts["limit"] = _told(limit)
        return left

    def _use(self, keys: list[CapKey], reputation: int, facts: Facts, done: Done | None) -> None:
        used = keys if len(keys) == 1 else sorted(set(keys))
        if self.effects.explains:
            facts["used"] = [[scope, start] for _rule, scope, start in used]
            if reputation:
                facts["amount"] = reputation
        for key in used:
            self.state.use(key, 1, reputation)
            self.effects.use(key, 1, reputation)
            if done:
                done.caps.append((key, reputation))

    def _pay(self, paid: Paid, done: Done | None) -> None:
        if done:
            done.paid.append(paid)
        self.state.pay(paid, 1)
        self.effects.grant(paid)


def _told(limit: Limit) -> Facts:
    bound = {"times": limit.times} if limit.times is not None else {"amount": limit.amount}
    return {"per": limit.per, "period": limit.period, **bound}
