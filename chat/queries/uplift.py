"""Whether people sell more than the bot: orders after a question led to people, against those of the hold-out.

Both sides are compared by what was intended when they asked, whatever they did then, since the lot alone decided
between them: only rules that held somebody out count, everybody counts once, with their first question, and an order
counts within two days of that question. Anything else would compare those who wanted help with those who did not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from chat.estimates import Estimate, difference, share
from chat.models import HelpRequest, OrderCredit, RoutingDecision
from community.models import Order

WITHIN = timedelta(hours=48)
#: Visitors are forgotten after so long.
DAYS = 90
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Side:
    """So many asked, and so many of them ordered within two days."""

    asked: int
    ordered: int

    @property
    def share(self) -> Estimate | None:
        """How many of a hundred ordered."""
        return share(self.ordered, self.asked)


@dataclass(frozen=True, slots=True)
class Uplift:
    """Those who were led to people beside those of the hold-out."""

    people: Side
    held_out: Side

    @property
    def more(self) -> Estimate | None:
        """How many more of a hundred ordered when they were led to people."""
        return difference(self.people.share, self.held_out.share)


@dataclass(frozen=True, slots=True)
class Advised:
    """Orders that the last person who advised is credited with, in one currency."""

    currency: str
    orders: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a first question needs to find its orders."""

    at: datetime
    held_out: bool
    token: str
    customer: int | None
    member: int | None


def of(at: datetime) -> Uplift:
    """The comparison over the last weeks; who asked less than two days ago may still order and is left out."""
    questions = [_Asked(*row) for row in _first_questions(at).iterator()]
    placed = _placed(questions, at)
    counts = {held_out: [0, 0] for held_out in (False, True)}
    for one in questions:
        counts[one.held_out][0] += 1
        counts[one.held_out][1] += any(one.at <= when <= one.at + WITHIN for when in _of(one, placed))
    return Uplift(Side(*counts[False]), Side(*counts[True]))


def advised(at: datetime) -> list[Advised]:
    """What was ordered after advice in the same weeks, by currency."""
    rows = OrderCredit.objects.filter(at__range=(at - timedelta(days=DAYS), at), responder__isnull=False)
    sums = rows.order_by("currency").values_list("currency").annotate(n=Count("pk"), amount=Sum("amount"))
    return [Advised(*row) for row in sums]


def _first_questions(at: datetime) -> QuerySet[HelpRequest, Any]:
    """Of everybody whom a rule with a hold-out was about, the first question."""
    begin, end = at - timedelta(days=DAYS), at - WITHIN
    decided = RoutingDecision.objects.filter(cause=RoutingDecision.Cause.ASKED, at__range=(begin, at))
    drew = decided.filter(held_out=True).values("rule")
    rows = HelpRequest.objects.filter(
        Exists(decided.filter(help=OuterRef("pk"), rule__in=drew)), asked_at__range=(begin, end)
    )
    same = Q(visitor=OuterRef("visitor")) | Q(member=OuterRef("member"))
    earlier = rows.filter(same).filter(
        Q(asked_at__lt=OuterRef("asked_at")) | Q(asked_at=OuterRef("asked_at"), pk__lt=OuterRef("pk"))
    )
    first = rows.filter(~Exists(earlier)).order_by("pk")
    return first.values_list("asked_at", "held_out", "conversation__token", "visitor__customer", "member")


def _placed(questions: list[_Asked], at: datetime) -> dict[tuple[str, object], list[datetime]]:
    """When orders were placed: by the talk that they name, by the customer, by the member."""
    orders = Order.objects.filter(placed_at__range=(at - timedelta(days=DAYS), at))
    orders = orders.exclude(status=Order.Status.CANCELLED).order_by("pk")
    found: dict[tuple[str, object], list[datetime]] = defaultdict(list)
    for name, when in orders.exclude(conversation="").values_list("conversation", "placed_at").iterator():
        found["token", name].append(when)
    for key, column in (("customer", "customer"), ("member", "customer__member")):
        people = sorted({who for one in questions if (who := getattr(one, key)) is not None})
        for start in range(0, len(people), AT_ONCE):
            some = orders.filter(**{f"{column}__in": people[start : start + AT_ONCE]})
            for who, when in some.values_list(column, "placed_at"):
                found[key, who].append(when)
    return found


def _of(one: _Asked, placed: Mapping[tuple[str, object], list[datetime]]) -> Iterator[datetime]:
    for key in (("token", one.token), ("customer", one.customer), ("member", one.member)):
        yield from placed.get(key, ())
