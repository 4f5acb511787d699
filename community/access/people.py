"""Who somebody is: the person at the door, and the profiles of others."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ObjectDoesNotExist

from community.models import Member, Role, RoleGrant

Person = Member | AnonymousUser


class NotFound(ObjectDoesNotExist):
    """There is nothing here for this person."""


def moderates(person: Person) -> bool:
    """Whether the person may hide and restore the posts of others."""
    if not isinstance(person, Member) or not person.is_active:
        return False
    if person.is_superuser:
        return True
    return RoleGrant.objects.filter(member=person, role__in=(Role.MODERATOR, Role.MANAGER)).exists()


def member_for(person: Person, handle: str) -> Member:
    """A member's public profile. Raises ``NotFound``."""
    member = Member.objects.select_related("standing").filter(handle=handle, is_active=True).first()
    if member is None:
        raise NotFound
    return member
