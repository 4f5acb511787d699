"""Adjustments: a manager moves a threshold, and a worker brings everybody in line with it, some members at a time.

Deeds go on meanwhile: whoever's deeds are evaluated is brought in line first (``catch_up``), so a new threshold never
takes anything untold, wherever the worker is.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from community import freshness
from community.models import Member, Standing
from gamification.models import Adjustment, Badge, Rarity
from gamification.queries import adjustments as queries
from gamification.services import locks, regrading, runs, turns

BATCH = 200


@transaction.atomic
def ask(*, badge: Badge | None, by: Member | None, at: datetime) -> Adjustment:
    """Let a worker bring everybody's awards of ``badge``, or levels, in line.

    In the transaction that moves the threshold, after ``turns.alone``.
    """
    turns.alone()
    return Adjustment.objects.create(badge=badge, asked_by=by, asked_at=at)


def work_off(*, at: datetime) -> int:
    """Do what waits; return how much it was."""
    return sum(runs.work(adjustment, do=_adjust, at=at) for adjustment in list(runs.due(Adjustment, at=at)))


def catch_up(members: Collection[int], *, at: datetime) -> None:
    """Bring ``members`` in line with thresholds that are being moved, before anything else moves them.

    Inside a turn, with the members locked.
    """
    moving = queries.moving()
    if moving.levels:
        regrading.relevel(members=members, because="threshold", at=at)
    if moving.badges:
        # Holders are counted here and again by the deeds: the rows first, so that nobody waits in a circle.
        list(Rarity.objects.select_for_update().order_by("grade_id").values_list("grade_id", flat=True))
        regrading.regrade(members=members, only=moving.badges, because="threshold", at=at)


def _adjust(adjustment: Adjustment, at: datetime) -> None:
    """Go on behind the member who was done last, until nobody is left or another worker has taken this over."""
    while _batch(adjustment, at):
        pass


@transaction.atomic
def _batch(adjustment: Adjustment, at: datetime) -> bool:
    turns.together()
    ahead = Standing.objects.filter(member__gt=adjustment.cursor).order_by("member_id")
    members = list(ahead.values_list("member_id", flat=True)[:BATCH])
    if not members:
        runs.finish(adjustment, at=timezone.now())
        transaction.on_commit(freshness.changed, robust=True)
        return False
    locks.members(members)
    # Its own thresholds, and whatever else moves: a badge's new drawing must not take a level untold.
    catch_up(members, at=at)
    # Whoever gets on may fail as often as at the beginning.
    adjustment.cursor, adjustment.attempts = members[-1], 0
    held = Adjustment.objects.filter(pk=adjustment.pk, state=Adjustment.State.RUNNING, started_at=adjustment.started_at)
    return bool(held.update(cursor=members[-1], attempts=0))
