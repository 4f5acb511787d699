"""What a member is told of held points: a line among the notifications, and a letter that no setting keeps back."""

from __future__ import annotations

from datetime import datetime

from community.models import Notification
from community.services import letters, notifications
from gamification.models import Currency, Hold
from gamification.queries import suspicions
from gamification.words import credits_name, reputation_name

POINTS_HELD = "points.held"
HOLD_DECIDED = "points.hold_decided"


def placed(hold: Hold, *, at: datetime) -> None:
    """Points are held, and why."""
    _tell(hold, POINTS_HELD, step="placed", at=at)


def decided(hold: Hold, *, at: datetime) -> None:
    """Somebody has decided, and says why."""
    _tell(hold, HOLD_DECIDED, step="decided", at=at)


def answered(hold: Hold, *, at: datetime) -> None:
    """A second person has decided about the appeal."""
    _tell(hold, HOLD_DECIDED, step="answered", at=at)


def amounts(hold: Hold) -> dict[str, int]:
    """How much is or was held, by currency."""
    held: dict[str, int] = dict.fromkeys(Currency.values, 0)
    for row in suspicions.entries_of(hold):
        held[row.entry.currency] -= row.entry.amount
    return held


def _tell(hold: Hold, kind: str, *, step: str, at: datetime) -> None:
    held = amounts(hold)
    facts = {"hold": hold.pk, "state": hold.state, "pattern": hold.case.pattern, **held}
    key = f"hold:{hold.pk}:{step}"
    notifications.tell([Notification(member_id=hold.member_id, kind=kind, key=key, facts=facts, created_at=at)])
    context = {
        "hold": hold,
        "case": hold.case,
        "facts": hold.case.evidence.get("facts", {}),
        "step": step,
        "reputation_name": reputation_name(),
        "credits_name": credits_name(),
        **held,
    }
    letters.to_member(key=key, template="hold", member=hold.member, context=context, at=at)
