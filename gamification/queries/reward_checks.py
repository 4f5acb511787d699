"""What is kept of credits and rewards, checked against the ledger and the redemptions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from community.registry import Difference
from gamification.models import Balance, Currency, Lot, Redemption, Reward


def lots() -> Iterator[Difference]:
    """What is left of a lot is what no entry used, and a member's lots are worth the balance, if it is none of debt."""
    used = Lot.objects.annotate(expected=F("amount") - Coalesce(Sum("uses__amount"), 0))
    for lot in used.exclude(remaining=F("expected")).order_by("id"):
        yield Difference("lots", f"lot {lot.pk}", str(lot.expected), str(lot.remaining))
    left = dict(Lot.objects.order_by().values_list("member_id").annotate(n=Sum("remaining")))
    balances = dict(Balance.objects.filter(currency=Currency.CREDITS).values_list("member_id", "value"))
    for member in sorted(left.keys() | balances.keys()):
        expected = max(0, balances.get(member, 0))
        if left.get(member, 0) != expected:
            yield Difference("lots", f"member {member}", str(expected), str(left.get(member, 0)))


def rewards() -> Iterator[Difference]:
    """A reward is taken as often as redemptions of it stand."""
    standing = Count("redemptions", filter=~Q(redemptions__state=Redemption.State.REFUNDED))
    for reward in Reward.objects.annotate(expected=standing).exclude(taken=F("expected")).order_by("id"):
        yield Difference("rewards", f"reward {reward.pk}", str(reward.expected), str(reward.taken))


CHECKS: Mapping[str, Callable[[], Iterable[Difference]]] = {"lots": lots, "rewards": rewards}
