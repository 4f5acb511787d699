"""Waits, worded for people."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import ngettext


def told(wait: timedelta | None) -> str:
    """Return a wait as people say it: 20 seconds, 35 minutes, 4 hours, 2 days."""
    if wait is None:
        return ""
    seconds = wait.total_seconds()
    if seconds < 120:
        return ngettext("%(n)d second", "%(n)d seconds", round(seconds)) % {"n": round(seconds)}
    minutes = seconds / 60
    if minutes < 120:
        return ngettext("%(n)d minute", "%(n)d minutes", round(minutes)) % {"n": round(minutes)}
    hours = minutes / 60
    if hours < 48:
        return ngettext("%(n)d hour", "%(n)d hours", round(hours)) % {"n": round(hours)}
    return ngettext("%(n)d day", "%(n)d days", round(hours / 24)) % {"n": round(hours / 24)}
