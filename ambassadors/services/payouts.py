"""Payouts: propose what is owed, let somebody else approve it, give it to the bank, note what the bank did."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambassadors.models import Payout, PayoutItem, PayoutShare, Statement, TaxProfile
from ambassadors.queries import payouts as queries
from ambassadors.queries import statements
from ambassadors.services import moves, pay_telling, pay_turns
from community.models import Member
from community.refusals import Refusal
from gamification.models import Budget
from gamification.services import budgets

#: How a budget names what draws on it.
KIND = "payout"
State = Payout.State


class NothingOwed(Refusal):
    """Nobody is owed enough, or nobody of them has said where to pay."""

    code = "payout_of_nothing"
    message = _("There is nothing to pay: what is owed is below the minimum, or the bank account is not known.")


class SamePerson(Refusal):
    """Two people see to every payout."""

    code = "payout_same_person"
    message = _("You proposed this payout. Somebody else approves it.")
    status = 403


class OwnMoney(Refusal):
    """Nobody approves their own money."""

    code = "payout_own_money"
    message = _("This payout pays you as well. Somebody else approves it.")
    status = 403


class OtherCurrency(Refusal):
    """The budget is in another currency."""

    code = "payout_currency"
    message = _("The budget is in another currency.")
    field = "budget"
    status = 422


@transaction.atomic
def propose(*, by: Member, at: datetime, currency: str = "EUR", budget: Budget | None = None) -> Payout:
    """Put everything that is owed and may be paid into one payout.

    What is below the minimum, or belongs to somebody whose account is not known, stays for the next one.
    Raises ``NothingOwed``, ``OtherCurrency`` and ``budgets.BudgetUsedUp``.
    """
    pay_turns.take()
    if budget is not None and budget.currency != currency:
        raise OtherCurrency
    due = _due(currency)
    if not due:
        raise NothingOwed
    amounts = {member: sum((row.total for row in rows), Decimal(0)) for member, rows in due.items()}
    total = sum(amounts.values(), Decimal(0))
    payout = Payout.objects.create(total=total, currency=currency, budget=budget, proposed_by=by, proposed_at=at)
    for member, rows in sorted(due.items()):
        item = PayoutItem.objects.create(payout=payout, member_id=member, amount=amounts[member])
        PayoutShare.objects.bulk_create(PayoutShare(item=item, statement=row) for row in rows)
    _reserve(payout, at)
    return payout


@transaction.atomic
def approve(*, payout: Payout, by: Member, at: datetime) -> Payout:
    """Say yes to what somebody else proposed. Raises ``SamePerson``, ``OwnMoney`` and what ``moves.make`` raises."""
    if by.pk == payout.proposed_by_id:
        raise SamePerson
    if payout.items.filter(member=by).exists():
        raise OwnMoney
    if payout.state != State.PROPOSED:
        raise moves.NotPossible
    waiting = Payout.objects.filter(pk=payout.pk, state=State.PROPOSED, approved_by=None)
    if not waiting.update(approved_by=by, approved_at=at):
        raise moves.MovedMeanwhile
    moves.make(subject=payout, to=State.APPROVED, by=by, at=at)
    payout.approved_by, payout.approved_at = by, at
    return payout


@transaction.atomic
def cancel(*, payout: Payout, by: Member, reason: str, at: datetime) -> Payout:
    """Call it off with a reason; what it held is owed again. Raises what ``moves.make`` raises."""
    pay_turns.take()
    moves.make(subject=payout, to=State.CANCELLED, by=by, at=at, reason=reason)
    PayoutShare.objects.filter(item__payout=payout, is_live=True).update(is_live=False)
    if payout.budget is not None:
        budgets.release(budget=payout.budget, kind=KIND, subject=payout.pk, amount=payout.total, at=at)
    return payout


@transaction.atomic
def settle(*, payout: Payout, by: Member, at: datetime) -> Payout:
    """The bank has paid; everybody in it is told. Raises what ``moves.make`` raises."""
    moves.make(subject=payout, to=State.PAID, by=by, at=at)
    if payout.budget is not None:
        total = payout.total
        budgets.settle(budget=payout.budget, kind=KIND, subject=payout.pk, held=total, amount=total, at=at)
    pay_telling.paid(items=payout.items.order_by("pk"), currency=payout.currency, at=at)
    return payout


@transaction.atomic
def fail(*, payout: Payout, by: Member, reason: str, at: datetime) -> Payout:
    """The bank refused the file, with a reason. Raises what ``moves.make`` raises."""
    moves.make(subject=payout, to=State.FAILED, by=by, at=at, reason=reason)
    return payout


@transaction.atomic
def propose_again(*, payout: Payout, by: Member, at: datetime) -> Payout:
    """Bring a refused payout back; ``by`` is its proposer now, and somebody else approves it once more.

    Raises what ``moves.make`` raises.
    """
    moves.make(subject=payout, to=State.PROPOSED, by=by, at=at)
    again = {"proposed_by": by, "proposed_at": at, "approved_by": None, "approved_at": None}
    Payout.objects.filter(pk=payout.pk).update(**again)
    payout.refresh_from_db()
    return payout


def _due(currency: str) -> dict[int, list[Statement]]:
    """What each member is owed who is owed enough and has told their account."""
    found: dict[int, list[Statement]] = defaultdict(list)
    rows = statements.unpaid().filter(currency=currency, member__in=TaxProfile.objects.values("member"))
    for row in rows.order_by("number"):
        found[row.member_id].append(row)
    leaving = queries.without_minimum(found)
    return {
        member: rows
        for member, rows in found.items()
        if (total := sum((row.total for row in rows), Decimal(0))) > 0
        and (total >= settings.PAYOUT_MINIMUM or member in leaving)
    }


def _reserve(payout: Payout, at: datetime) -> None:
    if payout.budget is not None:
        budgets.reserve(budget=payout.budget, kind=KIND, subject=payout.pk, amount=payout.total, at=at)
