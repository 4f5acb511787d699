"""Events: what is coming, one event, a seat in it, and one's calendar."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ambassadors.access import events as doors
from ambassadors.models import BrandEvent, Registration
from ambassadors.queries import events as queries
from ambassadors.queries import feeds as feed_queries
from ambassadors.services import registrations
from community import limits
from community.access import Person, speaks_for_brand
from community.links import absolute
from community.models import Member
from community.views.people import MemberRequest, members_only, person_of
from community.views.posting import SeeOther


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What is coming or what was, and the reader's own seats."""
    person, now, past = person_of(request), timezone.now(), request.GET.get("show") == "past"
    member, reader = _member(person), queries.reader_of(_member(person))
    rows = doors.events_for(person)
    page = (queries.past if past else queries.upcoming)(rows, at=now, cursor=request.GET.get("cursor"))
    held = queries.registrations_of(member, page)
    context = {
        "page": page,
        "past": past,
        "rows": [(event, queries.stance(event, reader, held.get(event.pk), now)) for event in page],
        "mine": queries.mine(member, at=now) if member and not past else [],
    }
    if member is not None and not past:
        feed = feed_queries.feed_of(member)
        context["feed"] = feed and absolute(reverse("ambassadors:calendar", args=[feed_queries.token_of(feed)]))
    return render(request, "ambassadors/events/list.html", context)


@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """One event, and where the reader stands with it."""
    person, now = person_of(request), timezone.now()
    event = doors.event_for(person, slug)
    member = _member(person)
    held = queries.registration_of(member, event)
    stance = queries.stance(event, queries.reader_of(member), held, now)
    context = {
        "event": event,
        "stance": stance,
        "registration": held,
        "queue": queries.place_in_queue(held) if held and stance.kind == "waiting" else 0,
        "may_cancel": stance.kind in ("registered", "waiting") and now < event.starts_at,
        "at_door": speaks_for_brand(person),
    }
    return render(request, "ambassadors/events/detail.html", context)


@require_POST
@members_only
def register(request: MemberRequest, slug: str) -> HttpResponse:
    """Take a seat, or a place in the queue."""
    event, now = doors.event_for(request.user, slug), timezone.now()
    limits.spend(limits.EVENTS, member=request.user, at=now)
    made = registrations.register(event=event, member=request.user, at=now)
    if made.state == Registration.State.WAITING:
        messages.success(request, _("You are on the waiting list. If a seat comes free, it is yours, and we tell you."))
    else:
        messages.success(request, _("You have a seat."))
    return SeeOther(event.get_absolute_url())


@require_POST
@members_only
def cancel(request: MemberRequest, slug: str) -> HttpResponse:
    """Give the seat or the place in the queue back."""
    event, now = doors.event_for(request.user, slug), timezone.now()
    limits.spend(limits.EVENT_CANCELLATIONS, member=request.user, at=now)
    registrations.cancel(event=event, member=request.user, at=now)
    messages.success(request, _("Thank you for saying so. Your seat goes to somebody else."))
    return SeeOther(_back(request.user, event))


def _back(member: Member, event: BrandEvent) -> str:
    """The event's page, where the member may still see it without a seat."""
    seen = doors.events_for(member).filter(pk=event.pk).exists()
    return event.get_absolute_url() if seen else reverse("ambassadors:events")


def _member(person: Person) -> Member | None:
    return person if isinstance(person, Member) else None
