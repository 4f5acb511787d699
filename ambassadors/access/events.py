"""Doors to events, their tickets and calendar feeds."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from ambassadors.models import BrandEvent, CalendarFeed, Registration
from ambassadors.queries import events, feeds, tickets
from community.access import NotFound, Person, first, roles_of, speaks_for_brand
from community.models import Member

State = Registration.State


def events_for(person: Person) -> QuerySet[BrandEvent]:
    """Every event that the person may see: those for ambassadors are theirs and the brand's alone."""
    roles = roles_of(person)
    shown = BrandEvent.objects.filter(is_public=True)
    return shown if roles else shown.filter(~Q(audience=BrandEvent.Audience.AMBASSADORS))


def event_for(person: Person, slug: str) -> BrandEvent:
    """The event to read; whoever was registered keeps it, and the brand sees what it prepares. Raises ``NotFound``."""
    return _seen(person, BrandEvent.objects.filter(slug=slug).first())


def event_numbered_for(person: Person, pk: int) -> BrandEvent:
    """The same by its number. Raises ``NotFound``."""
    return _seen(person, BrandEvent.objects.filter(pk=pk).first())


def guarded_event_for(person: Person, slug: str) -> BrandEvent:
    """The event at whose door the person stands. Raises ``NotFound`` for everybody but the brand."""
    event = BrandEvent.objects.filter(slug=slug).first()
    if event is None or not speaks_for_brand(person):
        raise NotFound
    return event


def ticket_for(person: Person, event: BrandEvent, text: str) -> Registration:
    """The registration for ``event``, which ``guarded_event_for`` returned, by its code. Raises ``NotFound``."""
    found = tickets.ticket(event, text)
    if found is None:
        raise NotFound
    return found


def guest_for(person: Person, event: BrandEvent, pk: int) -> Registration:
    """A row of the list at the door of ``event``, which ``guarded_event_for`` returned. Raises ``NotFound``."""
    return first(Registration.objects.select_related("member", "event").filter(pk=pk, event=event))


def feed_at(token: str) -> CalendarFeed:
    """The calendar feed with this secret address. Raises ``NotFound``."""
    feed = feeds.feed_at(token)
    if feed is None:
        raise NotFound
    return feed


def _seen(person: Person, event: BrandEvent | None) -> BrandEvent:
    if event is None:
        raise NotFound
    roles = roles_of(person)
    if not event.is_public and not speaks_for_brand(person):
        raise NotFound
    hidden = event.audience == BrandEvent.Audience.AMBASSADORS and not roles
    if hidden and not _was_there(person, event):
        raise NotFound
    return event


def _was_there(person: Person, event: BrandEvent) -> bool:
    held = events.registration_of(person if isinstance(person, Member) else None, event)
    return held is not None and held.state != State.CANCELLED
