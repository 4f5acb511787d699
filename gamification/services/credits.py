"""Credits: spend them, and give back what was spent. The balance never goes below zero by spending."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from community.models import Activity, Member
from community.refusals import Refusal
from gamification.models import Balance, Currency, Entry
from gamification.queries.days import site_day
from gamification.services import ledger, lots


class NotEnoughCredits(Refusal):
    """The balance does not reach."""

    code = "not_enough_credits"
    message = _("Your balance does not reach for this.")


def reach(*, member: Member, amount: int) -> bool:
    """Whether the balance carries ``amount`` now; only ``spend`` decides."""
    return Balance.objects.filter(member=member, currency=Currency.CREDITS, value__gte=amount).exists()


@transaction.atomic
def spend(*, member: Member, amount: int, activity: Activity, at: datetime) -> Entry:
    """Book ``amount`` (above zero) off the member's credits, those first that expire soonest.

    Of any number of spenders at once only those get through whom the balance carries. Raises ``NotEnoughCredits``.
    """
    own = Balance.objects.filter(member=member, currency=Currency.CREDITS)
    # This takes the row's lock as well: what follows reads and writes the lots under it.
    if not own.filter(value__gte=amount).update(value=F("value") - amount):
        raise NotEnoughCredits
    entry = Entry.objects.create(
        member=member,
        currency=Currency.CREDITS,
        amount=-amount,
        kind=Entry.Kind.SPEND,
        activity=activity,
        booked_on=site_day(at),
        at=at,
    )
    lots.follow([entry], {(member.pk, Currency.CREDITS): own.values_list("value", flat=True).get()})
    return entry


@transaction.atomic
def refund(*, entry: Entry, activity: Activity, at: datetime) -> Entry:
    """Book back what ``entry`` spent, into the lots that it came from. A second refund violates a constraint."""
    back = Entry.objects.create(
        member_id=entry.member_id,
        currency=entry.currency,
        amount=-entry.amount,
        kind=Entry.Kind.REFUND,
        activity=activity,
        reverses=entry,
        booked_on=site_day(at),
        at=at,
    )
    ledger.balance([back])
    return back
