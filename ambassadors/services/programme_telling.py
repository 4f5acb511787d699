"""What ambassadors are told of their place: that it begins, that they are active, paused or gone, and of their tier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from ambassadors.models import Ambassador, Move, TierChange, TrainingRenewal
from ambassadors.queries import programme
from ambassadors.services.application_telling import GROUP
from community.models import Notification
from community.services import notifications
from gamification.words import in_all_languages

BEGUN = "ambassador.begun"
ACTIVE = "ambassador.active"
MOVED = "ambassador.moved"
TIER = "ambassador.tier"
TRAINING = "training.due"

KINDS = GROUP.kinds(
    (BEGUN, _("Your training begins")),
    (ACTIVE, _("You are an ambassador")),
    (MOVED, _("Your place in the programme has changed")),
    (TIER, _("Your tier has changed")),
    (TRAINING, _("A training has to be renewed")),
)


def begun(ambassador: Ambassador, *, at: datetime) -> None:
    """Contract and training wait."""
    _tell(BEGUN, ambassador, f"{ambassador.pk}:{at.timestamp():.0f}", {}, at)


def active(ambassador: Ambassador, *, at: datetime) -> None:
    """Everything is signed and passed."""
    _tell(ACTIVE, ambassador, f"{ambassador.pk}:{at.timestamp():.0f}", {}, at)


def moved(ambassador: Ambassador, move: Move, *, at: datetime) -> None:
    """Paused, back, or leaving; what somebody does themselves is no news to them, except for the end."""
    if move.by_id == ambassador.member_id:
        return
    _tell(MOVED, ambassador, str(move.pk), {"state": move.after, "words": move.reason}, at)


def tier_changed(ambassador: Ambassador, change: TierChange, *, at: datetime) -> None:
    """Reached, renewed, missed, lost or set."""
    until = ambassador.grace_until if change.cause == TierChange.Cause.WARNED else ambassador.tier_until
    facts = {
        "cause": change.cause,
        "words": change.reason,
        "until": until.isoformat() if until else "",
        **{f"name_{code}": name for code, name in programme.names(change.after).items()},
    }
    _tell(TIER, ambassador, str(change.pk), facts, at)


def training_due(renewals: Iterable[TrainingRenewal], *, at: datetime) -> None:
    """What was passed once is passed again, by when."""
    notifications.tell([_due(renewal, at) for renewal in renewals])


def _due(renewal: TrainingRenewal, at: datetime) -> Notification:
    attempt, module = renewal.attempt, renewal.attempt.module
    facts = {"slug": module.slug, "until": renewal.valid_until.isoformat(), **in_all_languages(module, "title")}
    key = f"{TRAINING}:{attempt.pk}"
    return Notification(member_id=attempt.member_id, kind=TRAINING, key=key, facts=facts, created_at=at)


def _tell(kind: str, ambassador: Ambassador, key: str, facts: Mapping[str, object], at: datetime) -> None:
    row = Notification(member_id=ambassador.member_id, kind=kind, key=f"{kind}:{key}", facts=dict(facts), created_at=at)
    notifications.tell([row])
