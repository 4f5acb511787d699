"""Badges: counters move, thresholds are crossed, grades are won and lost."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from community.models import Activity
from gamification.models import Award, Counter, Grade, Revocation
from gamification.rules import crossed
from gamification.services import increments, rarity

Moved = tuple[int, str]
#: (grade, member)
Held = tuple[int, int]


@dataclass(slots=True)
class Outcome:
    """What a batch did to awards: those earned, and everybody whose set of awards changed."""

    earned: list[Award] = field(default_factory=list)
    members: set[int] = field(default_factory=set)


def count(steps: Mapping[Moved, int], *, last: Mapping[Moved, Activity]) -> Outcome:
    """Move the counters by ``steps``; award the grades reached and withdraw those no longer reached.

    ``last`` names the deed that moved each (member, metric) forward last. The caller holds the members' lock.
    """
    after = increments.add(Counter, steps, key=("member", "metric"), value="value")
    outcome = Outcome()
    if not after:
        return outcome
    due: list[Award] = []
    lost: set[Held] = set()
    grades = list(Grade.objects.select_related("badge").filter(badge__metric__in={metric for _, metric in after}))
    for (member, metric), value in after.items():
        ladder = [grade for grade in grades if grade.badge.metric == metric]
        reached, gone = crossed({grade.threshold for grade in ladder}, value - steps[member, metric], value)
        for grade in ladder:
            if grade.threshold in reached:
                deed = last[member, metric]
                due.append(Award(grade=grade, member_id=member, activity=deed, at=deed.at))
            elif grade.threshold in gone:
                lost.add((grade.pk, member))
    taken = withdraw(lost, also_kept=False)
    outcome.earned = bestow(due)
    outcome.members = {member for _, member in taken} | {award.member_id for award in outcome.earned}
    return outcome


def bestow(awards: Iterable[Award]) -> list[Award]:
    """Store those of ``awards`` that nobody holds yet and no manager took back; return them.

    One that was kept for some days only is held for good now.
    """
    wanted = {(award.grade_id, award.member_id): award for award in awards}
    if not wanted:
        return []
    closed = _those(Award.objects, wanted) | _those(Revocation.objects.filter(lifted_at=None), wanted)
    Award.objects.filter(_any(wanted), kept_until__isnull=False).update(kept_until=None)
    made = [award for held, award in wanted.items() if held not in closed]
    Award.objects.bulk_create(made)
    rarity.count(Tally(award.grade_id for award in made))
    return made


def withdraw(lost: set[Held], *, also_kept: bool = True) -> set[Held]:
    """Delete the awards of ``lost`` that there are; return them. What was promised for some days can be spared."""
    awards = Award.objects.all() if also_kept else Award.objects.filter(kept_until=None)
    taken = _those(awards, lost) if lost else set()
    if taken:
        Award.objects.filter(_any(taken)).delete()
        rarity.count({grade: -number for grade, number in Tally(grade for grade, _ in taken).items()})
    return taken


def _those(rows: Any, wanted: Iterable[Held]) -> set[Held]:
    return set(rows.filter(_any(wanted)).values_list("grade_id", "member_id"))


def _any(wanted: Iterable[Held]) -> Q:
    """Rows of exactly these pairs; grades are few, so the condition stays short."""
    members: dict[int, set[int]] = {}
    for grade, member in wanted:
        members.setdefault(grade, set()).add(member)
    found = Q(pk__in=())
    for grade, own in members.items():
        found |= Q(grade=grade, member__in=own)
    return found
