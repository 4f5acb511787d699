"""Registrations: take a seat or queue for one, give it back, be let in.

Each deed locks the event first, so who wants a seat takes turns. Whoever gives a seat back hands it on in the same
transaction, and both of an event's counters move in one statement.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from ambassadors.models import BrandEvent, Move, Registration
from ambassadors.queries import events as queries
from ambassadors.services import event_telling as telling
from ambassadors.services import moves
from community import activity, freshness
from community.models import Member
from community.refusals import Refusal

State = Registration.State
#: So long before the beginning doors open, and so long after the end somebody may still be noted as present.
DOORS = timedelta(hours=6)


class NotOpen(Refusal):
    """Registration has not begun, is over, or the event is cancelled."""

    code = "event_not_open"
    message = _("Registration for this event is not open.")


class NotInvited(Refusal):
    """The event is for others."""

    code = "event_not_for_you"
    message = _("This event is not open to you yet.")
    status = 403


class Begun(Refusal):
    """It has begun: who is there is there."""

    code = "event_begun"
    message = _("This event has begun. Seats can no longer be given back.")


class NotRegistered(Refusal):
    """There is no seat and no place in the queue to give back."""

    code = "not_registered"
    message = _("There is no registration for this event.")


class NotTheDay(Refusal):
    """Nobody is let in yet, or any more."""

    code = "event_not_today"
    message = _("Check-in opens six hours before the beginning and closes six hours after the end.")


class ThereAlready(Refusal):
    """This ticket was used."""

    code = "checked_in_already"
    message = _("This ticket was used already: the member is checked in.")


class NoSeat(Refusal):
    """The ticket's registration was cancelled, or still waits."""

    code = "no_seat"
    message = _("This member has no seat: the registration was cancelled or is on the waiting list.")


class NotOver(Refusal):
    """Who is not there yet may still come."""

    code = "event_not_over"
    message = _("The event is not over yet.")


@transaction.atomic
def register(*, event: BrandEvent, member: Member, at: datetime) -> Registration:
    """Give ``member`` a seat, or a place at the end of the queue; who has either keeps it.

    Raises ``NotOpen`` and ``NotInvited``.
    """
    event = lock(event)
    found = Registration.objects.filter(event=event, member=member).first()
    if found is not None and found.state != State.CANCELLED:
        return found
    if not event.takes_registrations(at) or not event.is_public:
        raise NotOpen
    if not queries.is_for(event, member):
        raise NotInvited
    if found is None:
        found = Registration.objects.create(event=event, member=member, created_at=at, queued_at=at)
    else:
        moves.make(subject=found, to=State.WAITING, by=member, at=at)
        Registration.objects.filter(pk=found.pk).update(queued_at=at, reminded_at=None)
    if event.seats_free:
        _seat(found, by=member, cause=Move.Cause.SEAT_THERE, at=at)
        _count(event, seats=1)
    else:
        _count(event, waiting=1)
    return found


@transaction.atomic
def cancel(*, event: BrandEvent, member: Member, at: datetime) -> Registration:
    """Give the seat or the place in the queue back; the first who waits has the seat with the same commit.

    Raises ``NotRegistered`` and ``Begun``.
    """
    event = lock(event)
    registration = Registration.objects.filter(
        event=event, member=member, state__in=(State.WAITING, State.REGISTERED)
    ).first()
    if registration is None:
        raise NotRegistered
    if event.starts_at <= at:
        raise Begun
    release(event, registration, by=member, cause=Move.Cause.GUEST_LEFT, at=at)
    return registration


def release(event: BrandEvent, registration: Registration, *, by: Member | None, cause: str, at: datetime) -> None:
    """Cancel one registration of an event that is locked, and hand its seat on."""
    had_seat = registration.state == State.REGISTERED
    withdraw(registration, by=by, cause=cause, at=at)
    if not had_seat:
        _count(event, waiting=-1)
        return
    promoted = promote(event, seats=1, at=at)
    _count(event, seats=promoted - 1, waiting=-promoted)


def promote(event: BrandEvent, *, seats: int, at: datetime) -> int:
    """Give up to ``seats`` to those who have waited longest; the caller counts them with what it frees."""
    waiting = Registration.objects.select_related("member").filter(event=event, state=State.WAITING)
    chosen = list(waiting.order_by("queued_at", "pk")[:seats])
    for registration in chosen:
        _seat(registration, by=None, cause=Move.Cause.SEAT_CAME_FREE, at=at)
    telling.promoted(event, chosen, at=at)
    return len(chosen)


