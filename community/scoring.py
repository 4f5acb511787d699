"""Who wins a contest: votes and jury to a ranking without ties. Pure and exact: fractions, no rounding before the end.

An idea's score is 0 to 100. The votes give it the share of votes that it has of the idea with most, the jury the share
that the mean of its points has of ten; the jury's weight says how much of the hundred is the jury's. Where nobody of a
jury gave a point, the votes decide alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

MOST_POINTS = 10


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one idea when the contest ends."""

    idea: int
    submitted_at: datetime
    votes: int
    jury_points: tuple[int, ...] = ()

    @property
    def jury_mean(self) -> Fraction:
        """The mean of the points of those members of the jury who gave some; 0 without any."""
        return Fraction(sum(self.jury_points), len(self.jury_points)) if self.jury_points else Fraction(0)


@dataclass(frozen=True, slots=True)
class Place:
    """One line of the result."""

    place: int
    entry: Entry
    score: Fraction
    is_winner: bool


def ranking(entries: Iterable[Entry], *, jury_weight: int, winners: int) -> list[Place]:
    """Return all entries in the order of their places.

    Among equal scores the higher mean of the jury comes first, then more votes, then the earlier idea. Nobody wins
    with nothing: an idea without a vote and without a point has a place but no prize.
    """
    found = list(entries)
    weight = jury_weight if any(entry.jury_points for entry in found) else 0
    most = max((entry.votes for entry in found), default=0)
    scored = [(score(entry, most_votes=most, jury_weight=weight), entry) for entry in found]
    scored.sort(key=lambda pair: (-pair[0], -pair[1].jury_mean, -pair[1].votes, pair[1].submitted_at, pair[1].idea))
    return [
        Place(number, entry, value, is_winner=number <= winners and value > 0)
        for number, (value, entry) in enumerate(scored, start=1)
    ]


def score(entry: Entry, *, most_votes: int, jury_weight: int) -> Fraction:
    """Return the score of one entry, 0 to 100."""
    by_votes = Fraction(entry.votes, most_votes) if most_votes else Fraction(0)
    by_jury = entry.jury_mean / MOST_POINTS
    return (100 - jury_weight) * by_votes + jury_weight * by_jury


def winners_of(places: Sequence[Place]) -> list[Place]:
    """Return those who won, first place first."""
    return [place for place in places if place.is_winner]
