"""The nightly search for votes by arrangement: what it finds is held until a person has looked."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from gamification import suspicion
from gamification.models import HoldCase
from gamification.queries import suspicions
from gamification.services import guards, holds

#: More than people can look at in a day: the rest is found again the next night.
MOST = 50

logger = logging.getLogger("kundenkreis.holds")


def search(*, at: datetime) -> list[HoldCase]:
    """Look at the window that managers set and open a case for each pattern, the gravest first.

    Each case is committed by itself; searching twice finds nothing new, since a deed is accused once.
    """
    guard = guards.current()
    if not guard.is_watching:
        return []
    thresholds = suspicion.Thresholds(guard.mutual, guard.burst, timedelta(days=guard.young_days))
    gifts = suspicions.gifts(since=at - timedelta(days=guard.window_days))
    cases = []
    for finding in suspicion.search(gifts, thresholds)[:MOST]:
        try:
            cases.append(holds.open_found(finding=finding, at=at))
        except (holds.NothingToHold, holds.JudgedMeanwhile):
            # Taken back, or taken up by a manager, since the journal was read.
            continue
    logger.info("searched for votes by arrangement", extra={"gifts": len(gifts), "cases": len(cases)})
    return cases
