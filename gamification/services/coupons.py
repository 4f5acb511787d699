"""Coupons: give a code of a pool to a member, withdraw one, end those whose time is over."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community import activity as journal
from community import vault
from community.models import Activity, Member
from community.refusals import Refusal
from gamification import coupon_states as states
from gamification.models import Coupon, CouponPool, CouponUse
from gamification.services import budgets

#: What a budget calls a coupon.
KIND = "coupon"
#: Ended in one round of the beat; the next goes on.
BATCH = 500


class PoolEmpty(Refusal):
    """No code is left."""

    code = "pool_empty"
    message = _("There is no code left at the moment.")


class NotRevocable(Refusal):
    """The coupon's way has ended already."""

    code = "coupon_not_revocable"
    message = _("This coupon is redeemed or has ended; there is nothing to revoke.")


@transaction.atomic
def assign(*, pool: CouponPool, member: Member, activity: Activity | None, at: datetime) -> Coupon:
    """Give ``member`` the next code of ``pool`` and promise its worth out of the budget.

    For the same deed it is the same coupon again. Raises ``PoolEmpty`` and ``BudgetUsedUp``.
    """
    given = Coupon.objects.filter(pool=pool, member=member, activity=activity).first() if activity else None
    if given is not None:
        return given
    if pool.valid_until is not None and pool.valid_until <= at:
        raise PoolEmpty
    coupon = _claim(pool, member, activity, at)
    budgets.reserve(
        budget=pool.budget,
        kind=KIND,
        subject=coupon.pk,
        amount=pool.amount * coupon.uses,
        at=at,
    )
    return coupon


def code_of(coupon: Coupon) -> str:
    """The code itself, for the member who holds it."""
    return vault.unseal(coupon.sealed)


@transaction.atomic
def revoke(*, coupon: Coupon, by: Member, at: datetime) -> None:
    """Withdraw a coupon; baskets that hold it lose it, and what was promised is free again. Raises ``NotRevocable``."""
    coupon = locked(coupon.pk)
    if coupon.state not in states.REVOCABLE:
        raise NotRevocable
    coupon.taken.filter(state=CouponUse.State.RESERVED).update(state=CouponUse.State.RELEASED, ended_at=at)
    _end(coupon, states.REVOKED, at)
    journal.record(
        verb=journal.COUPON_REVOKED,
        key=f"{journal.COUPON_REVOKED}:{coupon.pk}",
        actor=by,
        beneficiary=coupon.member,
        subject=(KIND, coupon.pk),
        at=at,
    )


def expire(*, at: datetime) -> int:
    """End coupons whose time is over and which no basket holds; returns how many."""
    stock = Coupon.objects.filter(state=states.GENERATED, pool__valid_until__lte=at)
    ended = stock.update(state=states.EXPIRED)
    due = Coupon.objects.filter(state__in=states.USABLE, expires_at__lte=at, held=0).order_by("expires_at", "id")
    for pk in list(due.values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            coupon = locked(pk)
            if coupon.state in states.USABLE and not coupon.held:
                _end(coupon, states.EXPIRED, at)
                ended += 1
    return ended


def locked(pk: int) -> Coupon:
    """The coupon with its pool and budget, kept from all others until the transaction ends."""
    rows = Coupon.objects.select_for_update(of=("self",)).select_related("pool__budget", "member")
    return rows.get(pk=pk)


def _claim(pool: CouponPool, member: Member, activity: Activity | None, at: datetime) -> Coupon:
    """Take the oldest code of the stock that nobody else is taking just now."""
    stock = Coupon.objects.filter(pool=pool, state=states.GENERATED).order_by("id")
    if connection.features.has_select_for_update_skip_locked:
        stock = stock.select_for_update(skip_locked=True)
    while (pk := stock.values_list("pk", flat=True).first()) is not None:
        taken = Coupon.objects.filter(pk=pk, state=states.GENERATED).update(
            state=states.ASSIGNED,
            member=member,
            activity=activity,
            assigned_at=at,
            expires_at=_end_of(pool, at),
        )
        if taken:
            return Coupon.objects.select_related("pool__budget").get(pk=pk)
    raise PoolEmpty


def _end_of(pool: CouponPool, at: datetime) -> datetime | None:
    """The earlier of the pool's end and the end of the last valid day in the site's time zone."""
    ends = [pool.valid_until] if pool.valid_until else []
    if pool.valid_days is not None:
        today = timezone.localtime(at, timezone.get_default_timezone()).replace(
            hour=0, minute=0, second=0, microsecond=0
        )
        ends.append(today + timedelta(days=pool.valid_days + 1))
    return min(ends, default=None)


def _end(coupon: Coupon, state: str, at: datetime) -> None:
    """Move a locked coupon to a state without return, and free what was promised for it."""
    coupon.state, coupon.held = state, 0
    coupon.save(update_fields=["state", "held"])
    budget = coupon.pool.budget
    rest = budgets.promised(budget=budget, kind=KIND, subject=coupon.pk)
    budgets.release(budget=budget, kind=KIND, subject=coupon.pk, amount=rest, at=at)
