"""How long somebody will wait, as honestly as it can be said. No Django, no database."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

#: With fewer talks to judge by, nothing is said rather than something invented.
FEWEST: Final = 5
#: What is said: nobody believes "between 7 and 23 minutes".
STEPS: Final = (1, 2, 3, 5, 8, 10, 15, 20, 30, 45, 60)


@dataclass(frozen=True, slots=True)
class Range:
    """Minutes from … until; ``until`` is ``None`` where it is more than the longest that is said."""

    low: int
    high: int | None


def expect(position: int, *, places: int, talks: Sequence[float]) -> Range | None:
    """How many minutes it may take at ``position`` (1 is next) when ``places`` talks go on at once.

    ``talks`` are how many minutes the latest talks took; half of them lie between the quartiles, and the range is what
    these two would mean. ``None`` where nobody helps or too little is known.
    """
    if position < 1 or places < 1 or len(talks) < FEWEST:
        return None
    ordered = sorted(max(minutes, 0.0) for minutes in talks)
    # The talk that ends first frees a place: on average a share of a talk passes for each place in the line.
    share = position / places
    return Range(_down(_quantile(ordered, 0.25) * share), _up(_quantile(ordered, 0.75) * share))


def _quantile(ordered: Sequence[float], part: float) -> float:
    place = part * (len(ordered) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def _down(minutes: float) -> int:
    return max((step for step in STEPS if step <= minutes), default=STEPS[0])


def _up(minutes: float) -> int | None:
    return next((step for step in STEPS if step >= minutes), None)
