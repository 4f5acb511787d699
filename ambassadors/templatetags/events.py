"""The small parts of events: when in words, the day, the picture, the ticket."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.template.context import RequestContext
from django.templatetags.static import static
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ambassadors.access import events as doors
from ambassadors.models import BrandEvent, Registration
from ambassadors.queries import events as queries
from ambassadors.queries import tickets
from community.links import absolute
from gamification.templatetags.rewards import qr

register = template.Library()

#: Events that another page shows.
SHOWN = 3


@register.simple_tag
def event_when(event: BrandEvent) -> SafeString:
    """Day and time as clocks show them where the event is, with the zone's name where the reader's is another."""
    start, end = _local(event.starts_at, event), _local(event.ends_at, event)
    day = formats.date_format(start, "DATE_FORMAT")
    until = _clock(end) if end.date() == start.date() else formats.date_format(end, "SHORT_DATETIME_FORMAT")
    words = _("%(weekday)s, %(day)s, %(start)s to %(end)s") % {
        "weekday": formats.date_format(start, "l"),
        "day": day,
        "start": _clock(start),
        "end": until,
    }
    zone = "" if _same_clock(event) else f" ({event.time_zone.rpartition('/')[2].replace('_', ' ')})"
    return format_html('<time datetime="{}">{}{}</time>', event.starts_at.isoformat(timespec="seconds"), words, zone)


@register.inclusion_tag("ambassadors/events/coming.html", takes_context=True)
def coming_events(context: RequestContext) -> dict[str, Any]:
    """The next events, for pages about what the community has to give."""
    person = context["request"].user
    page = queries.upcoming(doors.events_for(person), at=timezone.now(), cursor=None, size=SHOWN)
    return {"events": list(page)}


@register.simple_tag
def event_day(event: BrandEvent) -> str:
    """The number of its day."""
    return str(_local(event.starts_at, event).day)


@register.simple_tag
def event_month(event: BrandEvent) -> str:
    """The month in a few letters."""
    return formats.date_format(_local(event.starts_at, event), "M")


@register.simple_tag
def event_clock(event: BrandEvent) -> str:
    """When it begins on its day."""
    return _clock(_local(event.starts_at, event))


@register.simple_tag
def moment_at(moment: datetime, event: BrandEvent) -> SafeString:
    """A moment as clocks show it where the event is."""
    words = formats.date_format(_local(moment, event), "SHORT_DATETIME_FORMAT")
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(timespec="seconds"), words)


@register.simple_tag
def moment_told(moment: str, zone: str) -> str:
    """A moment among a notification's facts, as clocks show it where the event is."""
    local = datetime.fromisoformat(moment).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return formats.date_format(local, "SHORT_DATETIME_FORMAT")


@register.filter
def event_picture(event: BrandEvent) -> str:
    """Address of an event's picture, which is a static path or lies elsewhere."""
    return event.picture if event.picture.startswith(("http://", "https://", "/")) else static(event.picture)


@register.filter
def ticket_code(registration: Registration) -> str:
    """The code of a ticket, for its holder's eyes."""
    return tickets.code_of(registration)


@register.simple_tag
def ticket_qr(registration: Registration) -> SafeString:
    """A ticket as a picture: any phone opens its check-in with it, for whoever may let people in."""
    door = reverse("ambassadors:check_in", args=[registration.event.slug])
    return qr(absolute(f"{door}?code={tickets.code_of(registration)}"), _("Your ticket for the door"))


def _local(moment: datetime, event: BrandEvent) -> datetime:
    """Without a zone: Django would turn it into the reader's."""
    return moment.astimezone(ZoneInfo(event.time_zone)).replace(tzinfo=None)


def _clock(local: datetime) -> str:
    return formats.date_format(local, "TIME_FORMAT")


def _same_clock(event: BrandEvent) -> bool:
    return timezone.localtime(event.starts_at).replace(tzinfo=None) == _local(event.starts_at, event)
