"""Badges: counters move, thresholds are crossed, grades are won and lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from community.models import Activity
from gamification.models import Award, Counter, Grade
from gamification.rules import crossed
from gamification.services import increments

Moved = tuple[int, str]


@dataclass(slots=True)
class Outcome:
    """What a batch did to awards: those earned, and everybody whose set of awards changed."""

    earned: list[Award] = field(default_factory=list)
    members: set[int] = field(default_factory=set)


def count(steps: Mapping[Moved, int], *, last: Mapping[Moved, Activity]) -> Outcome:
    """Move the counters by ``steps``; award the grades reached and withdraw those no longer reached.

    ``last`` names the deed that moved each (member, metric) forward last.
    """
    after = increments.add(Counter, steps, key=("member", "metric"), value="value")
    outcome = Outcome()
    if not after:
        return outcome
    grades = list(Grade.objects.select_related("badge").filter(badge__metric__in={metric for _, metric in after}))
    lost = Q()
    for (member, metric), value in after.items():
        ladder = [grade for grade in grades if grade.badge.metric == metric]
        before = value - steps[member, metric]
        reached, gone = crossed({grade.threshold for grade in ladder}, before, value)
        for grade in ladder:
            if grade.threshold in reached:
                deed = last[member, metric]
                outcome.earned.append(Award(grade=grade, member_id=member, activity=deed, at=deed.at))
            elif grade.threshold in gone:
                lost |= Q(grade=grade, member=member)
                outcome.members.add(member)
    outcome.members |= {award.member_id for award in outcome.earned}
    if lost:
        Award.objects.filter(lost).delete()
    Award.objects.bulk_create(outcome.earned, ignore_conflicts=True)
    return outcome
