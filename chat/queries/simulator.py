"""What a draft rule would have done with the requests and the consented visits that are recorded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from chat import conditions
from chat.conditions import Rule, Situation
from chat.models import RoutingDecision, Visit

LOOKS_BACK = timedelta(days=30)
#: More than these says no more about a rule.
MOST = 2_000
SHOWN = 30


@dataclass(frozen=True, slots=True)
class Case:
    """One recorded situation: what it was, where it went, and where the draft would have led it."""

    at: datetime
    help: int | None
    situation: Mapping[str, Any]
    went: str
    would: str

    @property
    def is_moved(self) -> bool:
        """Whether the draft changes anything for it."""
        return self.went != self.would


@dataclass(slots=True)
class Simulation:
    """How many there were, how many meet the draft, how many it would have led, and what that changes."""

    recorded: int = 0
    met: int = 0
    decided: int = 0
    moves: Counter[tuple[str, str]] = field(default_factory=Counter)
    cases: list[Case] = field(default_factory=list)


def of_requests(draft: Rule, others: Sequence[tuple[int, Rule]], position: int, at: datetime) -> Simulation:
    """Ask the draft, in its place among the ``others`` (with their positions), about the recorded requests."""
    rows = RoutingDecision.objects.filter(cause=RoutingDecision.Cause.ASKED, at__gte=at - LOOKS_BACK)
    # What an erased visitor's decision came from is gone.
    latest = (
        rows.exclude(situation={})
        .order_by("-at", "-id")
        .values_list("at", "help", "situation", "help__about_order")[:MOST]
    )
    return _run([*latest], draft, others, position)


def of_visits(draft: Rule, others: Sequence[tuple[int, Rule]], position: int, at: datetime) -> Simulation:
    """The same about visits, had somebody asked for help there."""
    rows = Visit.objects.filter(at__gte=at - LOOKS_BACK).order_by("-at", "-id")
    return _run(
        [(when, None, situation, False) for when, situation in rows.values_list("at", "situation")[:MOST]],
        draft,
        others,
        position,
    )


def _run(
    rows: Sequence[tuple[datetime, int | None, Mapping[str, Any], bool]],
    draft: Rule,
    others: Sequence[tuple[int, Rule]],
    position: int,
) -> Simulation:
    """Both ways with the rules of today, so that the draft is the only difference; without the lot of a hold-out."""
    before = [rule for _place, rule in others]
    placed = sorted([*others, (position, draft)], key=lambda one: (one[0], one[1].pk))
    after = [rule for _place, rule in placed]
    found = Simulation(recorded=len(rows))
    for at, asked, stored, about_order in rows:
        situation = Situation.from_json(stored)
        if not conditions.holds(draft.conditions, situation, draft.target):
            continue
        found.met += 1
        would = conditions.route(after, situation, draw=1.0, about_order=about_order)
        if would.rule is not draft:
            continue
        found.decided += 1
        went = conditions.route(before, situation, draw=1.0, about_order=about_order)
        found.moves[went.target, would.target] += 1
        if len(found.cases) < SHOWN:
            found.cases.append(Case(at, asked, stored, went.target, would.target))
    return found
