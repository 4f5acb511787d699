"""Tables of gamification: rules, ledger, badges and what is derived from them."""

from gamification.models.adjustment import Adjustment
from gamification.models.badge import Award, Badge, Census, Grade, Metric, Rarity, Revocation
from gamification.models.board import BoardMark, BoardScore, Quiet, Season, SeasonDay, TopicScore
from gamification.models.budget import Budget, BudgetUse
from gamification.models.coupon import Coupon, CouponPool, CouponUse
from gamification.models.credential import Credential, IssuerKey
from gamification.models.decision import CapUse, DayCount, Decision, Due, PairDay
from gamification.models.hold import Guard, HeldDeed, HeldEntry, Hold, HoldCase
from gamification.models.ledger import Balance, Currency, Entry, Evaluation
from gamification.models.lot import CreditTerms, Lot, LotUse
from gamification.models.progress import Counter, KeptLevel, Level
from gamification.models.quest import Quest, QuestCompletion, QuestProgress, QuestStep
from gamification.models.reward import Redemption, Reward
from gamification.models.rule import Rule, RuleVersion
from gamification.models.streak import Streak, StreakDay, StreakRun
from gamification.models.time_machine import Replay, Retroaction, Shadow, Simulation

__all__ = [
    "Adjustment",
    "Award",
    "Badge",
    "Balance",
    "BoardMark",
    "BoardScore",
    "Budget",
    "BudgetUse",
    "CapUse",
    "Census",
    "Counter",
    "Coupon",
    "CouponPool",
    "CouponUse",
    "Credential",
    "CreditTerms",
    "Currency",
    "DayCount",
    "Decision",
    "Due",
    "Entry",
    "Evaluation",
    "Grade",
    "Guard",
    "HeldDeed",
    "HeldEntry",
    "Hold",
    "HoldCase",
    "IssuerKey",
    "KeptLevel",
    "Level",
    "Lot",
    "LotUse",
    "Metric",
    "PairDay",
    "Quest",
    "QuestCompletion",
    "QuestProgress",
    "QuestStep",
    "Quiet",
    "Rarity",
    "Redemption",
    "Replay",
    "Retroaction",
    "Revocation",
    "Reward",
    "Rule",
    "RuleVersion",
    "Season",
    "SeasonDay",
    "Shadow",
    "Simulation",
    "Streak",
    "StreakDay",
    "StreakRun",
    "TopicScore",
]
