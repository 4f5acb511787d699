"""How often the demo's questions were opened, what was looked for in vain, and who was told of those that wait."""

from __future__ import annotations

from datetime import datetime, timedelta

from community.models import SearchMiss, Thread
from community.services import escalations, misses, view_counts

#: What nobody has asked yet, in which language, how often it was looked for, and how many days ago the last time.
IN_VAIN = (
    ("bohnen mahlen lassen", "de", 7, 1),
    ("hafermilch automat", "de", 5, 2),
    ("wasserenthärter grander", "de", 3, 4),
    ("lever machine", "en", 4, 1),
    ("compostable pods", "en", 2, 6),
)
OPENED = 6


def play(at: datetime) -> None:
    """Do all of it, once."""
    if not Thread.objects.filter(view_count__gt=0).exists():
        _open(at)
    if not SearchMiss.objects.exists():
        for term, language, times, days in IN_VAIN:
            for _ in range(times):
                misses.note(term=term, language=language, at=at - timedelta(days=days))
    escalations.climb(at=at)


def _open(at: datetime) -> None:
    """Every question as often as its answers and its number say: some are read by many."""
    for pk, answers in Thread.objects.visible().order_by("pk").values_list("pk", "answer_count"):
        for _ in range(OPENED + 4 * answers + pk % 23):
            view_counts.note(thread=pk, at=at)
    view_counts.bring(at=at + timedelta(minutes=1))
