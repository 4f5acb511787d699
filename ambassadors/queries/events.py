"""Reads of events: what is coming, for whom it is, and where a reader stands with each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from ambassadors.models import BrandEvent, Move, Registration
from community.keyset import Page, paginate
from community.models import Member, Role, RoleGrant, Standing

ORDER = ("starts_at", "id")
LATEST = ("-starts_at", "-id")
QUEUE = ("queued_at", "id")
Audience = BrandEvent.Audience
State = Registration.State


@dataclass(frozen=True, slots=True)
class Reader:
    """What decides which events are for somebody; a visitor has level 0 and is no ambassador."""

    member: Member | None
    level: int = 0
    is_ambassador: bool = False

    def is_invited(self, event: BrandEvent) -> bool:
        """Whether ``event`` is for this reader."""
        if self.member is None:
            return False
        if event.audience == Audience.AMBASSADORS:
            return self.is_ambassador
        return self.level >= event.min_level


@dataclass(frozen=True, slots=True)
class Stance:
    """Where a reader stands with one event; ``kind`` names the one thing that the page then says.

    One of a registration's states, or cancelled, over, begun, sign_in, level, ambassadors, not_yet, closed, open, full.
    """

    kind: str
    registration: Registration | None = None

    @property
    def may_register(self) -> bool:
        """Whether there is a seat, or a place in the queue, to ask for."""
        return self.kind in ("open", "full")


def reader_of(member: Member | None) -> Reader:
    """Everything that decides about a reader's events, in two queries."""
    if member is None:
        return Reader(None)
    level = Standing.objects.filter(member=member).values_list("level", flat=True).first() or 0
    return Reader(member, level, RoleGrant.objects.filter(member=member, role=Role.AMBASSADOR).exists())


def is_for(event: BrandEvent, member: Member) -> bool:
    """Whether ``event`` is for ``member``."""
    return reader_of(member).is_invited(event)


def upcoming(rows: QuerySet[BrandEvent], *, at: datetime, cursor: str | None, size: int = 20) -> Page[BrandEvent]:
    """One page of the events that have not ended, the next first."""
    return paginate(rows.filter(ends_at__gt=at), order=ORDER, cursor=cursor, size=size)


def past(rows: QuerySet[BrandEvent], *, at: datetime, cursor: str | None, size: int = 20) -> Page[BrandEvent]:
    """One page of the events that took place, the latest first."""
    return paginate(rows.filter(ends_at__lte=at, cancelled_at=None), order=LATEST, cursor=cursor, size=size)


def registration_of(member: Member | None, event: BrandEvent) -> Registration | None:
    """What became of the member's registration, if there ever was one."""
    return None if member is None else Registration.objects.filter(event=event, member=member).first()


def registrations_of(member: Member | None, events: Iterable[BrandEvent]) -> Mapping[int, Registration]:
    """The member's registrations for these events, by event."""
    if member is None:
        return {}
    rows = Registration.objects.filter(member=member, event__in=list(events))
    return {row.event_id: row for row in rows}


def mine(member: Member, *, at: datetime) -> list[Registration]:
    """The seats and places in queues that the member holds for what has not ended, the next first."""
    held = Registration.objects.filter(member=member, state__in=(State.REGISTERED, State.WAITING, State.ATTENDED))
    coming = held.filter(event__ends_at__gt=at, event__cancelled_at=None, event__is_public=True)
    return list(coming.select_related("event").order_by("event__starts_at", "pk"))


def in_calendar(member: Member) -> list[Registration]:
    """Everything that the member's calendar shows, cancelled events and seats given back included."""
    rows = Registration.objects.filter(member=member, event__is_public=True).select_related("event")
    told = rows.exclude(state=State.CANCELLED, event__cancelled_at=None)
    return list(told.order_by("-event__starts_at", "-pk")[:200])


def place_in_queue(registration: Registration) -> int:
    """The number of those who have waited longer, and one."""
    earlier = Q(queued_at__lt=registration.queued_at) | Q(queued_at=registration.queued_at, pk__lt=registration.pk)
    waiting = Registration.objects.filter(event=registration.event_id, state=State.WAITING)
    return waiting.filter(earlier).count() + 1


def stance(event: BrandEvent, reader: Reader, registration: Registration | None, at: datetime) -> Stance:
    """Where ``reader`` stands with ``event``."""
    if registration is not None and registration.state in (State.ATTENDED, State.MISSED):
        return Stance(registration.state, registration)
    if event.cancelled_at:
        return Stance("cancelled", registration)
    if event.is_over(at):
        return Stance("over", registration)
    if registration is not None and registration.state in (State.REGISTERED, State.WAITING):
        return Stance(registration.state, registration)
    return Stance(_chance(event, reader, at), registration)


def attendance(event: BrandEvent) -> QuerySet[Registration]:
    """Who is expected and who waits, for those at the door."""
    rows = Registration.objects.filter(event=event).exclude(state=State.CANCELLED)
    return rows.select_related("member__standing").order_by(*QUEUE)


def inside(event: BrandEvent) -> int:
    """How many are there."""
    return Registration.objects.filter(event=event, state=State.ATTENDED).count()


def entrance(registration: Registration) -> Move | None:
    """When and by whom a ticket was let in."""
    rows = Move.objects.select_related("by").filter(kind="registration", subject_id=registration.pk)
    return rows.filter(after=State.ATTENDED).order_by("-id").first()


def _chance(event: BrandEvent, reader: Reader, at: datetime) -> str:
    if event.starts_at <= at:
        return "begun"
    if at >= event.closes_at:
        return "closed"
    if reader.member is None:
        return "sign_in"
    if not reader.is_invited(event):
        return "ambassadors" if event.audience == Audience.AMBASSADORS else "level"
    if at < event.opens_at:
        return "not_yet"
    return "open" if event.seats_free else "full"
