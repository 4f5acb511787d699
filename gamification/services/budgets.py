"""Budgets: promise money, spend it, give it back. Each move is one conditional statement of the database.

Whatever happens at the same time, what is promised and what is spent stay below the cap together. The rows are taken in
one order, budget before use, so that two movers never wait for each other in a circle.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F, Value
from django.utils.translation import gettext_lazy as _

from community.refusals import Refusal
from gamification.models import Budget, BudgetUse
from gamification.money import MoneyField

MONEY = MoneyField()
NOTHING = Decimal(0)


class BudgetUsedUp(Refusal):
    """The cap does not leave room for it."""

    code = "budget_used_up"
    message = _("The budget for this is used up.")


class CapTooLow(Refusal):
    """More than the new cap is promised or spent already."""

    code = "cap_too_low"
    message = _("More than that is promised or spent already.")
    field = "cap"


@transaction.atomic
def reserve(*, budget: Budget, kind: str, subject: int, amount: Decimal, at: datetime) -> None:
    """Promise ``amount`` to the thing (``kind``, ``subject``). Raises ``BudgetUsedUp``."""
    _move(budget, kind, subject, reserved=amount, spent=NOTHING, at=at)


@transaction.atomic
def settle(
    *,
    budget: Budget,
    kind: str,
    subject: int,
    held: Decimal,
    amount: Decimal,
    at: datetime,
) -> None:
    """Spend ``amount`` where ``held`` of the promise was meant for it; the difference is free again.

    Raises ``BudgetUsedUp`` where the amount is above what was held and the cap has no room for it.
    """
    _move(budget, kind, subject, reserved=-held, spent=amount, at=at)


@transaction.atomic
def release(*, budget: Budget, kind: str, subject: int, amount: Decimal, at: datetime) -> None:
    """Take back ``amount`` of a promise."""
    _move(budget, kind, subject, reserved=-amount, spent=NOTHING, at=at)


@transaction.atomic
def unsettle(
    *,
    budget: Budget,
    kind: str,
    subject: int,
    amount: Decimal,
    promise: Decimal,
    at: datetime,
) -> None:
    """Take back what was spent and promise ``promise`` anew. Raises ``BudgetUsedUp`` where that is too much."""
    _move(budget, kind, subject, reserved=promise, spent=-amount, at=at)


def promised(*, budget: Budget, kind: str, subject: int) -> Decimal:
    """What is promised to a thing now."""
    row = BudgetUse.objects.filter(budget=budget, kind=kind, subject_id=subject)
    return row.values_list("reserved", flat=True).first() or NOTHING


@transaction.atomic
def set_cap(*, budget: Budget, cap: Decimal) -> None:
    """Raise or lower the cap. Raises ``CapTooLow``."""
    room = Budget.objects.filter(pk=budget.pk, reserved__lte=Value(cap, MONEY) - F("spent"))
    if not room.update(cap=cap):
        raise CapTooLow


def _move(
    budget: Budget,
    kind: str,
    subject: int,
    *,
    reserved: Decimal,
    spent: Decimal,
    at: datetime,
) -> None:
    if not (reserved or spent):
        return
    steps = {
        "reserved": F("reserved") + Value(reserved, MONEY),
        "spent": F("spent") + Value(spent, MONEY),
    }
    enough = {"reserved__gte": -reserved, "spent__gte": -spent}
    room = Budget.objects.filter(
        pk=budget.pk,
        cap__gte=F("reserved") + F("spent") + Value(reserved + spent, MONEY),
    )
    if not room.filter(**enough).update(**steps):
        raise BudgetUsedUp
    BudgetUse.objects.get_or_create(budget=budget, kind=kind, subject_id=subject, defaults={"at": at})
    use = BudgetUse.objects.filter(budget=budget, kind=kind, subject_id=subject, **enough)
    if not use.update(**steps, at=at):
        raise BudgetUsedUp
