"""Coupons as their holders and managers read them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, QuerySet, Sum

from community.keyset import Page, paginate
from community.models import Member
from gamification import coupon_states as states
from gamification.models import Budget, BudgetUse, Coupon, CouponPool, CouponUse

ORDER = ("-id",)


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


def taken_off(pool: CouponPool) -> tuple[int, object]:
    """How often codes of ``pool`` were redeemed, refunds apart, and what that took off in all."""
    rows = CouponUse.objects.filter(coupon__pool=pool, state=CouponUse.State.REDEEMED)
    found = rows.aggregate(n=Count("pk"), total=Sum("discount"))
    return found["n"], found["total"] or 0


def uses_by_kind(budget: Budget) -> list[tuple[str, object, object]]:
    """What each kind of thing draws on ``budget``: promised and spent, the most spent first."""
    rows = BudgetUse.objects.filter(budget=budget).order_by().values("kind")
    sums = rows.annotate(promised=Sum("reserved"), paid=Sum("spent")).order_by("-paid", "kind")
    return [(row["kind"], row["promised"], row["paid"]) for row in sums]
