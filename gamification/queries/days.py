"""Days: of which date a moment is."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone


def site_day(at: datetime) -> date:
    """The day of ``at`` in the site's time zone."""
    return timezone.localtime(at, timezone.get_default_timezone()).date()
