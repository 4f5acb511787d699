"""Consents: one version in force, the ones before stay on record."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from community.models import Consent, Member
from community.services import consents

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def rows(member: Member) -> list[tuple[object, ...]]:
    return list(Consent.objects.filter(member=member).order_by("id").values_list("version", "given_at", "withdrawn_at"))


def test_agreeing_again_changes_nothing(member: Member) -> None:
    for minutes in (0, 5):
        consents.give(member=member, purpose="terms", version="1", at=NOW + timedelta(minutes=minutes))
    assert rows(member) == [("1", NOW, None)]


def test_a_new_version_ends_the_one_before(member: Member) -> None:
    later = NOW + timedelta(days=1)
    consents.give(member=member, purpose="terms", version="1", at=NOW)
    consents.give(member=member, purpose="terms", version="2", at=later)
    assert rows(member) == [("1", NOW, later), ("2", later, None)]


def test_a_withdrawal_stays_on_record(member: Member) -> None:
    consents.give(member=member, purpose="terms", version="1", at=NOW)
    consents.withdraw(member=member, purpose="terms", at=NOW)
    assert rows(member) == [("1", NOW, NOW)]
