"""Calendar feeds: opened, given a new address, and closed by their member."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F

from ambassadors.models import CalendarFeed
from community.models import Member


@transaction.atomic
def renew(*, member: Member, at: datetime) -> CalendarFeed:
    """Open the member's feed, or give it a new address: whoever has the old one reads nothing any more."""
    feed, made = CalendarFeed.objects.get_or_create(member=member, defaults={"created_at": at})
    if not made:
        CalendarFeed.objects.filter(pk=feed.pk).update(serial=F("serial") + 1, created_at=at)
        feed.refresh_from_db()
    return feed


def close(*, member: Member) -> None:
    """End the member's feed; a later one begins with another number, so no old address comes back."""
    CalendarFeed.objects.filter(member=member).delete()
