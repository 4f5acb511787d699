"""Days in a row: arithmetic on calendar days, without Django or a database.

A day is the one that the member's own calendar shows, so a night of 23 or 25 hours needs no case of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import reduce
from typing import Final

#: Under which facts the journal keeps the doer's day and the beneficiary's, where it is another one than the site's.
LOCAL_DAY: Final = "day"
THEIR_DAY: Final = "their_day"
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
class Kind:
    """One streak: the deeds that fill its days, and its terms."""

    verbs: frozenset[str]
    terms: Terms


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


#: A member's streak, by its slug.
Whose = tuple[int, str]


@dataclass(slots=True)
class Streaks:
    """The streaks that rules ask for, at each deed as long as they were then. Without ``kinds`` nobody asks.

    A replay begins with nothing. Live, ``runs`` are as they are kept, and ``days`` are those of members of whom a day
    may be emptied or filled late; everybody else's runs only grow.
    """

    kinds: Mapping[str, Kind] = field(default_factory=dict)
    runs: dict[Whose, Run] = field(default_factory=dict)
    days: dict[Whose, dict[date, int]] = field(default_factory=dict)

    def filled_by(self, verb: str, member: int) -> list[Whose]:
        """The streaks of which a deed of ``member`` fills a day."""
        return [(member, slug) for slug, kind in self.kinds.items() if verb in kind.verbs]

    def fill(self, whose: Whose, day: date, step: int) -> None:
        """Count a deed of ``day``, or with -1 the end of it."""
        days = self.days.setdefault(whose, {})
        before = days.get(day, 0)
        days[day] = before + step
        run, terms = self.runs.get(whose, Run()), self.kinds[whose[1]].terms
        if step > 0 and (run.last is None or day >= run.last):
            self.runs[whose] = extend(run, day, terms)
        elif (before > 0) != (before + step > 0):
            self.runs[whose] = run_of((own for own, deeds in days.items() if deeds > 0), terms)

    def length(self, member: int, slug: str, today: date) -> int:
        """How long the member's streak is on ``today``."""
        return length_on(self.runs.get((member, slug), Run()), today)
