"""Calendar feeds: the secret part of a feed's address, which is stored nowhere, and whose it is."""

from __future__ import annotations

import re

from django.utils.crypto import constant_time_compare

from ambassadors.models import CalendarFeed
from community import vault, words
from community.models import Member

TOKEN = re.compile(r"([0-9]{1,18})-([0-9a-f]{64})")


def feed_of(member: Member) -> CalendarFeed | None:
    """The member's feed, if they have one."""
    return CalendarFeed.objects.filter(member=member).first()


def token_of(feed: CalendarFeed) -> str:
    """The secret part of the feed's address."""
    return f"{feed.pk}-{vault.digest(_named(feed))}"


def feed_at(token: str) -> CalendarFeed | None:
    """The feed with this address; none for an address that was replaced, and none of who left."""
    found = TOKEN.fullmatch(token)
    number = words.number(found[1]) if found else None
    if found is None or number is None:
        return None
    feed = CalendarFeed.objects.select_related("member").filter(pk=number, member__is_active=True).first()
    if feed is None or not any(constant_time_compare(found[2], made) for made in vault.digests(_named(feed))):
        return None
    return feed


def _named(feed: CalendarFeed) -> str:
    return f"calendar-feed:{feed.pk}:{feed.serial}"
