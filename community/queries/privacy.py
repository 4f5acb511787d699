"""Reads of what is kept about a member."""

from __future__ import annotations

from django.db.models import QuerySet

from community.models import Consent, DataExport, Member


def exports_of(member: Member) -> QuerySet[DataExport]:
    """The member's last few exports, newest first."""
    return DataExport.objects.filter(member=member).order_by("-requested_at", "-id")[:5]


def consents_of(member: Member) -> QuerySet[Consent]:
    """What the member agreed to, newest first."""
    return Consent.objects.filter(member=member).order_by("-given_at", "-id")
