"""How often questions are opened: counted in the shared cache, brought to the rows by increments once a minute.

A page that is kept for visitors counts as well, for what is counted is the answer and not the making of it. Losing the
cache loses a minute of views, which nobody is owed.
"""

from __future__ import annotations

from datetime import datetime

from django.core.cache import cache
from django.db import transaction
from django.db.models import F

from community import tally
from community.models import Thread

SLOT = 60
#: Slots that are looked at again, for a beat that came late.
LATE = 5
KEPT = SLOT * (LATE + 3)


def note(*, thread: int, at: datetime) -> None:
    """Count one view."""
    slot = int(at.timestamp()) // SLOT
    if tally.count(f"views:{slot}:{thread}", kept=KEPT) == 1:
        # The first view of this minute enters the thread in the list of the minute.
        place = tally.count(f"views:{slot}", kept=KEPT)
        cache.set(f"views:{slot}:#{place}", thread, KEPT)


def bring(*, at: datetime) -> int:
    """Add what the finished minutes counted to the threads; return how many views those were."""
    present = int(at.timestamp()) // SLOT
    return sum(_bring(slot) for slot in range(present - LATE, present))


def _bring(slot: int) -> int:
    entered: int = cache.get(f"views:{slot}", 0)
    # Whoever takes the slot first brings it; a second beat finds it taken.
    if not entered or not cache.add(f"views:{slot}:brought", 1, KEPT):
        return 0
    places = cache.get_many([f"views:{slot}:#{number}" for number in range(1, entered + 1)])
    counts = cache.get_many([f"views:{slot}:{thread}" for thread in places.values()])
    counted = {int(key.rpartition(":")[2]): int(count) for key, count in counts.items()}
    with transaction.atomic():
        for thread, count in sorted(counted.items()):
            Thread.objects.filter(pk=thread).update(view_count=F("view_count") + count)
    return sum(counted.values())
