"""Consents: to which version of which text a member agreed, and when that ended (GDPR art. 7)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from community.models import Consent, Member

#: The terms of use and the privacy notice, agreed to with the account.
TERMS = "terms"


@transaction.atomic
def give(*, member: Member, purpose: str, version: str, at: datetime) -> Consent:
    """Record that the member agrees to ``version``; an earlier version ends with it. Twice is once."""
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    in_force = Consent.objects.filter(member=member, purpose=purpose, withdrawn_at=None)
    same = in_force.filter(version=version).first()
    if same:
        return same
    in_force.update(withdrawn_at=at)
    return Consent.objects.create(member=member, purpose=purpose, version=version, given_at=at)


def withdraw(*, member: Member, purpose: str, at: datetime) -> None:
    """Record that the member does not agree any more. Twice is once."""
    Consent.objects.filter(member=member, purpose=purpose, withdrawn_at=None).update(withdrawn_at=at)
