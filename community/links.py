"""Addresses as they are read elsewhere: in mails, feeds, search engines and on other pages."""

from __future__ import annotations

from django.conf import settings


def absolute(address: str) -> str:
    """Return ``address`` with the public host of this community before it, unless it names one itself."""
    return address if address.startswith(("http://", "https://")) else f"{settings.PUBLIC_URL}{address}"
