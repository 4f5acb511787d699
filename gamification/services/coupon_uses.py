"""What the shop does with a code: reserve it for a basket, redeem it with an order, release it, give it back.

Every deed first locks the coupon's row, so that two tills never take the same use; constraints of the database say
the same. What a basket held for too long is free again at the next look, whether the beat has come by or not.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import F

from community import activity as journal
from community import vault
from community.models import Member
from gamification import codes
from gamification import coupon_states as states
from gamification.discounts import Basket
from gamification.models import Coupon, CouponUse
from gamification.services import budgets, coupon_terms, coupons
from gamification.services.coupon_refusals import (
    CouponExpired,
    CouponReserved,
    CouponRevoked,
    CouponUnknown,
    CouponUsed,
    RedemptionUnknown,
    ReservationOver,
    ReservationUnknown,
)

State = CouponUse.State
BATCH = 500


@dataclass(frozen=True, slots=True)
class Checked:
    """What a usable code would take off; ``discount`` is unknown without a basket."""

    coupon: Coupon
    discount: Decimal | None


@transaction.atomic
def check(*, code: str, basket: Basket | None, at: datetime) -> Checked:
    """Say what ``code`` would take off, and take nothing. Raises what ``reserve`` raises."""
    coupon = _usable(_by_code(code, at), at)
    return Checked(coupon, coupon_terms.discount(coupon.pool, basket) if basket else None)


@transaction.atomic
def reserve(*, code: str, basket_id: str, basket: Basket, at: datetime) -> CouponUse:
    """Keep one use of ``code`` for a basket; for the same basket it is the same reservation, with a new end.

    Raises ``CouponUnknown``, ``CouponExpired``, ``CouponRevoked``, ``CouponUsed``, ``CouponReserved`` and what
    ``coupon_terms.discount`` raises.
    """
    coupon = _by_code(code, at)
    own = coupon.taken.filter(state=State.RESERVED, basket=basket_id).first()
    use = own or CouponUse(coupon=_usable(coupon, at), token=_token(), basket=basket_id, reserved_at=at)
    use.state = State.RESERVED
    use.amount, use.discount = basket.amount, coupon_terms.discount(coupon.pool, basket)
    use.expires_at = at + timedelta(minutes=coupon.pool.hold_minutes)
    use.save()
    if own is None:
        _count(coupon, held=1)
    return use


@transaction.atomic
def redeem(*, code: str, order: str, basket: Basket, at: datetime, basket_id: str = "") -> CouponUse:
    """Redeem one use of ``code``: what ``basket_id`` reserved, or one that is free.

    Raises what ``reserve`` raises and ``BudgetUsedUp``.
    """
    coupon = _by_code(code, at)
    use = coupon.taken.filter(state=State.RESERVED, basket=basket_id).first() if basket_id else None
    if use is None:
        use = CouponUse(coupon=_usable(coupon, at), token=_token())
    return _settle(coupon, use, order, basket, at)


@transaction.atomic
def redeem_reserved(*, token: str, order: str, basket: Basket, at: datetime) -> CouponUse:
    """Redeem what was reserved; what comes off is worked out anew from the order.

    Raises ``ReservationUnknown``, ``ReservationOver``, ``CouponUsed``, ``CouponRevoked``, ``BudgetUsedUp`` and what
    ``coupon_terms.discount`` raises.
    """
    coupon, use = _by_token(token, at) or _none(ReservationUnknown)
    if use.state in {State.REDEEMED, State.REFUNDED}:
        raise CouponUsed
    if coupon.state == states.REVOKED:
        raise CouponRevoked
    if use.state != State.RESERVED:
        raise ReservationOver
    return _settle(coupon, use, order, basket, at)


@transaction.atomic
def release(*, token: str, at: datetime) -> CouponUse:
    """Give up a reservation; a second time changes nothing. Raises ``ReservationUnknown`` and ``CouponUsed``."""
    coupon, use = _by_token(token, at) or _none(ReservationUnknown)
    if use.state in {State.REDEEMED, State.REFUNDED}:
        raise CouponUsed
    if use.state == State.RESERVED:
        use.state, use.ended_at = State.RELEASED, at
        use.save(update_fields=["state", "ended_at"])
        _count(coupon, held=-1)
    return use


@transaction.atomic
def refund(*, token: str, at: datetime) -> CouponUse:
    """Take a redemption back: the code works again, and the budget has its money. A second time changes nothing.

    Raises ``RedemptionUnknown``.
    """
    coupon, use = _by_token(token, at) or _none(RedemptionUnknown)
    if use.state == State.REFUNDED:
        return use
    if use.state != State.REDEEMED:
        raise RedemptionUnknown
    use.state, use.ended_at = State.REFUNDED, at
    use.save(update_fields=["state", "ended_at"])
    _count(coupon, redeemed=-1, refund=True)
    _promise_again(coupon, use, at)
    journal.undo(key=_key(use), verb=journal.COUPON_REFUNDED, actor=_holder(coupon), at=at)
    return use


def lapse(*, at: datetime) -> int:
    """End the reservations whose time is over; returns of how many coupons."""
    due = CouponUse.objects.filter(state=State.RESERVED, expires_at__lte=at).order_by("coupon_id")
    ended = list(due.values_list("coupon_id", flat=True).distinct()[:BATCH])
    for pk in ended:
        with transaction.atomic():
            _lapse(coupons.locked(pk), at)
    return len(ended)


def _by_code(code: str, at: datetime) -> Coupon:
    """The coupon of ``code``, locked. What is still in stock was given to nobody, so nobody can know it."""
    row = Coupon.objects.filter(digest__in=vault.digests(codes.normal(code))).exclude(state=states.GENERATED)
    pk = row.values_list("pk", flat=True).first()
    if pk is None:
        raise CouponUnknown
    return _lapse(coupons.locked(pk), at)


def _by_token(token: str, at: datetime) -> tuple[Coupon, CouponUse] | None:
    found = CouponUse.objects.filter(token=token).values_list("coupon_id", flat=True).first()
    if found is None:
        return None
    coupon = _lapse(coupons.locked(found), at)
    return coupon, CouponUse.objects.get(token=token)


def _none(refusal: type[ReservationUnknown | RedemptionUnknown]) -> tuple[Coupon, CouponUse]:
    raise refusal


def _usable(coupon: Coupon, at: datetime) -> Coupon:
    if coupon.state == states.REVOKED:
        raise CouponRevoked
    if coupon.state == states.REDEEMED:
        raise CouponUsed
    if coupon.state == states.EXPIRED or (coupon.expires_at is not None and coupon.expires_at <= at):
        raise CouponExpired
    if coupon.state == states.RESERVED:
        raise CouponReserved
    return coupon


def _lapse(coupon: Coupon, at: datetime) -> Coupon:
    over = coupon.taken.filter(state=State.RESERVED, expires_at__lte=at).update(state=State.LAPSED, ended_at=at)
    if over:
        _count(coupon, held=-over)
    return coupon


def _settle(coupon: Coupon, use: CouponUse, order: str, basket: Basket, at: datetime) -> CouponUse:
    was_held = use.state == State.RESERVED
    use.state, use.order, use.redeemed_at = State.REDEEMED, order, at
    use.amount, use.discount = basket.amount, coupon_terms.discount(coupon.pool, basket)
    use.save()
    _count(coupon, held=-1 if was_held else 0, redeemed=1)
    budget = coupon.pool.budget
    left = budgets.promised(budget=budget, kind=coupons.KIND, subject=coupon.pk)
    held = min(left, coupon.pool.amount)
    budgets.settle(budget=budget, kind=coupons.KIND, subject=coupon.pk, held=held, amount=use.discount, at=at)
    journal.record(
        verb=journal.COUPON_REDEEMED,
        key=_key(use),
        actor=_holder(coupon),
        subject=(coupons.KIND, coupon.pk),
        facts={"pool": coupon.pool_id},
        at=at,
    )
    return use


def _promise_again(coupon: Coupon, use: CouponUse, at: datetime) -> None:
    """Spent money is promised to the code again, all that it may take off or else what it had taken off."""
    budget = coupon.pool.budget
    ways = [coupon.pool.amount, use.discount] if coupon.state in states.HELD else [Decimal(0)]
    for promise in ways:
        try:
            budgets.unsettle(
                budget=budget, kind=coupons.KIND, subject=coupon.pk, amount=use.discount, promise=promise, at=at
            )
        except budgets.BudgetUsedUp:
            continue
        return


def _count(coupon: Coupon, *, held: int = 0, redeemed: int = 0, refund: bool = False) -> None:
    """Move the uses taken of a locked coupon, and with them its state."""
    was = {"state": coupon.state, "held": coupon.held, "redeemed": coupon.redeemed}
    coupon.held, coupon.redeemed = coupon.held + held, coupon.redeemed + redeemed
    coupon.state = states.after(
        coupon.state, held=coupon.held, redeemed=coupon.redeemed, uses=coupon.uses, refund=refund
    )
    # Under the lock nobody else can have moved it; where there is no lock, the condition refuses.
    moved = Coupon.objects.filter(pk=coupon.pk, **was).update(
        state=coupon.state, held=F("held") + held, redeemed=F("redeemed") + redeemed
    )
    if not moved:
        raise CouponReserved


def _key(use: CouponUse) -> str:
    return f"{journal.COUPON_REDEEMED}:{use.coupon_id}:{use.pk}"


def _holder(coupon: Coupon) -> Member:
    """Who was given the code; nothing can be done with one that was given to nobody."""
    if coupon.member is None:
        raise CouponUnknown
    return coupon.member


def _token() -> str:
    return f"cu_{secrets.token_urlsafe(18)}"
