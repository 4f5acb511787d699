"""How ambassadors are told of their talks and their money."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from ambassadors.models import Consultation, Move, PayoutItem, Statement
from community.models import Channel, Notification
from community.registry import NotificationGroup
from community.services import notifications

QUESTIONED = "consultation.questioned"
DECIDED = "consultation.decided"
ISSUED = "statement.issued"
PAID = "payout.paid"

GROUP = NotificationGroup(
    "pay",
    _("Consultations and pay"),
    _("New statements, transfers, and what became of a dispute"),
    Channel.AT_ONCE,
    (Channel.IN_APP, Channel.AT_ONCE, Channel.DAILY),
    position=14,
)
KINDS = GROUP.kinds(
    (QUESTIONED, _("A talk is looked at again")),
    (DECIDED, _("A dispute is decided")),
    (ISSUED, _("A new statement")),
    (PAID, _("A transfer is on its way")),
)


def questioned(*, consultation: Consultation, move: Move, at: datetime) -> None:
    """A manager looks at the talk again, and says why."""
    _tell(QUESTIONED, consultation.member_id, move.pk, {"reason": move.reason}, at)


def decided(*, consultation: Consultation, move: Move, at: datetime) -> None:
    """The dispute is over."""
    counts = consultation.state == Consultation.State.PAYABLE
    _tell(DECIDED, consultation.member_id, move.pk, {"reason": move.reason, "counts": counts}, at)


def issued(*, statement: Statement, at: datetime) -> None:
    """A statement is there."""
    facts = {
        "statement": statement.number,
        "period": statement.period.isoformat(),
        "total": str(statement.total),
        "currency": statement.currency,
        "corrects": statement.corrects.number if statement.corrects else None,
    }
    _tell(ISSUED, statement.member_id, statement.number, facts, at)


def paid(*, items: Iterable[PayoutItem], currency: str, at: datetime) -> None:
    """The bank has the transfers."""
    for item in items:
        _tell(PAID, item.member_id, item.pk, {"amount": str(item.amount), "currency": currency}, at)


def _tell(kind: str, member: int, number: int, facts: dict[str, object], at: datetime) -> None:
    row = Notification(member_id=member, kind=kind, key=f"{kind}:{number}", facts=facts, created_at=at)
    notifications.tell([row])
