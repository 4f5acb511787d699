"""What a few counts allow to be said: a share, or the difference of two, with the range that chance leaves it. Pure.

The ranges hold 95 of 100 times. Wilson's for one share, Newcombe's for a difference: both stay honest for small counts
and for shares near nothing or everything, where the usual formula promises too much.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

#: How many standard deviations hold 95 of 100.
Z: Final = 1.959964


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value and the range around it, all between -1 and 1."""

    value: float
    low: float
    high: float

    @property
    def may_be_chance(self) -> bool:
        """Whether nothing at all is as likely as what was found."""
        return self.low <= 0 <= self.high


def share(hits: int, of: int) -> Estimate | None:
    """How many of ``of`` were hits; ``None`` where there was nobody."""
    if of < 1:
        return None
    part, spread = hits / of, Z * Z / of
    middle = (part + spread / 2) / (1 + spread)
    reach = Z / (1 + spread) * math.sqrt(part * (1 - part) / of + spread / (4 * of))
    return Estimate(part, max(0.0, middle - reach), min(1.0, middle + reach))


def difference(one: Estimate | None, other: Estimate | None) -> Estimate | None:
    """How much more ``one`` is than ``other``; ``None`` where one of them is unknown."""
    if one is None or other is None:
        return None
    value = one.value - other.value
    low = value - math.hypot(one.value - one.low, other.high - other.value)
    high = value + math.hypot(one.high - one.value, other.value - other.low)
    return Estimate(value, max(-1.0, low), min(1.0, high))
