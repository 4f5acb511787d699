"""Events: set up and changed by managers, cancelled with a reason, and told of the day before."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambassadors.models import BrandEvent, Registration
from ambassadors.services import event_telling as telling
from ambassadors.services import registrations
from community import freshness, words
from community.models import Member
from community.refusals import Refusal

State = Registration.State
#: So long before it begins everybody with a seat is reminded.
AHEAD = timedelta(hours=24)
BATCH = 500
#: What those who have a seat, or hope for one, need to know of.
TOLD = ("starts_at", "ends_at", "place", "link", "time_zone")
#: What calendars show.
CALENDAR = (*TOLD, "title_de", "title_en", "summary_de", "summary_en", "place_de", "place_en")


class NotOrdered(Refusal):
    """The times do not follow one another."""

    code = "event_not_ordered"
    message = _("Registration must open before it closes, close before the event begins, and the event begin first.")
    status = 400


class TooFewSeats(Refusal):
    """More seats are taken than there would be."""

    code = "event_too_few_seats"
    message = _("More seats than that are taken already.")
    field = "capacity"


class OtherAudience(Refusal):
    """A level goes with the audience that it decides about, and only with it."""

    code = "event_audience"
    message = _("A level is for events that are open from a level on, and these need one.")
    field = "min_level"
    status = 400


class OverAlready(Refusal):
    """It is cancelled, or it has begun."""

    code = "event_over"
    message = _("This event is cancelled or has begun.")


class ReasonMissing(Refusal):
    """Everybody with a seat is told why."""

    code = "reason_missing"
    message = _("Write the reason. Everybody who registered reads it.")
    field = "reason"
    status = 422


def check(*, event: BrandEvent) -> None:
    """Raise what ``store`` would raise of the event as it was filled in."""
    if not (event.opens_at < event.closes_at <= event.starts_at < event.ends_at):
        raise NotOrdered
    if (event.audience == BrandEvent.Audience.LEVEL) != (event.min_level > 0):
        raise OtherAudience
    if event.pk is not None and BrandEvent.objects.filter(pk=event.pk, seats_taken__gt=event.capacity).exists():
        raise TooFewSeats


@transaction.atomic
def store(*, event: BrandEvent, at: datetime) -> BrandEvent:
    """Store an event as a manager filled it in; new seats go to those who wait, at once.

    Raises ``NotOrdered``, ``OtherAudience`` and ``TooFewSeats``.
    """
    event.changed_at = at
    if not event.pk:
        check(event=event)
        event.save()
        transaction.on_commit(freshness.changed, robust=True)
        return event
    former = registrations.lock(event)
    check(event=event)
    free = event.capacity - former.seats_taken
    promoted = registrations.promote(event, seats=free, at=at) if free and former.waiting_count else 0
    event.seats_taken, event.waiting_count = former.seats_taken + promoted, former.waiting_count - promoted
    event.cancelled_at, event.cancel_reason = former.cancelled_at, former.cancel_reason
    event.revision = former.revision + _differs(event, former, CALENDAR)
    event.save()
    if _differs(event, former, TOLD) and not event.cancelled_at and event.starts_at > at:
        concerned = Registration.objects.filter(event=event, state__in=(State.REGISTERED, State.WAITING))
        telling.changed(event, concerned.order_by("pk"), at=at)
        concerned.update(reminded_at=None)
    transaction.on_commit(freshness.changed, robust=True)
    return event


@transaction.atomic
def cancel(*, event: BrandEvent, by: Member, reason: str, at: datetime) -> BrandEvent:
    """Call the event off and tell everybody who registered why. Raises ``ReasonMissing`` and ``OverAlready``."""
    reason = words.lines(reason)
    if not reason:
        raise ReasonMissing
    event = registrations.lock(event)
    if event.cancelled_at or event.starts_at <= at:
        raise OverAlready
    event.cancelled_at, event.cancel_reason, event.changed_at = at, reason, at
    event.revision += 1
    concerned = list(
        Registration.objects.select_related("member")
        .filter(event=event, state__in=(State.REGISTERED, State.WAITING))
        .order_by("pk")
    )
    for registration in concerned:
        registrations.withdraw(registration, by=by, at=at, reason=reason)
    event.seats_taken = event.waiting_count = 0
    event.save()
    telling.cancelled(event, concerned, at=at)
    transaction.on_commit(freshness.changed, robust=True)
    return event


def remind(*, at: datetime) -> int:
    """Tell everybody with a seat of what begins within a day, each once; return how many were told."""
    told = 0
    while batch := _remind_some(at):
        told += batch
    return told


@transaction.atomic
def _remind_some(at: datetime) -> int:
    due = Registration.objects.filter(
        state=State.REGISTERED,
        reminded_at=None,
        event__starts_at__gt=at,
        event__starts_at__lte=at + AHEAD,
    )
    rows = list(due.select_related("event").order_by("pk")[:BATCH])
    fresh = [one for one in rows if Registration.objects.filter(pk=one.pk, reminded_at=None).update(reminded_at=at)]
    telling.soon(fresh, at=at)
    return len(rows)


def _differs(event: BrandEvent, former: BrandEvent, names: tuple[str, ...]) -> bool:
    return any(getattr(event, name) != getattr(former, name) for name in names)
