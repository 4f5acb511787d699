"""Which rows of this floor are about a member. All of them stay: the ledger is whole only with everybody in it."""

from community.registry import PersonalData
from gamification.models import Award, Balance, BoardScore, Counter, Entry

KINDS = (
    PersonalData(
        "points", Entry, "member", ("id", "amount", "currency", "kind", "activity__verb", "reverses_id", "at")
    ),
    PersonalData("balances", Balance, "member", ("currency", "value")),
    PersonalData("badges", Award, "member", ("grade__badge__name", "grade__tier", "at")),
    PersonalData("counters", Counter, "member", ("metric", "value")),
    PersonalData("boards", BoardScore, "member", ("span", "start", "score")),
)
