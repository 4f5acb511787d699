"""Gamification's pages in the admin, one module for each noun."""

from gamification.admin import (  # noqa: F401 - importing registers the pages
    badges,
    budgets,
    coupon_pools,
    coupons,
    holds,
    ledger,
    levels,
    progress,
    redemptions,
    replays,
    revocations,
    rewards,
    rules,
    seasons,
    simulations,
    versions,
)
