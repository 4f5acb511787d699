"""Which rows of this floor are about a member. They stay, for the ledger is whole only with everybody in it.

Where to send a reward is the exception: nobody needs to know that of somebody who asked to be forgotten.
"""

from community.registry import PersonalData
from gamification.models import (
    Award,
    Balance,
    BoardScore,
    Counter,
    Coupon,
    CouponUse,
    Credential,
    DayCount,
    Decision,
    Entry,
    Hold,
    KeptLevel,
    Lot,
    PairDay,
    QuestCompletion,
    QuestProgress,
    Quiet,
    Redemption,
    Revocation,
    StreakDay,
    StreakRun,
    TopicScore,
)
from gamification.services import redemptions

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
    PersonalData("lots", Lot, "member", ("amount", "remaining", "expires_on")),
    PersonalData(
        "redemptions",
        Redemption,
        "member",
        ("reward__name", "state", "price", "note", "at", "fulfilled_at", "refunded_at", "refund_reason"),
        erased=redemptions.forget_addresses,
    ),
    PersonalData(
        "decisions", Decision, "member", ("rule_version__rule__name", "activity__verb", "outcome", "facts", "at")
    ),
    PersonalData("counts_by_day", DayCount, "member", ("metric", "day", "value")),
    # Who gave it is theirs to tell.
    PersonalData("counts_by_person", PairDay, "member", ("metric", "day", "value")),
    PersonalData("balances", Balance, "member", ("currency", "value")),
    PersonalData(
        "held_points",
        Hold,
        "member",
        (
            "case__pattern",
            "case__note",
            "state",
            "placed_at",
            "statement",
            "decided_at",
            "appeal",
            "appealed_at",
            "answer",
        ),
    ),
    PersonalData("open_badges", Credential, "member", ("code", "grade__badge__name", "grade__tier", "issued_at")),
    PersonalData("badges", Award, "member", ("grade__badge__name", "grade__tier", "at", "kept_until")),
    PersonalData("counters", Counter, "member", ("metric", "value")),
    PersonalData("kept_levels", KeptLevel, "member", ("number", "until")),
    PersonalData("boards", BoardScore, "member", ("span", "start", "score")),
    PersonalData("boards_of_topics", TopicScore, "member", ("topic__name", "span", "start", "score")),
    PersonalData("hidden_from_boards", Quiet, "member", ("since",)),
    PersonalData("badges_taken_back", Revocation, "member", ("grade__badge__name", "reason", "at", "lifted_at")),
    PersonalData("streak_days", StreakDay, "member", ("streak__name", "day", "deeds")),
    PersonalData("streaks", StreakRun, "member", ("streak__name", "length", "best", "freezes", "last_day")),
    PersonalData("quest_progress", QuestProgress, "member", ("step__quest__name", "step__metric", "value")),
    PersonalData("quests", QuestCompletion, "member", ("quest__name", "stands", "at")),
)
