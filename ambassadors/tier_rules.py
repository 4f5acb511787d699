"""When a tier is reached, kept and lost: arithmetic on numbers. Pure."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

#: Fewer ratings say more about who rated than about who was rated.
RATED_FROM = 5


@dataclass(frozen=True, slots=True)
class Numbers:
    """What an ambassador has done within some time."""

    consultations: int = 0
    ratings: int = 0
    stars: int = 0

    @property
    def rating(self) -> Decimal | None:
        """The average, once there are enough ratings, with the one place that is shown."""
        if self.ratings < RATED_FROM:
            return None
        return (Decimal(self.stars) / self.ratings).quantize(Decimal("0.1"))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a tier asks for; nothing and ``None`` ask for nothing."""

    consultations: int = 0
    rating: Decimal | None = None
    window_consultations: int = 0
    window_rating: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that a tier asks for: ``name`` is that of the field."""

    name: str
    has: Decimal | None
    needs: Decimal

    @property
    def met(self) -> bool:
        """Whether it is enough."""
        return self.has is not None and self.has >= self.needs


class Step(StrEnum):
    """What becomes of a tier."""

    STAY = "stay"
    REACHED = "reached"
    RENEWED = "renewed"
    WARNED = "warned"
    LOST = "lost"


def recent(asked: Asked, numbers: Numbers) -> list[Criterion]:
    """What a renewal asks for."""
    found = []
    if asked.window_consultations:
        found.append(
            Criterion("window_consultations", Decimal(numbers.consultations), Decimal(asked.window_consultations))
        )
    if asked.window_rating is not None:
        found.append(Criterion("window_rating", numbers.rating, asked.window_rating))
    return found


def criteria(asked: Asked, all_time: Numbers, window: Numbers) -> list[Criterion]:
    """Everything that reaching a tier asks for."""
    found = []
    if asked.consultations:
        found.append(Criterion("consultations", Decimal(all_time.consultations), Decimal(asked.consultations)))
    if asked.rating is not None:
        found.append(Criterion("rating", all_time.rating, asked.rating))
    return found + recent(asked, window)


def met(found: Sequence[Criterion]) -> bool:
    """Whether nothing is missing."""
    return all(criterion.met for criterion in found)


def kept(*, renewable: bool, until: datetime | None, grace: datetime | None, at: datetime) -> Step:
    """What becomes of a tier that no higher one follows, when its time is over or it is within its grace."""
    if until is None or at < until:
        return Step.STAY
    if renewable:
        return Step.RENEWED
    if grace is None:
        return Step.WARNED
    return Step.LOST if at >= grace else Step.STAY


def months_later(at: datetime, months: int) -> datetime:
    """The same day some months later, or the last one of a shorter month."""
    count = at.month - 1 + months
    year, month = at.year + count // 12, count % 12 + 1
    return at.replace(year=year, month=month, day=min(at.day, calendar.monthrange(year, month)[1]))
