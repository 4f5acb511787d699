"""What moves which metric, and the arithmetic of thresholds, periods and levels. No Django, no database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final, Literal

CurrencyName = Literal["reputation", "credits"]
Span = Literal["week", "month", "season", "all"]

#: The verbs that move a metric of the deed's beneficiary by one.
METRICS: Final[Mapping[str, str]] = {
    "answer.accepted": "accepted_answers",
    "answer.found_helpful": "helpful_votes",
    "review.found_helpful": "helpful_reviews",
    "idea.found_good": "good_ideas",
    "thread.me_too": "same_questions",
}

#: The first day of the board of all times.
BEGINNING: Final = date(2000, 1, 1)


def crossed(thresholds: Iterable[int], before: int, after: int) -> tuple[list[int], list[int]]:
    """Return the thresholds reached and those lost on the way from ``before`` to ``after``."""
    ordered = sorted(thresholds)
    reached = [threshold for threshold in ordered if before < threshold <= after]
    lost = [threshold for threshold in ordered if after < threshold <= before]
    return reached, lost


def period_start(span: Span, day: date) -> date:
    """Return the first day of the week (ISO 8601: Monday), month or of all times that contains ``day``.

    When a season begins is known to the database only.
    """
    if span == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if span == "month" else BEGINNING


def level_at(reputation: int, thresholds: Iterable[tuple[int, int]], *, kept: int = 0) -> tuple[int, int]:
    """Return the level reached with ``reputation`` and the way to the next in percent (100 at the top).

    ``thresholds`` are (level number, reputation from). Who keeps the level ``kept`` counts as just there.
    """
    ladder = sorted(thresholds, key=lambda step: step[1])
    reputation = max(reputation, next((floor for number, floor in ladder if number == kept), reputation))
    reached = [step for step in ladder if step[1] <= reputation]
    ahead = [step for step in ladder if step[1] > reputation]
    number, floor = reached[-1] if reached else (0, 0)
    if not ahead:
        return number, 100 if ladder else 0
    # Below zero (after a correction) even a first level from zero is still ahead, and no step of the way is done.
    return number, max(0, 100 * (reputation - floor) // max(1, ahead[0][1] - floor))
