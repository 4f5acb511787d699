"""Scores that explain themselves: a sum of terms, each of which says what it counted and what that gave. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one term counts: ``needed`` is called met, ``full_at`` or more gives all of ``weight``."""

    name: str
    needed: int
    full_at: int
    weight: int


@dataclass(frozen=True, slots=True)
class Term:
    """One term with what was counted and the points that it gives."""

    wanted: Wanted
    value: int

    @property
    def points(self) -> Decimal:
        """In proportion below ``full_at``, to a tenth."""
        counted = min(max(self.value, 0), self.wanted.full_at)
        return (Decimal(self.wanted.weight * counted) / self.wanted.full_at).quantize(TENTH, ROUND_HALF_UP)

    @property
    def is_met(self) -> bool:
        """Whether it reaches what is needed."""
        return self.value >= self.wanted.needed

    def kept(self) -> dict[str, object]:
        """As it is stored beside the score."""
        wanted = self.wanted
        return {
            "name": wanted.name,
            "value": self.value,
            "needed": wanted.needed,
            "full_at": wanted.full_at,
            "weight": wanted.weight,
            "points": str(self.points),
        }


def terms(wanted: Iterable[Wanted], values: Mapping[str, int]) -> tuple[Term, ...]:
    """A term for each of ``wanted``; what nobody counted is nothing."""
    return tuple(Term(each, values.get(each.name, 0)) for each in wanted)


def total(found: Iterable[Term]) -> Decimal:
    """What the terms give together."""
    return sum((term.points for term in found), Decimal("0.0"))


def most(wanted: Iterable[Wanted]) -> int:
    """What the terms can give at most."""
    return sum(each.weight for each in wanted)
