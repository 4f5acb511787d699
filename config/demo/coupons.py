"""Coupons of the demo: a thank-you for one order, a code to share, and what became of some of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from community.models import Member, Product
from gamification import coupon_states as states
from gamification.discounts import Basket, Line
from gamification.models import Budget, Coupon, CouponPool
from gamification.services import coupon_pools, coupon_uses, coupons

DAY = timedelta(days=1)
THANKS = ("5 € auf deine nächste Bestellung", "€5 off your next order")
SHARED = ("Zehn Prozent auf Bohnen, zum Weitergeben", "Ten percent off beans, to pass on")
STOCK = 60
BEANS = ("beans-polarnacht", "beans-mittsommer")


@transaction.atomic
def play(people: Mapping[str, Member], products: Mapping[str, Product], now: datetime) -> None:
    """Make the pools, hand out codes and let the shop's till use some."""
    if CouponPool.objects.filter(name_en=THANKS[1]).exists():
        return
    budget = Budget.objects.create(name="Gutscheine", currency="EUR", cap=Decimal("1500.00"))
    thanks = _pool(THANKS, budget, now, amount=Decimal("5.00"), valid_days=365)
    shared = _pool(SHARED, budget, now, percent=Decimal(10), amount=Decimal("8.00"), uses=10, valid_days=120)
    shared.products.set([products[name] for name in BEANS])
    coupon_pools.generate(pool=thanks, count=STOCK, at=now - 30 * DAY)
    coupon_pools.generate(pool=shared, count=5, at=now - 30 * DAY)

    for who, days, order, amount in (("aylin", 20, "NK-2001", "79.00"), ("felix", 12, "NK-2002", "14.90")):
        at = now - days * DAY
        given = coupons.assign(pool=thanks, member=people[who], activity=None, at=at)
        paid = coupon_uses.redeem(
            code=coupons.code_of(given), order=order, basket=Basket(Decimal(amount), "EUR"), at=at + DAY
        )
    coupon_uses.refund(token=paid.token, at=now - 6 * DAY)

    to_share = coupons.assign(pool=shared, member=people["mara"], activity=None, at=now - 25 * DAY)
    for number, amount in enumerate(("29.80", "14.90", "44.70"), start=1):
        beans = Line(products[BEANS[0]].sku, Decimal(amount))
        coupon_uses.redeem(
            code=coupons.code_of(to_share),
            order=f"NK-20{10 + number}",
            basket=Basket(Decimal(amount), "EUR", [beans]),
            at=now - (20 - 4 * number) * DAY,
        )


def single_use(people: Mapping[str, Member], now: datetime) -> str:
    """A code of Lena's that is unused: the same until somebody uses it, then the next."""
    pool, lena = CouponPool.objects.select_related("budget").get(name_en=THANKS[1]), people["lena"]
    free = Coupon.objects.filter(pool=pool, member=lena, state=states.ASSIGNED, expires_at__gt=now)
    coupon = free.order_by("id").first()
    if coupon is None:
        if not pool.coupons.filter(state=states.GENERATED).exists():
            coupon_pools.generate(pool=pool, count=STOCK, at=now)
        coupon = coupons.assign(pool=pool, member=lena, activity=None, at=now)
    return coupons.code_of(coupon)


def _pool(names: tuple[str, str], budget: Budget, now: datetime, **terms: Any) -> CouponPool:
    german, english = names
    return CouponPool.objects.create(name_de=german, name_en=english, budget=budget, created_at=now - 30 * DAY, **terms)
