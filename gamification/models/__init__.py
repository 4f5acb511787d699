"""Tables of gamification: rules, ledger, badges and what is derived from them."""

from gamification.models.badge import Award, Badge, Grade, Metric
from gamification.models.budget import Budget, BudgetUse
from gamification.models.coupon import Coupon, CouponPool, CouponUse
from gamification.models.credential import Credential, IssuerKey
from gamification.models.decision import CapUse, DayCount, Decision, Due, PairDay
from gamification.models.hold import Guard, HeldDeed, HeldEntry, Hold, HoldCase
from gamification.models.ledger import Balance, Currency, Entry, Evaluation
from gamification.models.progress import BoardScore, Counter, Level
from gamification.models.rule import Rule, RuleVersion
from gamification.models.time_machine import Replay, Retroaction, Shadow, Simulation

__all__ = [
    "Award",
    "Badge",
    "Balance",
    "BoardScore",
    "Budget",
    "BudgetUse",
    "CapUse",
    "Counter",
    "Coupon",
    "CouponPool",
    "CouponUse",
    "Credential",
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
    "Level",
    "Metric",
    "PairDay",
    "Replay",
    "Retroaction",
    "Rule",
    "RuleVersion",
    "Shadow",
    "Simulation",
]
