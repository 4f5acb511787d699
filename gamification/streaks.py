"""Days in a row: arithmetic on calendar days, without Django or a database.

A day is the one that the member's own calendar shows, so a night of 23 or 25 hours needs no case of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from typing import Final

#: Shorter runs end without a word: nobody minds, and a warning would only nag.
WORTH_A_WARNING: Final = 3
#: The deeds that may fill a day: what a member gives to others, however small.
DEEDS: Final = frozenset(
    {
        "thread.created",
        "answer.created",
        "comment.created",
        "review.created",
        "idea.created",
        "idea_comment.created",
        "answer.accepted",
        "answer.found_helpful",
        "review.found_helpful",
        "idea.found_good",
        "thread.me_too",
    }
)


@dataclass(frozen=True, slots=True)
class Terms:
    """Every ``every`` days in a row earn a freeze; ``most`` of them are kept."""

    every: int = 7
    most: int = 2


@dataclass(frozen=True, slots=True)
class Run:
    """Where a streak stands after its last filled day. A frozen day keeps the run and does not lengthen it."""

    length: int = 0
    best: int = 0
    freezes: int = 0
    last: date | None = None

    @property
    def holds_until(self) -> date | None:
        """The last day on which a deed continues the run: each freeze bridges one missed day."""
        return None if self.last is None else self.last + timedelta(days=1 + self.freezes)


def extend(run: Run, day: date, terms: Terms) -> Run:
    """The run after ``day`` was filled as well; only a later day than its last changes anything."""
    if run.last is not None and day <= run.last:
        return run
    missed = (day - run.last).days - 1 if run.last else 0
    goes_on = run.last is not None and missed <= run.freezes
    length = run.length + 1 if goes_on else 1
    freezes = run.freezes - missed if goes_on else 0
    if length % terms.every == 0:
        freezes = min(freezes + 1, terms.most)
    return Run(length, max(run.best, length), freezes, day)


def run_of(days: Iterable[date], terms: Terms) -> Run:
    """The run that the filled ``days`` make, in whatever order they come."""
    return reduce(lambda run, day: extend(run, day, terms), sorted(days), Run())


def length_on(run: Run, today: date) -> int:
    """How long the streak is on ``today``: nothing once the day that would have continued it is over."""
    return run.length if run.holds_until is not None and today <= run.holds_until else 0
