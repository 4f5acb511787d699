"""Days: of which date a moment is."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone


def site_day(at: datetime) -> date:
    """The day of ``at`` in the site's time zone."""
    return timezone.localtime(at, timezone.get_default_timezone()).date()


def last_day(end: datetime) -> date:
    """The day before a moment that ends something, in the site's time zone."""
    return site_day(end - timedelta(microseconds=1))
