"""Calendars: the file of one event, and a feed of one's own that calendars subscribe to."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ambassadors import calendars
from ambassadors.access import events as doors
from ambassadors.models import BrandEvent, Registration
from ambassadors.queries import events as queries
from ambassadors.services import feeds
from community import limits
from community.links import absolute
from community.models import Member
from community.services import brands
from community.views.people import MemberRequest, address_of, members_only, person_of
from community.views.posting import SeeOther

MEDIA_TYPE = "text/calendar; charset=utf-8"
SEATED = Registration.SEATED


@require_safe
@never_cache
def download(request: HttpRequest, slug: str) -> HttpResponse:
    """The file of one event, for any calendar."""
    person = person_of(request)
    event = doors.event_for(person, slug)
    held = queries.registration_of(person if isinstance(person, Member) else None, event)
    response = _calendar([_entry(event, held, "CANCELLED" if event.cancelled_at else "CONFIRMED")])
    response["Content-Disposition"] = f'attachment; filename="{event.slug}.ics"'
    return response


@require_safe
@never_cache
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The events of whoever has this secret address, in their language."""
    limits.spend_as(limits.CALENDARS, person=person_of(request), address=address_of(request), at=timezone.now())
    member = doors.feed_at(token).member
    with translation.override(member.language):
        return _calendar(_entry(held.event, held, _state(held)) for held in queries.in_calendar(member))


@require_POST
@members_only
def renew(request: MemberRequest) -> HttpResponse:
    """Open one's feed, or give it another address."""
    now = timezone.now()
    limits.spend(limits.EVENTS, member=request.user, at=now)
    feeds.renew(member=request.user, at=now)
    messages.success(request, _("This address is yours alone. Older ones no longer work."))
    return SeeOther(f"{reverse('ambassadors:events')}#calendar")


@require_POST
@members_only
def close(request: MemberRequest) -> HttpResponse:
    """End one's feed."""
    limits.spend(limits.EVENT_CANCELLATIONS, member=request.user, at=timezone.now())
    feeds.close(member=request.user)
    messages.success(request, _("The address no longer works."))
    return SeeOther(f"{reverse('ambassadors:events')}#calendar")


def _calendar(entries: Iterable[calendars.Entry]) -> HttpResponse:
    name = _("Events · %(brand)s") % {"brand": brands.current().name}
    body = calendars.written(entries, name=name, language=translation.get_language() or "en")
    return HttpResponse(body, content_type=MEDIA_TYPE)


def _state(held: Registration) -> str:
    if held.event.cancelled_at or held.state == Registration.State.CANCELLED:
        return "CANCELLED"
    return "TENTATIVE" if held.state == Registration.State.WAITING else "CONFIRMED"


def _entry(event: BrandEvent, held: Registration | None, state: str) -> calendars.Entry:
    """The link to take part is for those with a seat; on the waiting list the title says so."""
    address = absolute(event.get_absolute_url())
    seated = held is not None and held.state in SEATED
    waiting = held is not None and held.state == Registration.State.WAITING
    lines = [event.summary, *([event.link] if seated and event.link else []), address]
    return calendars.Entry(
        uid=f"event-{event.pk}@{absolute('').rpartition('/')[2] or 'kundenkreis'}",
        title=_("Waiting list: %(title)s") % {"title": event.title} if waiting else event.title,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        zone=event.time_zone,
        changed_at=event.changed_at,
        revision=event.revision,
        text="\n\n".join(lines),
        place=event.place or _("Online"),
        address=address,
        state=state,
    )
