"""The stages of a contest and the clock that decides them. Pure: moments in, a stage out.

A manager enters times as the clock on the wall shows them where the contest is held; ``instant`` makes them moments.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo


class Stage(StrEnum):
    """Where a contest stands, in the order of time."""

    UPCOMING = "upcoming"
    SUBMIT = "submit"
    VOTE = "vote"
    JURY = "jury"
    ENDED = "ended"


class NoSuchTime(ValueError):
    """The clock never shows this time: it is put forward over it that night."""


@dataclass(frozen=True, slots=True)
class Timetable:
    """The moments at which stages begin. Without ``jury_from`` the votes alone decide."""

    submit_from: datetime
    vote_from: datetime
    jury_from: datetime | None
    ends_at: datetime

    @property
    def is_ordered(self) -> bool:
        """Whether each stage begins after the one before."""
        moments = [self.submit_from, self.vote_from, *([self.jury_from] if self.jury_from else []), self.ends_at]
        return all(earlier < later for earlier, later in pairwise(moments))

    @property
    def voting_ends(self) -> datetime:
        """The moment from which no vote counts."""
        return self.jury_from or self.ends_at

    def stage(self, at: datetime) -> Stage:
        """The stage at a moment; each begins with its first instant and ends before the next one's."""
        if at < self.submit_from:
            return Stage.UPCOMING
        if at < self.vote_from:
            return Stage.SUBMIT
        if at < self.voting_ends:
            return Stage.VOTE
        return Stage.JURY if at < self.ends_at else Stage.ENDED


def instant(wall: datetime, zone: str) -> datetime:
    """Return the moment at which the clocks of ``zone`` show ``wall``.

    A time that they show twice, when they are put back, means the first. Raises ``NoSuchTime`` for one that they
    skip: a deadline must not move silently.
    """
    local = wall.replace(tzinfo=ZoneInfo(zone), fold=0)
    moment = local.astimezone(UTC)
    if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0) != wall.replace(tzinfo=None, fold=0):
        raise NoSuchTime(wall)
    return moment


def wall_clock(moment: datetime, zone: str) -> datetime:
    """Return what the clocks of ``zone`` show at ``moment``, without a zone: the inverse of ``instant``."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def days_left(at: datetime, until: datetime) -> int:
    """Return how many days remain, a begun one counted as whole; 0 when it is over."""
    return max(0, -((at - until) // timedelta(days=1)))
