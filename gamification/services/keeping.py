"""Keeping: write down what a batch decided and counted, in a number of statements that its size does not move."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Q

from gamification.engine import Effects
from gamification.models import CapUse, DayCount, Decision, Due, PairDay
from gamification.services import increments, rows
from gamification.state import Measure

DECISION = ("rule_version", "activity", "member", "outcome", "facts", "at")
#: What waited is decided anew.
AGAIN = (
    "ON CONFLICT (activity_id, rule_version_id, member_id) "
    "DO UPDATE SET outcome = excluded.outcome, facts = excluded.facts, at = excluded.at"
)


def keep(effects: Effects, *, at: datetime) -> None:
    """Write decisions, counts by day and person, uses of caps and what waits."""
    decided = [(d.version, d.deed, d.member, d.outcome, d.facts, at) for d in effects.decisions.values()]
    rows.insert(Decision, DECISION, decided, ending=AGAIN)
    _count(effects)
    uses = {(rule, scope, date.fromordinal(start)): step for (rule, scope, start), step in effects.uses.items()}
    increments.move(CapUse, uses, key=("rule", "scope", "start"), values=("times", "amount"))
    if effects.settled:
        gone = Q(pk__in=())
        for activity, version in sorted(effects.settled):
            gone |= Q(activity=activity, rule_version=version)
        Due.objects.filter(gone).delete()
    Due.objects.bulk_create(
        Due(activity_id=activity, rule_version_id=version, at=until)
        for (activity, version), until in effects.waiting.items()
    )


def steps(effects: Effects) -> Mapping[Measure, int]:
    """How far the counter of each (member, metric) moves."""
    found: Tally[Measure] = Tally()
    for move, step in effects.moves.items():
        found[move.member, move.metric] += step
    return found


def _count(effects: Effects) -> None:
    days: Tally[tuple[int, str, date]] = Tally()
    pairs: dict[tuple[int, str, date, int], tuple[int]] = {}
    for move, step in effects.moves.items():
        day = date.fromordinal(move.day)
        days[move.member, move.metric, day] += step
        pairs[move.member, move.metric, day, move.other] = (step,)
    increments.move(
        DayCount, {key: (step,) for key, step in days.items()}, key=("member", "metric", "day"), values=("value",)
    )
    increments.move(PairDay, pairs, key=("member", "metric", "day", "actor"), values=("value",))
