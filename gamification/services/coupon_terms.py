"""The terms of a pool, applied to a basket."""

from __future__ import annotations

from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _

from gamification import discounts
from gamification.discounts import Basket, Terms
from gamification.models import CouponPool
from gamification.services import coupon_refusals as refusals

REASONS = {
    refusal.code: refusal
    for refusal in (
        refusals.CurrencyDiffers, refusals.BasketTooSmall, refusals.LinesMissing, refusals.ArticlesDiffer
    )
}  # fmt: skip


def of(pool: CouponPool) -> Terms:
    """What a code of the pool is worth."""
    skus = frozenset(pool.products.values_list("sku", flat=True))
    return Terms(pool.budget.currency, pool.amount, pool.percent, pool.minimum, skus)


def discount(pool: CouponPool, basket: Basket) -> Decimal:
    """What comes off. Raises one of ``REASONS``."""
    try:
        return discounts.discount(of(pool), basket)
    except discounts.Unfit as unfit:
        raise REASONS[unfit.reason](_sentence(unfit.reason, pool)) from unfit


def _sentence(reason: str, pool: CouponPool) -> str | None:
    """What the general sentence cannot know."""
    if reason == "basket_too_small":
        money = f"{formats.number_format(pool.minimum, 2)} {pool.budget.currency}"
        return _("This code is for baskets from %(amount)s.") % {"amount": money}
    if reason == "currency_differs":
        return _("This code is for baskets in %(currency)s.") % {"currency": pool.budget.currency}
    return None
