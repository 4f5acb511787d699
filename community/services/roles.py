"""Roles: grant and withdraw, and keep the most visible one beside the name."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from community.models import Member, Role, RoleGrant, Standing


@transaction.atomic
def grant(*, member: Member, role: Role, by: Member | None, at: datetime) -> None:
    """Give ``member`` a role. Twice is once."""
    RoleGrant.objects.get_or_create(member=member, role=role, defaults={"granted_at": at, "granted_by": by})
    _show_most_visible(member)


@transaction.atomic
def withdraw(*, member: Member, role: Role) -> None:
    """Take a role away. Twice is once."""
    RoleGrant.objects.filter(member=member, role=role).delete()
    _show_most_visible(member)


def _show_most_visible(member: Member) -> None:
    held = set(RoleGrant.objects.filter(member=member).values_list("role", flat=True))
    visible = next((role for role in Role.values if role in held), "")
    Standing.objects.update_or_create(member=member, defaults={"role": visible})