@transaction.atomic
def check_in(*, registration: Registration, by: Member, at: datetime) -> Registration:
    """Note that the member is there. Raises ``NotTheDay``, ``NoSeat`` and ``ThereAlready``."""
    event = lock(registration.event)
    registration = Registration.objects.select_related("member", "event").get(pk=registration.pk)
    if registration.state == State.ATTENDED:
        raise ThereAlready
    if registration.state in (State.WAITING, State.CANCELLED):
        raise NoSeat
    if not event.starts_at - DOORS <= at <= event.ends_at + DOORS:
        raise NotTheDay
    if registration.state == State.MISSED:
        # Noted as absent too early: that is taken back first, so that the history says so.
        moves.undo(subject=registration, by=by, at=at)
    move = moves.make(subject=registration, to=State.ATTENDED, by=by, at=at)
    _record(activity.EVENT_ATTENDED, registration, move, by, at)
    return registration


@transaction.atomic
def undo_check_in(*, registration: Registration, by: Member, at: datetime) -> None:
    """Take back that somebody was noted as present. Raises ``moves.NotPossible``."""
    lock(registration.event)
    registration.refresh_from_db(fields=("state",))
    if registration.state != State.ATTENDED:
        raise moves.NotPossible
    _undo_record(activity.EVENT_ATTENDED, registration, by, at)
    moves.undo(subject=registration, by=by, at=at)


@transaction.atomic
def note_missing(*, event: BrandEvent, by: Member, at: datetime) -> int:
    """Note of everybody with a seat who was not checked in that they did not come. Raises ``NotOver``."""
    event = lock(event)
    if not event.is_over(at) or event.cancelled_at:
        raise NotOver
    absent = list(Registration.objects.filter(event=event, state=State.REGISTERED).order_by("pk"))
    for registration in absent:
        moves.make(subject=registration, to=State.MISSED, by=by, at=at)
    return len(absent)


def forget(member: Member, at: datetime) -> None:
    """Whoever is erased leaves their seats to others; what they attended stays, of a former member."""
    rows = Registration.objects.filter(
        member=member, state__in=(State.WAITING, State.REGISTERED), event__starts_at__gt=at
    )
    for pk in list(rows.order_by("event_id").values_list("pk", flat=True)):
        registration = Registration.objects.select_related("event").get(pk=pk)
        release(lock(registration.event), registration, by=None, cause=Move.Cause.ACCOUNT_DELETED, at=at)


def lock(event: BrandEvent) -> BrandEvent:
    """The event as it is now, this transaction's until it commits."""
    return BrandEvent.objects.select_for_update(of=("self",), no_key=True).get(pk=event.pk)


def withdraw(registration: Registration, *, by: Member | None, at: datetime, reason: str = "", cause: str = "") -> None:
    """End a registration; the caller counts it. The deed of a seat is taken back with it."""
    if registration.state == State.REGISTERED:
        _undo_record(activity.EVENT_REGISTERED, registration, by, at)
    moves.make(subject=registration, to=State.CANCELLED, by=by, at=at, reason=reason, cause=cause)


def _seat(registration: Registration, *, by: Member | None, cause: str, at: datetime) -> None:
    move = moves.make(subject=registration, to=State.REGISTERED, by=by, at=at, cause=cause)
    _record(activity.EVENT_REGISTERED, registration, move, registration.member, at)


def _count(event: BrandEvent, *, seats: int = 0, waiting: int = 0) -> None:
    """Move both counters in one statement: between two, somebody would wait beside a free seat."""
    BrandEvent.objects.filter(pk=event.pk).update(
        seats_taken=F("seats_taken") + seats, waiting_count=F("waiting_count") + waiting
    )
    transaction.on_commit(freshness.changed, robust=True)


def _record(verb: str, registration: Registration, move: Move, actor: Member, at: datetime) -> None:
    activity.record(
        verb=verb,
        key=f"{verb}:{registration.pk}:{move.pk}",
        actor=actor,
        beneficiary=registration.member,
        subject=("registration", registration.pk),
        at=at,
        facts={"event": registration.event_id},
    )


def _undo_record(verb: str, registration: Registration, by: Member | None, at: datetime) -> None:
    """Take back the deed of the move that brought ``registration`` to where it is."""
    move = moves.arrival(registration)
    inverse = activity.INVERSES[verb]
    if move is None or inverse is None:
        raise moves.MovedMeanwhile
    key = f"{verb}:{registration.pk}:{move.pk}"
    activity.undo(key=key, verb=inverse, actor=by or registration.member, at=at)
