"""Which rows of this floor are about a member. All of them stay: the ledger is whole only with everybody in it."""

from community.registry import PersonalData
from gamification.models import Award, Balance, BoardScore, Counter, Coupon, CouponUse, Entry

KINDS = (
    PersonalData(
        "coupons", Coupon, "member", ("pool__name", "last4", "state", "uses", "redeemed", "assigned_at", "expires_at")
    ),
    PersonalData(
        "coupon_uses", CouponUse, "coupon__member", ("coupon_id", "state", "order", "amount", "discount", "redeemed_at")
    ),
    PersonalData(
        "points", Entry, "member", ("id", "amount", "currency", "kind", "activity__verb", "reverses_id", "at")
    ),
    PersonalData("balances", Balance, "member", ("currency", "value")),
    PersonalData("badges", Award, "member", ("grade__badge__name", "grade__tier", "at")),
    PersonalData("counters", Counter, "member", ("metric", "value")),
    PersonalData("boards", BoardScore, "member", ("span", "start", "score")),
)
