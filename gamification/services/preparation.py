"""Preparation: read what the rules may ask about a batch of deeds, in a number of queries that the batch does not move.

The members are locked meanwhile (``evaluation``), so what is read here holds until the effects are written.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import cast

from django.db.models import Q

from community.models import Activity, Member
from gamification import trees
from gamification.engine import Rule, Rules, Situation, moved_by
from gamification.models import (
    Balance,
    CapUse,
    Counter,
    DayCount,
    Decision,
    Due,
    Entry,
    Grade,
    Level,
    PairDay,
    RuleVersion,
)
from gamification.needs import Needs, needs_of
from gamification.parsing import parse, parse_limits
from gamification.queries import streaks
from gamification.queries.days import site_day
from gamification.rules import CurrencyName
from gamification.services import ledger
from gamification.state import Deed, Done, Paid, State, Step, cap_key, fills
from gamification.streaks import Streaks


@dataclass(slots=True)
class Batch:
    """Deeds with everything that decides about them."""

    deeds: list[Deed]
    rules: Rules
    versions: Mapping[int, RuleVersion]
    state: State = field(default_factory=State)


def deed_of(activity: Activity) -> Deed:
    """The activity, reduced to what decides."""
    return Deed(
        activity.pk,
        activity.verb,
        activity.actor_id,
        activity.beneficiary_id,
        activity.at,
        site_day(activity.at).toordinal(),
        (activity.subject_kind, activity.subject_id),
        activity.facts,
        activity.undoes_id,
    )


def rule_of(version: RuleVersion) -> Rule:
    """A version that is or was active, as the engine takes it."""
    if version.active_from is None:
        raise ValueError("A draft grants nothing.")
    condition, needs = _compiled(json.dumps(version.condition))
    return Rule(
        version=version.pk,
        rule=version.rule_id,
        verb=version.verb,
        recipient="actor" if version.recipient == RuleVersion.Recipient.ACTOR else "beneficiary",
        reputation=version.reputation,
        credits=version.credits,
        active_from=version.active_from,
        retired_at=version.retired_at,
        condition=condition,
        needs=needs,
        limits=parse_limits(version.limits),
        delay_days=version.delay_days,
    )


def prepare(activities: Sequence[Activity], dues: Sequence[Due]) -> Batch:
    """Read rules and state for ``activities`` in their order, and for the decisions that wait in ``dues``."""
    deeds = [deed_of(activity) for activity in activities]
    here = {deed.id for deed in deeds}
    outside = {a.undoes_id: a.undoes for a in activities if a.undoes_id and a.undoes_id not in here}
    waiting = {due.activity_id: due.activity for due in dues}
    before = {pk: deed_of(activity) for pk, activity in (outside | waiting).items() if activity}
    versions = _versions([deed for deed in deeds if deed.undoes is None], {due.rule_version_id for due in dues})
    batch = Batch(deeds, Rules(map(rule_of, versions.values())), versions)
    _remember(batch, before, dues, undone=outside.keys())
    _answer(batch, [deed for deed in deeds if deed.undoes is None] + [before[pk] for pk in waiting], before)
    return batch


def _versions(deeds: Collection[Deed], waiting: set[int]) -> dict[int, RuleVersion]:
    """The versions that were in force for one of the deeds, and those that wait to decide."""
    first = min((deed.at for deed in deeds), default=None)
    wanted = Q(pk__in=waiting)
    if first is not None:
        lasting = Q(retired_at=None) | Q(retired_at__gt=first)
        wanted |= lasting & Q(verb__in={deed.verb for deed in deeds}, active_from__isnull=False)
    rows = RuleVersion.objects.filter(wanted).select_related("rule").order_by("rule_id", "id")
    return {version.pk: version for version in rows}


def _remember(batch: Batch, before: Mapping[int, Deed], dues: Sequence[Due], *, undone: Collection[int]) -> None:
    """Put down what earlier deeds did that are taken back here, and which of their decisions wait."""
    done = batch.state.done = {pk: Done(moved_by(deed)) for pk, deed in before.items()}
    for due in dues:
        rule, deed = batch.rules.by_version[due.rule_version_id], before[due.activity_id]
        member = deed.actor if rule.recipient == "actor" else deed.beneficiary
        if member is not None:
            done[deed.id].waiting.append((rule.version, member))
            batch.state.dues.append((due.at, deed.id, rule.version, deed))
    heapq.heapify(batch.state.dues)
    if not undone:
        return
    paying = Entry.objects.filter(kind__in=ledger.PAYING, amount__gt=0, reversed_by=None, activity__in=undone)
    for entry in paying.order_by("id"):
        pk, currency = entry.activity_id or 0, cast("CurrencyName", str(entry.currency))
        version, day = entry.rule_version_id or 0, before[pk].day
        done[pk].paid.append(Paid(version, pk, entry.member_id, currency, entry.amount, day, entry.pk))
    # What is held pays nothing, yet it used its caps.
    decided = Decision.objects.filter(activity__in=undone, facts__has_key="used").order_by("id")
    for pk, rule_id, facts in decided.values_list("activity_id", "rule_version__rule_id", "facts"):
        amount = facts.get("amount", 0)
        done[pk].caps += [((rule_id, scope, start), amount) for scope, start in facts["used"]]


def _answer(batch: Batch, deeds: Collection[Deed], before: Mapping[int, Deed]) -> None:
    """Read what the conditions and caps of the rules ask about the people of ``deeds``."""
    needs = batch.rules.needs
    asked = [deed for deed in deeds if deed.verb in batch.rules.by_verb]
    _read_caps(batch, asked)
    members = sorted({member for deed in asked for member in (deed.actor, deed.beneficiary) if member})
    if not members:
        return
    state = batch.state
    if needs.counters or needs.badges:
        rows = Counter.objects.filter(member__in=members).values_list("member_id", "metric", "value")
        state.counters = {(member, metric): value for member, metric, value in rows}
    # What waited is decided on its own day, which no deed here is before.
    first = min(deed.day for deed in asked)
    _read_windows(state, members, needs.windows, first)
    _read_people(state, members, needs.people, first)
    if needs.levels:
        purses = Balance.objects.filter(member__in=members).values_list("member_id", "currency", "value")
        state.balances = {(member, cast("CurrencyName", currency)): value for member, currency, value in purses}
        state.levels = tuple(Level.objects.order_by("threshold").values_list("threshold", "number"))
    if needs.joined:
        joined = Member.objects.filter(pk__in=members).values_list("pk", "joined_at")
        state.joined = {pk: site_day(at).toordinal() for pk, at in joined}
    if needs.badges:
        state.badges = badges()
    if needs.streaks:
        _read_streaks(batch, members, before)


def badges() -> dict[str, list[Step]]:
    """The grades of every badge by its slug."""
    found: dict[str, list[Step]] = {}
    for grade in Grade.objects.select_related("badge").order_by("badge_id", "threshold"):
        found.setdefault(grade.badge.slug, []).append(Step(grade.tier, grade.badge.metric, grade.threshold))
    return found


def _read_caps(batch: Batch, deeds: Iterable[Deed]) -> None:
    keys = {
        cap_key(rule.rule, limit, deed, member)
        for deed in deeds
        for rule in batch.rules.by_verb[deed.verb]
        for limit in rule.limits
        if (member := deed.actor if rule.recipient == "actor" else deed.beneficiary)
    }
    if not keys:
        return
    rows = CapUse.objects.filter(
        rule__in={rule for rule, _scope, _start in keys},
        scope__in={scope for _rule, scope, _start in keys},
        start__in={date.fromordinal(start) for _rule, _scope, start in keys},
    ).values_list("rule_id", "scope", "start", "times", "amount")
    for rule, scope, start, times, amount in rows:
        batch.state.caps[rule, scope, start.toordinal()] = [times, amount]


def _read_windows(state: State, members: Sequence[int], windows: Iterable[tuple[str, int]], first: int) -> None:
    wanted = Q(pk__in=())
    for metric, days in windows:
        wanted |= Q(metric=metric, day__gt=_back(first, days))
    if not wanted.children or not list(windows):
        return
    rows = DayCount.objects.filter(wanted, member__in=members).values_list("member_id", "metric", "day", "value")
    for member, metric, day, value in rows:
        state.days.setdefault((member, metric), {})[day.toordinal()] = value


def _read_people(state: State, members: Sequence[int], windows: Iterable[tuple[str, int | None]], first: int) -> None:
    wanted = Q()
    for metric, days in windows:
        wanted |= Q(metric=metric) if days is None else Q(metric=metric, day__gt=_back(first, days))
    if not wanted:
        return
    rows = PairDay.objects.filter(wanted, member__in=members, value__gt=0)
    for member, metric, actor, day, value in rows.values_list("member_id", "metric", "actor_id", "day", "value"):
        state.pairs.setdefault((member, metric), {}).setdefault(actor, {})[day.toordinal()] = value


def _read_streaks(batch: Batch, members: Collection[int], before: Mapping[int, Deed]) -> None:
    """The runs of ``members`` as they are kept; days as well where a deed of theirs is taken back or comes late."""
    state = batch.state
    state.streaks = kept = Streaks(streaks.kinds(), streaks.runs(members))
    for deed in before.values():
        state.done[deed.id].filled = fills(kept, deed)
    done = [deed for deed in batch.deeds if deed.undoes is None]
    undone = {deed.undoes for deed in batch.deeds}
    anew = {deed.actor for deed in (*before.values(), *done) if deed.id in undone}
    last = {whose: run.last for whose, run in kept.runs.items()}
    for deed in done:
        for whose, day in fills(kept, deed):
            newest = last.get(whose) or day
            if day < newest:
                anew.add(deed.actor)
            last[whose] = max(day, newest)
    kept.days = streaks.filled(anew) if anew else {}


def _back(day: int, days: int) -> date:
    return date.fromordinal(day - days)


@lru_cache(maxsize=1024)
def _compiled(condition: str) -> tuple[Callable[[Situation], bool] | None, Needs]:
    """The condition as a function, ``None`` for always, with what it asks for. An active version never changes."""
    tree = parse(json.loads(condition))
    return (trees.compile_condition(tree), needs_of(tree)) if condition != "{}" else (None, Needs())
