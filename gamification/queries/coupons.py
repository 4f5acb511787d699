"""Coupons as their holders and managers read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum

from community.keyset import Page, paginate
from community.models import Member
from gamification import coupon_states as states
from gamification.models import Budget, BudgetUse, Coupon, CouponPool, CouponUse

ORDER = ("-id",)
#: What a budget calls a coupon.
KIND = "coupon"


def coupons_of(member: Member) -> QuerySet[Coupon]:
    """Every coupon of ``member`` with its terms, newest first."""
    rows = Coupon.objects.filter(member=member).select_related("pool__budget").prefetch_related("pool__products")
    return rows.order_by(*ORDER)


def page_of(member: Member, *, cursor: str | None, size: int = 20) -> Page[Coupon]:
    """One page of the member's coupons."""
    return paginate(coupons_of(member), order=ORDER, cursor=cursor, size=size)


def state_at(coupon: Coupon, at: datetime) -> str:
    """The state that the shop would find: what is over has expired, whether the beat has come by or not."""
    over = coupon.expires_at is not None and coupon.expires_at <= at
    return states.EXPIRED if over and coupon.state in states.USABLE and not coupon.held else coupon.state


def counts(pool: CouponPool) -> dict[str, int]:
    """How many codes of ``pool`` are in each state, every state named."""
    rows = Coupon.objects.filter(pool=pool).order_by().values_list("state").annotate(n=Count("pk"))
    return dict.fromkeys(Coupon.State.values, 0) | dict(rows)


def with_stock(pools: QuerySet[CouponPool]) -> QuerySet[CouponPool]:
    """Each pool with ``in_stock``, the number of codes that nobody was given."""
    return pools.annotate(in_stock=Count("coupons", Q(coupons__state=states.GENERATED)))


def taken_off(pool: CouponPool) -> tuple[int, Decimal]:
    """How often codes of ``pool`` were redeemed, refunds apart, and what that took off in all."""
    rows = CouponUse.objects.filter(coupon__pool=pool, state=CouponUse.State.REDEEMED)
    found = rows.aggregate(n=Count("pk"), total=Sum("discount"))
    return found["n"], found["total"] or Decimal(0)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What one source draws on a budget."""

    name: str
    promised: Decimal
    spent: Decimal


def uses_of(budget: Budget) -> list[Drawn]:
    """What draws on ``budget``: each pool of coupons, and every other kind of thing; the most expensive first."""
    rows = BudgetUse.objects.filter(budget=budget).order_by()
    pool = Coupon.objects.filter(pk=OuterRef("subject_id")).values("pool__name")
    of_coupons = rows.filter(kind=KIND).annotate(source=Subquery(pool)).values_list("source")
    others = rows.exclude(kind=KIND).values_list("kind")
    drawn = [
        Drawn(source, promised, paid)
        for sources in (of_coupons, others)
        for source, promised, paid in sources.annotate(promised=Sum("reserved"), paid=Sum("spent"))
    ]
    return sorted(drawn, key=lambda row: (-row.spent - row.promised, row.name))
