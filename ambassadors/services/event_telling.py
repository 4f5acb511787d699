"""How members are told of events: a seat that came free, what changed, what is cancelled, what is soon."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from ambassadors.models import BrandEvent, Registration
from community.models import Channel, Notification
from community.registry import NotificationGroup
from community.services import notifications
from gamification.words import in_all_languages

PROMOTED = "event.promoted"
CHANGED = "event.changed"
CANCELLED = "event.cancelled"
SOON = "event.soon"

GROUP = NotificationGroup(
    "events",
    _("Events"),
    _("A seat for you, changes, and a reminder the day before"),
    "at_once",
    (Channel.IN_APP, Channel.AT_ONCE, Channel.DAILY),
    position=12,
)
KINDS = GROUP.kinds(
    (PROMOTED, _("A seat for you")),
    (CHANGED, _("An event has changed")),
    (CANCELLED, _("An event is cancelled")),
    (SOON, _("An event is soon")),
)


def promoted(event: BrandEvent, registrations: Iterable[Registration], *, at: datetime) -> None:
    """A seat came free for each of these."""
    # Who queued anew may be promoted again: the time of queueing tells the two apart.
    rows = [_row(PROMOTED, event, one, f"{one.pk}:{one.queued_at.timestamp():.0f}", at) for one in registrations]
    notifications.tell(rows)


def changed(event: BrandEvent, registrations: Iterable[Registration], *, at: datetime) -> None:
    """Time or place are others now."""
    notifications.tell([_row(CHANGED, event, one, f"{one.pk}:{event.revision}", at) for one in registrations])


def cancelled(event: BrandEvent, registrations: Iterable[Registration], *, at: datetime) -> None:
    """It does not take place."""
    rows = [_row(CANCELLED, event, one, str(one.pk), at, words=event.cancel_reason) for one in registrations]
    notifications.tell(rows)


def soon(registrations: Iterable[Registration], *, at: datetime) -> None:
    """It is tomorrow, or today."""
    notifications.tell([_row(SOON, one.event, one, f"{one.pk}:{one.event.revision}", at) for one in registrations])


def _row(kind: str, event: BrandEvent, one: Registration, key: str, at: datetime, *, words: str = "") -> Notification:
    titles = in_all_languages(event, "title")
    facts = {"slug": event.slug, "starts_at": event.starts_at.isoformat(), "zone": event.time_zone, **titles}
    return Notification(
        member_id=one.member_id,
        kind=kind,
        key=f"{kind}:{key}",
        facts=facts | ({"words": words} if words else {}),
        created_at=at,
    )
