"""The levels with what they open, and which of them the reader has reached."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max

from community.models import Member
from gamification.models import Balance, Currency, KeptLevel, Level, Reward
from gamification.queries.rewards import offered


@dataclass(frozen=True, slots=True)
class Rung:
    """A level, the rewards that open with it, and how much reputation is missing; ``None`` for visitors.

    ``kept_until`` is the last day of a level that the reader keeps although something is missing.
    """

    level: Level
    opens: tuple[Reward, ...]
    missing: int | None
    kept_until: date | None

    @property
    def is_reached(self) -> bool:
        """Whether the reader is there."""
        return self.missing == 0


def ladder(member: Member | None, *, at: datetime) -> list[Rung]:
    """Every level from the first on. What opens below the first level opens for everybody and is not listed."""
    opens: dict[int, list[Reward]] = defaultdict(list)
    for reward in offered(at).filter(min_level__gt=0).order_by("price", "id"):
        opens[reward.min_level].append(reward)
    reputation = _reputation(member) if member else None
    kept = dict(KeptLevel.objects.filter(member=member).values_list("number", "until")) if member else {}
    return [
        Rung(
            level,
            tuple(opens.get(level.number, ())),
            None if reputation is None else max(0, level.threshold - reputation),
            kept.get(level.number),
        )
        for level in Level.objects.order_by("threshold")
    ]


def kept() -> dict[int, int]:
    """The highest level that each member keeps for some days."""
    return dict(KeptLevel.objects.order_by().values_list("member_id").annotate(number=Max("number")))


def _reputation(member: Member) -> int:
    row = Balance.objects.filter(member=member, currency=Currency.REPUTATION).first()
    return row.value if row else 0
