"""Events for tests, made by the product's own services."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from ambassadors.models import BrandEvent, Registration
from ambassadors.services import events, registrations
from community.models import Member, Role
from tests import factories

_numbers = itertools.count(1)
DAY = timedelta(days=1)


def event(*, at: datetime | None = None, **fields: Any) -> BrandEvent:
    """Return a public event in a week, with two seats, open for registration."""
    at, number = at or timezone.now(), next(_numbers)
    said = {
        "slug": f"event-{number}",
        "title": f"Cupping {number}",
        "title_de": f"Verkostung {number}",
        "title_en": f"Cupping {number}",
        "summary": "Eight coffees",
        "place": "Roastery Bremen",
        "starts_at": at + 7 * DAY,
        "ends_at": at + 7 * DAY + timedelta(hours=2),
        "opens_at": at - DAY,
        "closes_at": at + 6 * DAY,
        "capacity": 2,
        "is_public": True,
    } | fields
    if "host" not in said:
        said["host"] = factories.member("Clara Holm", Role.MANAGER)
    return events.store(event=BrandEvent(**said), at=at)


def register(event: BrandEvent, member: Member | None = None, *, at: datetime | None = None) -> Registration:
    """Register ``member`` or somebody new."""
    who = member or factories.member(f"Guest {next(_numbers)}")
    return registrations.register(event=event, member=who, at=at or timezone.now())


def guests(event: BrandEvent) -> dict[str, str]:
    """Names and states of who registered."""
    rows = Registration.objects.filter(event=event).order_by("queued_at", "pk")
    return dict(rows.values_list("member__display_name", "state"))


def counters(event: BrandEvent) -> tuple[int, int]:
    """Seats taken and the length of the queue, as they are kept."""
    return BrandEvent.objects.values_list("seats_taken", "waiting_count").get(pk=event.pk)
