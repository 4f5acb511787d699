"""Which talk an order followed: the last person who advised within two days before it, or the hold-out."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery, Sum

from chat.models import HelpRequest, Message, OrderCredit
from community.models import Order

WITHIN = timedelta(hours=48)
#: The sweep looks this far back for orders whose hint was lost.
SWEPT = timedelta(days=3)
AT_ONCE = 500


@transaction.atomic
def credit(*, order: Order) -> OrderCredit | None:
    """Keep which talk led to ``order``, once; ``None`` where there was none. Later words about it change nothing."""
    if found := OrderCredit.objects.filter(order=order).first():
        return found
    asked = _last_advised(order) or _held_out(order)
    if asked is None:
        return None
    total = order.lines.aggregate(total=Sum("amount", default=0))["total"]
    made, _is_new = OrderCredit.objects.get_or_create(
        order=order,
        defaults={
            "help": asked,
            "responder": None if asked.held_out else asked.responder,
            "held_out": asked.held_out,
            "amount": total,
            "currency": order.currency,
            "at": order.placed_at,
        },
    )
    return made


def sweep(*, at: datetime) -> int:
    """Look at the orders of the last days that have no talk; return how many got one."""
    rows = Order.objects.filter(chat_credit=None, placed_at__gte=at - SWEPT).order_by("-placed_at", "-id")
    return sum(credit(order=order) is not None for order in rows[:AT_ONCE])


def _of_customer(order: Order) -> Q:
    """Requests of whoever ordered: by the talk's own name, by what the shop vouched for, or by the linked member."""
    mine = Q(visitor__customer=order.customer_id)
    if order.conversation:
        mine |= Q(conversation__token=order.conversation)
    if order.customer.member_id is not None:
        mine |= Q(member=order.customer.member_id)
    return mine


def _last_advised(order: Order) -> HelpRequest | None:
    """The talk of who said something last in these two days; whoever only took a talk has advised nobody."""
    since = order.placed_at - WITHIN
    words = Message.objects.filter(
        conversation=OuterRef("conversation"),
        member=OuterRef("responder__member"),
        at__lte=order.placed_at,
        at__gte=since,
    )
    said = Subquery(words.order_by("-at").values("at")[:1])
    # Older conversations cannot hold such words; so only the few of late are looked at, and not all that ever were.
    late = HelpRequest.objects.filter(responder__isnull=False, conversation__active_at__gte=since)
    rows = late.filter(_of_customer(order)).annotate(said=said)
    return rows.exclude(said=None).order_by("-said", "-id").first()


def _held_out(order: Order) -> HelpRequest | None:
    rows = HelpRequest.objects.filter(
        _of_customer(order),
        held_out=True,
        asked_at__lte=order.placed_at,
        asked_at__gte=order.placed_at - WITHIN,
    )
    return rows.order_by("-asked_at", "-id").first()
