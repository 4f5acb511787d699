"""Roles: granted and withdrawn, the most visible one beside the name."""

from __future__ import annotations

import pytest
from django.utils import timezone

from community.models import Member, Role, RoleGrant, Standing
from community.services import roles
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def shown(member: Member) -> str:
    return Standing.objects.get(member=member).role


def test_the_most_visible_role_stands_beside_the_name(member: Member) -> None:
    seen = []
    for role in (Role.AMBASSADOR, Role.MANAGER, Role.AGENT):
        roles.grant(member=member, role=role, by=None, at=NOW)
        seen.append(shown(member))
    assert seen == ["ambassador", "manager", "manager"]
    roles.withdraw(member=member, role=Role.MANAGER)
    assert shown(member) == "agent"
    for role in Role:
        roles.withdraw(member=member, role=role)
    assert (shown(member), list(RoleGrant.objects.all())) == ("", [])


def test_twice_is_once(member: Member) -> None:
    roles.grant(member=member, role=Role.AGENT, by=None, at=NOW)
    with unchanged():
        roles.grant(member=member, role=Role.AGENT, by=member, at=timezone.now())


def test_level_and_pin_stay(member: Member) -> None:
    Standing.objects.filter(member=member).update(level=4, level_progress=10, pin={"shape": "hex"})
    roles.grant(member=member, role=Role.AGENT, by=None, at=NOW)
    row = Standing.objects.get(member=member)
    assert (row.level, row.level_progress, row.pin) == (4, 10, {"shape": "hex"})
