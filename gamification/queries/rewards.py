"""The catalogue of rewards as members see it, and what they redeemed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Q, QuerySet, Sum

from community.keyset import Page, paginate
from community.models import Member, Standing
from gamification.models import Lot, Redemption, Reward
from gamification.queries import ledger

ORDER = ("price", "id")
NEWEST = ("-id",)
#: How far ahead the wallet looks for credits that expire.
SOON = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a reader is from one reward; ``None`` for visitors."""

    missing: int
    level: int | None
    is_used_up: bool

    @property
    def is_reached(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing and self.level is None and not self.is_used_up


@dataclass(frozen=True, slots=True)
class Purse:
    """What decides about a reader's reach: credits, level, and how often each reward was redeemed."""

    credits: int
    level: int
    redeemed: dict[int, int]

    def reach(self, reward: Reward) -> Reach:
        """What is still missing for ``reward``; ``level`` is the one to reach first."""
        used_up = reward.per_member is not None and self.redeemed.get(reward.pk, 0) >= reward.per_member
        level = reward.min_level if reward.min_level > self.level else None
        return Reach(max(0, reward.price - self.credits), level, used_up)


def offered(at: datetime) -> QuerySet[Reward]:
    """What is in the catalogue at this moment, sold out or not."""
    begun, open_ended = Q(starts_at=None) | Q(starts_at__lte=at), Q(ends_at=None) | Q(ends_at__gt=at)
    return Reward.objects.filter(begun, open_ended, is_active=True)


def page_of_offers(at: datetime, *, cursor: str | None, new: bool = False, size: int = 24) -> Page[Reward]:
    """One page of the catalogue, cheapest or newest first."""
    order = NEWEST if new else ORDER
    return paginate(offered(at).order_by(*order), order=order, cursor=cursor, size=size)


def within_reach(member: Member, purse: Purse, at: datetime, *, cursor: str | None, size: int = 24) -> Page[Reward]:
    """One page of what the member could redeem now, cheapest first."""
    left = Q(stock=None) | Q(taken__lt=F("stock"))
    mine = Count("redemptions", filter=Q(redemptions__member=member) & ~Q(redemptions__state="refunded"))
    rows = offered(at).filter(left, price__lte=max(0, purse.credits), min_level__lte=purse.level)
    rows = rows.annotate(mine=mine).filter(Q(per_member=None) | Q(mine__lt=F("per_member")))
    return paginate(rows.order_by(*ORDER), order=ORDER, cursor=cursor, size=size)


def purse_of(member: Member) -> Purse:
    """Everything that decides about the member's reach, in three queries."""
    standing = Redemption.objects.filter(member=member).exclude(state=Redemption.State.REFUNDED).order_by()
    return Purse(
        credits=ledger.balances_of(member)["credits"],
        level=Standing.objects.filter(member=member).values_list("level", flat=True).first() or 0,
        redeemed=dict(standing.values_list("reward_id").annotate(n=Count("pk"))),
    )


def next_goal(member: Member, purse: Purse, at: datetime) -> Reward | None:
    """The cheapest reward that the credits do not carry yet."""
    left = Q(stock=None) | Q(taken__lt=F("stock"))
    ahead = offered(at).filter(left, price__gt=purse.credits, min_level__lte=purse.level)
    return ahead.order_by(*ORDER).first()


def redemptions_of(member: Member, *, cursor: str | None, size: int = 20) -> Page[Redemption]:
    """What the member redeemed, newest first."""
    rows = Redemption.objects.filter(member=member).select_related("reward", "coupon__pool")
    return paginate(rows.order_by(*NEWEST), order=NEWEST, cursor=cursor, size=size)


def ending(member: Member, *, today: date) -> Sequence[tuple[date, int]]:
    """Credits that expire within three months, with their last day, soonest first."""
    rows = Lot.objects.filter(member=member, remaining__gt=0, expires_on__lte=today + SOON)
    return list(rows.order_by("expires_on").values_list("expires_on").annotate(n=Sum("remaining")))


def open_redemptions() -> int:
    """How many wait for a manager."""
    return Redemption.objects.filter(state=Redemption.State.OPEN).count()
