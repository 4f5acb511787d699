"""Fees: what a consultation of an ambassador is worth at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from ambassadors.models import Tier, TierChange
from ambassadors.queries import programme as queries
from community.models import Member


@dataclass(frozen=True, slots=True)
class Fee:
    """An amount, and the tier (its name in each language) that it belongs to."""

    amount: Decimal
    currency: str
    tier: dict[str, str]


def of(member: Member, at: datetime) -> Fee:
    """The fee of ``member`` for a talk that ends at this moment.

    Whoever helps without a tier, as somebody may who was never taken through the programme, is paid as all beginners.
    """
    tier = _tier_at(member, at) or Tier.objects.order_by("position").first()
    fee = queries.fee_of(tier, at)
    return Fee(fee.amount if fee else Decimal(0), fee.currency if fee else "EUR", queries.names(tier))


def _tier_at(member: Member, at: datetime) -> Tier | None:
    """The tier of that moment, whatever became of it until the talk is looked at."""
    changes = TierChange.objects.filter(ambassador__member=member).select_related("before", "after")
    last = changes.filter(at__lte=at).order_by("-at", "-id").first()
    if last is not None:
        return last.after
    ambassador = queries.ambassador_of(member)
    return ambassador.tier if ambassador else None
