"""What is kept of events, checked against their registrations."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, F, Q

from ambassadors.models import BrandEvent, Registration
from community.registry import Difference

State = Registration.State


def seats() -> Iterator[Difference]:
    """Both counters are what the registrations say, and nobody waits beside a free seat."""
    seated = Count("registrations", filter=Q(registrations__state__in=Registration.SEATED))
    waiting = Count("registrations", filter=Q(registrations__state=State.WAITING))
    counted = BrandEvent.objects.annotate(seated=seated, queued=waiting)
    wrong = ~Q(seated=F("seats_taken")) | ~Q(queued=F("waiting_count")) | Q(queued__gt=0, seated__lt=F("capacity"))
    for event in counted.filter(wrong).order_by("pk"):
        yield Difference(
            "seats",
            f"event {event.pk}",
            f"{event.seated} of {event.capacity}, {event.queued} waiting",
            f"{event.seats_taken}, {event.waiting_count} waiting",
        )
