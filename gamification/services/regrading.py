"""What follows when a manager moves a threshold: awards and levels are brought in line with what members did."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from community.models import Activity
from gamification.models import (
    Award,
    Badge,
    Balance,
    Counter,
    Currency,
    Grade,
    Revocation,
)
from gamification.rules import METRICS
from gamification.services import rarity, rows, standing, turns

BATCH = 500


@transaction.atomic
def regrade(*, badge: Badge, at: datetime) -> None:
    """Award the badge's grades to whom they are now due, silently, and withdraw those no longer reached."""
    turns.alone()
    changed: set[int] = set()
    for grade in Grade.objects.select_for_update().filter(badge=badge).order_by("threshold"):
        entitled = Counter.objects.filter(metric=badge.metric, value__gte=grade.threshold).values("member")
        lost = Award.objects.filter(grade=grade).exclude(member__in=entitled)
        changed |= set(lost.values_list("member_id", flat=True))
        lost.delete()
        missing = list(
            Counter.objects.filter(metric=badge.metric, value__gte=grade.threshold)
            .exclude(member__awards__grade=grade)
            .exclude(member__in=Revocation.objects.filter(grade=grade, lifted_at=None).values("member"))
            .order_by("member_id")
            .values_list("member_id", flat=True)
        )
        deeds = _last_deeds(badge.metric, missing)
        Award.objects.bulk_create(
            (Award(grade=grade, member_id=member, activity_id=deeds[member], at=at) for member in missing),
            ignore_conflicts=True,
        )
        changed |= set(missing)
    rarity.recount(badge.grades.values_list("pk", flat=True), at=at)
    refresh(sorted(changed))


@transaction.atomic
def relevel() -> None:
    """Derive everybody's level anew after the thresholds of levels changed."""
    turns.alone()
    members = Balance.objects.filter(currency=Currency.REPUTATION).order_by("member_id")
    refresh(list(members.values_list("member_id", flat=True)))


@transaction.atomic
def redraw(*, badge: Badge) -> None:
    """Show the badge's new name or drawing beside the names of those who wear it."""
    turns.alone()
    refresh(sorted(set(Award.objects.filter(grade__badge=badge).values_list("member_id", flat=True))))


def refresh(members: Sequence[int]) -> None:
    """Refresh standings in batches that every database takes as parameters."""
    for batch in rows.batches(members, BATCH):
        standing.refresh(batch)


def _last_deeds(metric: str, members: Sequence[int]) -> dict[int, int]:
    """The latest deed, not taken back, that moved ``metric`` for each of ``members``."""
    verbs = [verb for verb, moved in METRICS.items() if moved == metric]
    found: dict[int, int] = {}
    for batch in rows.batches(members, BATCH):
        deeds = Activity.objects.filter(verb__in=verbs, beneficiary__in=batch, undone_by=None)
        found |= dict(deeds.order_by("id").values_list("beneficiary_id", "id"))
    return found
