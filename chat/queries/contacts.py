"""Contacts: whether somebody turned to the chat after something."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef

from chat.models import HelpRequest


def soon_after(member: str, at: str, *, within: timedelta) -> Exists:
    """The condition that the ``member`` of a row asked for help in a talk soon after its ``at``."""
    asked = HelpRequest.objects.filter(
        member=OuterRef(member), asked_at__gt=OuterRef(at), asked_at__lte=OuterRef(at) + within
    )
    return Exists(asked)
