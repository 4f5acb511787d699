"""Where visitors of the shop are, kept only with their consent: what the simulator asks a draft rule about."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from chat.conditions import Situation
from chat.models import Visit, Visitor
from chat.services import contexts
from community.queries import products

#: The same page told again within this time is the same visit.
SAME_WITHIN = timedelta(minutes=30)


@transaction.atomic
def record(*, visitor: Visitor, told: contexts.Told, phase: str, at: datetime) -> Visit | None:
    """Keep where the visitor is, as a rule would be asked about it; ``None`` for the same page once more.

    Call it only where the shop's page says that the visitor consented.
    """
    situation = _situation(visitor, told, phase, at)
    latest = Visit.objects.filter(visitor=visitor, at__gt=at - SAME_WITHIN).order_by("-at", "-id").first()
    if latest is not None and _place(Situation.from_json(latest.situation)) == _place(situation):
        return None
    return Visit.objects.create(widget_id=visitor.widget_id, visitor=visitor, situation=situation.as_json(), at=at)


def _situation(visitor: Visitor, told: contexts.Told, phase: str, at: datetime) -> Situation:
    local = timezone.localtime(at)
    product = products.called(told.product)
    vouched = visitor.vouched_until is not None and at < visitor.vouched_until
    return Situation(
        phase=phase,
        language=visitor.language,
        # What stands behind the path may name an order, a person or a search.
        page=told.page_url.partition("#")[0].partition("?")[0],
        product=product.slug if product else None,
        cart=told.cart_value,
        returning=visitor.visits > 1,
        weekday=local.weekday(),
        minute=local.hour * 60 + local.minute,
        crm=visitor.crm if vouched else {},
    )


def _place(situation: Situation) -> tuple[str, str, str | None, Decimal | None]:
    return situation.phase, situation.page, situation.product, situation.cart
