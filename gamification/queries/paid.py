"""What the ledger says that deeds paid: by member and by day, holds and releases of it left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from django.db.models import Q, QuerySet, Sum

from gamification.comparison import Side
from gamification.models import Currency, Entry, Reward

Kind = Entry.Kind
#: Entries that pay for a deed, entries that take such a payment back, and corrections of either. What is held is paid
#: as far as the rules are concerned; what was spent or expired has been paid before.
BY_RULES = Q(kind__in=(Kind.GRANT, Kind.REVERSAL)) | Q(kind=Kind.CORRECTION, activity__isnull=False)


def side() -> Side:
    """Everything that was really paid."""
    booked = Entry.objects.filter(BY_RULES).order_by()
    sums: dict[int, dict[str, int]] = defaultdict(dict)
    for member, currency, total in booked.values_list("member_id", "currency").annotate(total=Sum("amount")):
        sums[member][currency] = total
    members = {member: (own.get(Currency.REPUTATION, 0), own.get(Currency.CREDITS, 0)) for member, own in sums.items()}
    days = booked.filter(currency=Currency.REPUTATION).values_list("booked_on").annotate(total=Sum("amount"))
    return Side(members=members, days=dict(days), grants=standing().count())


def standing() -> QuerySet[Entry]:
    """What each deed still pays: the live ends of the chains grant, hold, release, a held one included."""
    pays = Q(amount__gt=0) & (Q(kind__in=(Kind.GRANT, Kind.RELEASE)) | Q(kind=Kind.CORRECTION, activity__isnull=False))
    return Entry.objects.filter(pays | Q(kind=Kind.HOLD), reversed_by=None)


def by_deed(*, up_to: int, chunk: int = 5_000) -> Iterator[tuple[int, list[Entry]]]:
    """The live ends by deed, in the order of the journal, up to the deed ``up_to``."""
    ends = standing().filter(activity__lte=up_to).select_related("rule_version")
    rows = ends.order_by("activity_id", "id").iterator(chunk_size=chunk)
    for deed, own in groupby(rows, key=lambda entry: entry.activity_id):
        if deed is not None:
            yield deed, list(own)


def credit_cents() -> Decimal:
    """What a credit costs the brand at most, in cents: by the reward that costs it the most for each credit.

    Zero while no reward in the catalogue costs money.
    """
    rewards = Reward.objects.filter(is_active=True).order_by()
    costs = rewards.values_list("worth", "pool__amount", "price")
    each = [100 * Decimal(worth or code) / price for worth, code, price in costs if worth or code]
    return max(each, default=Decimal(0)).quantize(Decimal("0.001"))
