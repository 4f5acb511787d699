"""Who may help in the chat: said by the managers, and only of people with a role for it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from chat.models import Responder
from chat.queries import responders
from chat.services.availability import CAPACITY_MOST, BadCapacity
from community.models import Product, RoleGrant, Topic
from community.refusals import Refusal


class NoRole(Refusal):
    """The member does not hold a role that fits the group."""

    code = "responder_without_role"
    message = _("This member does not hold the role. Give them the role of ambassador or team first.")
    field = "group"
    status = 422


@transaction.atomic
def know(*, responder: Responder, topics: Iterable[Topic], products: Iterable[Product]) -> None:
    """Keep what somebody knows and owns; the routing prefers them for it."""
    responder.topics.set(topics)
    responder.products.set(products)


@transaction.atomic
def store(*, responder: Responder) -> Responder:
    """Keep who helps, where, and how much at once. Raises ``NoRole`` and ``BadCapacity``.

    Whoever is switched off keeps the conversations that they have until they close them; no new one is led to them.
    """
    if not 1 <= responder.capacity <= CAPACITY_MOST:
        raise BadCapacity
    roles = responders.ROLES[responder.group]
    if not RoleGrant.objects.filter(member=responder.member_id, role__in=roles).exists():
        raise NoRole
    if Responder.objects.filter(pk=responder.pk).exists():
        # Load, last sign of life and ratings move elsewhere meanwhile.
        responder.save(update_fields=["group", "is_enabled", "capacity", "languages"])
    else:
        responder.save()
    return responder
