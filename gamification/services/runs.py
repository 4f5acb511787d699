"""Runs: work over the whole journal is claimed by one worker, and taken over when that one was killed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from gamification.models import Adjustment, Replay, Retroaction, Simulation

Run = TypeVar("Run", Adjustment, Replay, Retroaction, Simulation)

#: After so long without an end a worker is taken for dead. Two that work on the same do no harm: one of them finishes.
PATIENCE = timedelta(minutes=15)
ATTEMPTS = 3

logger = logging.getLogger("kundenkreis.time_machine")


def due(model: type[Run], *, at: datetime) -> QuerySet[Run]:
    """What waits for a worker, or was left by one, oldest first."""
    left = Q(state=model.State.RUNNING, started_at__lte=at - PATIENCE)
    return model._default_manager.filter(Q(state=model.State.WAITING) | left).order_by("id")


def work(run: Run, *, do: Callable[[Run, datetime], None], at: datetime) -> bool:
    """Claim ``run``, let ``do`` finish it, and say whether it did; what fails ``ATTEMPTS`` times stays failed.

    ``do`` ends with ``finish`` in the transaction of its effects.
    """
    if not _claim(run, at):
        return False
    try:
        do(run, at)
    except Exception:
        logger.exception("run failed", extra={"run": f"{run._meta.model_name} {run.pk}"})
        _give_up(run)
        return False
    return True


def finish(run: Run, *, at: datetime, **values: Any) -> bool:
    """Mark ``run`` as done with ``values``, unless another worker has taken it over or done it."""
    held = type(run)._default_manager.filter(pk=run.pk, state=run.State.RUNNING, started_at=run.started_at)
    return bool(held.update(state=run.State.DONE, finished_at=at, **values))


@transaction.atomic
def _claim(run: Run, at: datetime) -> bool:
    mine = due(type(run), at=at).filter(pk=run.pk)
    claimed = mine.update(state=run.State.RUNNING, started_at=at, attempts=F("attempts") + 1)
    if claimed:
        run.refresh_from_db()
    return bool(claimed)


def _give_up(run: Run) -> None:
    """Let it be tried again, or not any more."""
    held = type(run)._default_manager.filter(pk=run.pk, state=run.State.RUNNING, started_at=run.started_at)
    if run.attempts >= ATTEMPTS:
        held.update(state=run.State.FAILED, finished_at=timezone.now())
    else:
        held.update(state=run.State.WAITING)
