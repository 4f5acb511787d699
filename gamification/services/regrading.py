"""What follows where thresholds or counters were moved by the team: members' awards and levels are brought in line.

Whoever calls holds the members' lock, or is alone (``turns``).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from community.models import Activity
from gamification.models import Award, Counter, Grade
from gamification.rules import METRICS
from gamification.services import badges, falls, rows, standing
from gamification.services.falls import Because, Falling

BATCH = 500


def regrade(*, members: Collection[int], only: Collection[int], because: Because, at: datetime) -> None:
    """Award ``members`` the grades of the badges ``only`` that are due, silently, and show how these look now.

    A grade that is no longer reached stays for some days, and whoever holds it is told.
    """
    for some in rows.batches(sorted(members), BATCH):
        _regrade(some, only, because, at)


def relevel(*, members: Collection[int], because: Because, at: datetime) -> None:
    """Derive the level of ``members`` anew; one that falls stays for some days, and whoever has it is told."""
    with falls.softened(members, because=because, at=at):
        for some in rows.batches(sorted(members), BATCH):
            standing.refresh(some)


def _regrade(members: Sequence[int], only: Collection[int], because: Because, at: datetime) -> None:
    grades = list(Grade.objects.select_related("badge").filter(badge__in=only).order_by("badge_id", "threshold"))
    counted = Counter.objects.filter(member__in=members, metric__in={grade.badge.metric for grade in grades})
    values = {(member, metric): value for member, metric, value in counted.values_list("member_id", "metric", "value")}
    awards = Award.objects.filter(member__in=members, grade__in=grades).order_by("id")
    held = {(grade, member): kept for grade, member, kept in awards.values_list("grade", "member", "kept_until")}
    for_good = {key for key, kept in held.items() if kept is None}
    due: dict[str, list[tuple[Grade, int]]] = {}
    lost: list[Falling] = []
    for grade in grades:
        for member in members:
            value = values.get((member, grade.badge.metric), 0)
            if value >= grade.threshold and (grade.pk, member) not in for_good:
                due.setdefault(grade.badge.metric, []).append((grade, member))
            elif value < grade.threshold and (grade.pk, member) in for_good:
                lost.append(Falling(grade, member, grade.threshold - value))
    changed = {member for _grade, member in held}
    for metric, missing in due.items():
        deeds = _last_deeds(metric, {member for _grade, member in missing})
        found = ((grade, member, deeds.get(member)) for grade, member in missing)
        made = (Award(grade=grade, member_id=member, activity_id=deed, at=at) for grade, member, deed in found if deed)
        changed |= {award.member_id for award in badges.bestow(made)}
    falls.keep_awards(lost, because=because, at=at)
    standing.refresh(changed)


def _last_deeds(metric: str, members: Collection[int]) -> dict[int, int]:
    """The latest deed that moved ``metric`` for each of ``members``, one that stands if there is one."""
    verbs = [verb for verb, moved in METRICS.items() if moved == metric]
    deeds = Activity.objects.filter(verb__in=verbs, beneficiary__in=members).order_by("id")
    # What was taken back a moment ago may still count; the undo that waits will withdraw the award.
    found: dict[int, int] = dict(deeds.values_list("beneficiary_id", "id"))
    return found | dict(deeds.filter(undone_by=None).values_list("beneficiary_id", "id"))
