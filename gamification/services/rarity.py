"""Rarity: how many hold a grade, kept with every award, and what share of the active members that is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Q

from community import freshness
from community.models import Member
from gamification.models import Award, Census, Grade, Rarity
from gamification.queries.days import site_day
from gamification.services import increments, turns

#: Who was here in so many days is active.
ACTIVE = timedelta(days=90)


def count(steps: Mapping[int, int]) -> None:
    """Move the number of holders of each grade."""
    increments.add(
        Rarity,
        {(grade,): step for grade, step in steps.items()},
        key=("grade",),
        value="holders",
    )


@transaction.atomic
def census(*, at: datetime) -> None:
    """Count the active members, and those among the holders of each grade, once a day."""
    turns.alone()
    day = site_day(at)
    active = Q(is_active=True, active_on__gte=day - ACTIVE)
    number = Member.objects.filter(active).count()
    Census.objects.update_or_create(day=day, defaults={"active": number})
    recount(Grade.objects.values_list("pk", flat=True), at=at)
    transaction.on_commit(freshness.changed, robust=True)


def recount(grades: Iterable[int], *, at: datetime) -> None:
    """Write the numbers of ``grades`` anew from the awards. Only where nobody evaluates meanwhile."""
    day = site_day(at)
    active = Q(member__is_active=True, member__active_on__gte=day - ACTIVE)
    wanted = sorted(set(grades))
    rows = Award.objects.filter(grade__in=wanted).order_by().values("grade")
    counted = rows.annotate(holders=Count("pk"), active=Count("pk", filter=active))
    found = {row["grade"]: (row["holders"], row["active"]) for row in counted}
    Rarity.objects.bulk_create(
        (
            Rarity(grade_id=grade, holders=holders, active=active_holders)
            for grade, (holders, active_holders) in ((grade, found.get(grade, (0, 0))) for grade in wanted)
        ),
        update_conflicts=True,
        unique_fields=["grade"],
        update_fields=["holders", "active"],
    )
