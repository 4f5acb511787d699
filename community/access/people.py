"""Who somebody is: the person at the door, and the profiles of others."""

from __future__ import annotations

from typing import TypeVar

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model, QuerySet

from community.models import Member, Role, RoleGrant

Person = Member | AnonymousUser
Found = TypeVar("Found", bound=Model)


#: Who may hide and restore the posts of others.
MODERATORS = frozenset({Role.MODERATOR, Role.MANAGER})
#: Who speaks for the brand.
BRAND = MODERATORS | {Role.AGENT}


#: Who is invited to write what is missing.
EXPERTS = BRAND | {Role.AMBASSADOR}


class NotFound(ObjectDoesNotExist):
    """There is nothing here for this person."""


def first(rows: QuerySet[Found]) -> Found:
    """The first of ``rows``. Raises ``NotFound``."""
    found = rows.first()
    if found is None:
        raise NotFound
    return found


def roles_of(person: Person) -> frozenset[str]:
    """The roles that the person holds; a superuser holds them all."""
    if not isinstance(person, Member) or not person.is_active:
        return frozenset()
    if person.is_superuser:
        return frozenset(Role.values)
    return frozenset(RoleGrant.objects.filter(member=person).order_by().values_list("role", flat=True))


def moderates(person: Person) -> bool:
    """Whether the person may hide and restore the posts of others."""
    return not roles_of(person).isdisjoint(MODERATORS)


def speaks_for_brand(person: Person) -> bool:
    """Whether the person may say which answer is official."""
    return not roles_of(person).isdisjoint(BRAND)


def fills_gaps(person: Person) -> bool:
    """Whether the person may read what others looked for in vain."""
    return not roles_of(person).isdisjoint(EXPERTS)


def member_for(person: Person, handle: str) -> Member:
    """A member's public profile, also by a handle that they had before. Raises ``NotFound``."""
    members = Member.objects.select_related("standing").filter(is_active=True)
    member = members.filter(handle=handle).first() or members.filter(former_handles__handle=handle).first()
    if member is None:
        raise NotFound
    return member


def has_left(handle: str) -> bool:
    """Whether this is the handle of a former member, which bylines still lead to."""
    return Member.objects.filter(handle=handle, erased_at__isnull=False).exists()
