"""Competence: what an ambassador speaks, knows and owns, as the routing of the chat reads it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ambassadors.models import Ambassador
from chat.models import Responder
from chat.services import availability, responders
from community.models import Product, Topic
from community.refusals import Refusal


class NotOwned(Refusal):
    """Nobody advises on what they do not have."""

    code = "product_not_owned"
    message = _("You can only choose products whose purchase is verified.")
    field = "products"
    status = 422


def desk_of(ambassador: Ambassador) -> Responder | None:
    """The desk, once there is one that is open."""
    return Responder.objects.filter(member=ambassador.member, is_enabled=True).select_related("member").first()


def advisable(responder: Responder) -> QuerySet[Product]:
    """The products whose purchase is verified, and those that a manager entered."""
    owned = Q(ownerships__member=responder.member_id)
    entered = Q(pk__in=responder.products.values("pk"))
    return Product.objects.filter(owned | entered).distinct().order_by("name", "pk")


@transaction.atomic
def store(
    *,
    responder: Responder,
    languages: Sequence[str],
    topics: Iterable[Topic],
    products: Iterable[Product],
    at: datetime,
) -> None:
    """Keep it. Raises ``NotOwned`` and ``availability.BadLanguages``."""
    chosen = list(products)
    if not {product.pk for product in chosen} <= set(advisable(responder).values_list("pk", flat=True)):
        raise NotOwned
    availability.change(responder=responder, languages=languages, at=at)
    responders.know(responder=responder, topics=topics, products=chosen)
