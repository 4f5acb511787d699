"""Reads of those who help: who may, what they do now, and how they were rated."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet

from chat.models import Responder
from community.models import Member, Role, RoleGrant

#: Fewer ratings say more about who rated than about who was rated.
RATED_FROM = 5
#: Which roles make somebody part of which group. Without the role nothing is shown to them, from that moment on.
ROLES: dict[str, tuple[Role, ...]] = {
    Responder.Group.AMBASSADORS: (Role.AMBASSADOR,),
    Responder.Group.AGENTS: (Role.AGENT, Role.MANAGER),
}
MAY_HELP = frozenset(role for roles in ROLES.values() for role in roles)


def entitled() -> QuerySet[Responder]:
    """Those who may help at all: enabled, with an account in use and a role that fits their group."""
    fitting = Q()
    for group, roles in ROLES.items():
        grants = RoleGrant.objects.filter(member=OuterRef("member"), role__in=roles)
        fitting |= Q(Exists(grants), group=group)
    return Responder.objects.filter(fitting, is_enabled=True, member__is_active=True).order_by("id")


def of(member: Member) -> Responder | None:
    """The desk of ``member``, if they have one."""
    return entitled().filter(member=member).select_related("member__standing").first()


def average(responder: Responder) -> Decimal | None:
    """The average of the ratings, once there are enough of them to say something."""
    if responder.rating_count < RATED_FROM:
        return None
    return (Decimal(responder.rating_sum) / responder.rating_count).quantize(Decimal("0.1"))
