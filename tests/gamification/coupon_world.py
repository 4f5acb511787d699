"""Budgets, pools and coupons for tests, made by the product's own services."""

from __future__ import annotations

import itertools
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from community.models import Member
from gamification.discounts import Basket
from gamification.models import Budget, Coupon, CouponPool
from gamification.services import coupon_pools, coupons
from tests import factories

_numbers = itertools.count(1)


def budget(cap: str = "1000.00", **fields: Any) -> Budget:
    """Return a new budget."""
    return Budget.objects.create(name=f"Thanks {next(_numbers)}", cap=Decimal(cap), **fields)


def pool(of: Budget | None = None, *, codes: int = 1, at: datetime | None = None, **fields: Any) -> CouponPool:
    """Return a new pool of ``codes`` codes for 5 euros off."""
    now = at or timezone.now()
    fields = {"name": "5 € off", "amount": Decimal("5.00"), **fields}
    made = CouponPool.objects.create(budget=of or budget(), created_at=now, **fields)
    if codes:
        coupon_pools.generate(pool=made, count=codes, at=now)
    return made


def coupon(
    of: CouponPool | None = None, member: Member | None = None, *, at: datetime | None = None, **fields: Any
) -> Coupon:
    """Return a coupon that a member holds."""
    now = at or timezone.now()
    return coupons.assign(pool=of or pool(at=now, **fields), member=member or factories.member(), activity=None, at=now)


def basket(amount: str = "50.00", currency: str = "EUR") -> Basket:
    """Return what somebody is about to buy."""
    return Basket(Decimal(amount), currency)
