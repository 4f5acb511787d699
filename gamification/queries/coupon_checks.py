"""What is kept about coupons and budgets, compared with the uses it came from."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, Sum

from community.registry import Difference
from gamification import coupon_states as states
from gamification.models import Budget, BudgetUse, Coupon, CouponUse

KIND = "coupon"
State = CouponUse.State


def coupons() -> Iterator[Difference]:
    """Each coupon counts its uses, is in the state that they make, and its budget knows what they took off."""
    in_use = Q(state__in=(states.ASSIGNED, states.RESERVED, states.REDEEMED, states.REFUNDED))
    rows = Coupon.objects.filter(in_use | Q(taken__isnull=False)).order_by("id")
    counted = rows.annotate(
        n_held=Count("taken", Q(taken__state=State.RESERVED), distinct=True),
        n_redeemed=Count("taken", Q(taken__state=State.REDEEMED), distinct=True),
    )
    for coupon in counted.iterator(500):
        found = (coupon.held, coupon.redeemed, coupon.state)
        count = (coupon.n_held, coupon.n_redeemed)
        expected = (*count, states.after(coupon.state, held=count[0], redeemed=count[1], uses=coupon.uses))
        if found != expected:
            yield Difference("coupons", f"coupon {coupon.pk}", _told(expected), _told(found))
    off = CouponUse.objects.filter(state=State.REDEEMED).order_by()
    taken = dict(off.values_list("coupon_id").annotate(total=Sum("discount")))
    drawn = dict(BudgetUse.objects.filter(kind=KIND).values_list("subject_id", "spent"))
    for pk in sorted(taken.keys() | drawn.keys()):
        pair = (taken.get(pk) or Decimal(0), drawn.get(pk) or Decimal(0))
        if pair[0] != pair[1]:
            yield Difference("coupons", f"coupon {pk} in its budget", str(pair[0]), str(pair[1]))


def budgets() -> Iterator[Difference]:
    """Each budget is the sum of its uses and within its cap; nothing is promised to a coupon that has ended."""
    sums = {
        pk: (reserved, spent)
        for pk, reserved, spent in BudgetUse.objects.order_by()
        .values_list("budget_id")
        .annotate(r=Sum("reserved"), s=Sum("spent"))
    }
    for budget in Budget.objects.order_by("id"):
        expected, found = sums.get(budget.pk, (Decimal(0), Decimal(0))), (budget.reserved, budget.spent)
        if expected != found:
            yield Difference("budgets", f"budget {budget.pk}", _told(expected), _told(found))
    for budget in Budget.objects.filter(cap__lt=F("reserved") + F("spent")).order_by("id"):
        yield Difference("budgets", f"budget {budget.pk}", f"at most {budget.cap}", f"{budget.reserved + budget.spent}")
    over = Coupon.objects.exclude(state__in=states.HELD)
    idle = BudgetUse.objects.filter(kind=KIND, reserved__gt=0, subject_id__in=over.values("pk")).order_by("id")
    for use in idle:
        yield Difference("budgets", f"coupon {use.subject_id}", "nothing promised", str(use.reserved))


def _told(values: tuple[Any, ...]) -> str:
    return " ".join(map(str, values))
