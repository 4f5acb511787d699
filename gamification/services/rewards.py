"""Rewards: redeem one for credits. What is sold out, not open or not paid for is refused, and nothing moves."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from community import activity, vault
from community.models import Activity, Member, Standing
from community.refusals import Refusal
from gamification.models import Coupon, Redemption, Reward
from gamification.services import budgets, coupons, credits

#: What a budget calls a redemption.
KIND = "redemption"
State = Redemption.State


class NotOffered(Refusal):
    """It left the catalogue, or its time has not come or is over."""

    code = "reward_not_offered"
    message = _("This reward is not on offer at the moment.")


class SoldOut(Refusal):
    """None is left."""

    code = "reward_sold_out"
    message = _("The last one is gone. Your balance is as it was.")


class LevelTooLow(Refusal):
    """It is for members of a higher level."""

    code = "level_too_low"
    message = _("This reward opens at a higher level.")
    status = 403


class HadEnough(Refusal):
    """The member redeemed it as often as one may."""

    code = "reward_limit_reached"
    message = _("You have redeemed this reward as often as one member may.")


class PriceChanged(Refusal):
    """It costs something else than what the member agreed to."""

    code = "price_changed"
    message = _("The price has changed meanwhile. Look at it again before you decide.")


class AddressMissing(Refusal):
    """It is sent, and nobody knows where to."""

    code = "address_missing"
    message = _("Write where we shall send it.")
    field = "address"
    status = 422


@transaction.atomic
def redeem(*, reward: Reward, member: Member, at: datetime, address: str = "", price: int | None = None) -> Redemption:
    """Take one of ``reward``, pay for it and hand over the code, if it is one.

    ``price`` is what the member saw. Raises ``NotOffered``, ``SoldOut``, ``LevelTooLow``, ``HadEnough``,
    ``PriceChanged``, ``AddressMissing`` and ``credits.NotEnoughCredits``.
    """
    _check(reward, member, price, at)
    if reward.kind == Reward.Kind.PARCEL and not address.strip():
        raise AddressMissing
    _take(reward)
    # The row is this transaction's now: what was true a moment ago is looked at once more.
    reward.refresh_from_db()
    _check(reward, member, price, at)
    earlier = Redemption.objects.filter(reward=reward, member=member)
    if reward.per_member is not None and earlier.exclude(state=State.REFUNDED).count() >= reward.per_member:
        raise HadEnough
    deed = _record(reward, member, earlier.count() + 1, at)
    redemption = Redemption(
        reward=reward,
        member=member,
        entry=credits.spend(member=member, amount=reward.price, activity=deed, at=at),
        price=reward.price,
        at=at,
    )
    if reward.kind == Reward.Kind.COUPON:
        redemption.coupon = _coupon(reward, member, deed, at)
        redemption.state, redemption.fulfilled_at = State.FULFILLED, at
    elif reward.kind == Reward.Kind.PARCEL:
        redemption.address = vault.seal(address.strip())
    redemption.save()
    _promise(redemption, at)
    return redemption


def _check(reward: Reward, member: Member, price: int | None, at: datetime) -> None:
    begun = reward.starts_at is None or reward.starts_at <= at
    if not (reward.is_active and begun and (reward.ends_at is None or at < reward.ends_at)):
        raise NotOffered
    if price is not None and price != reward.price:
        raise PriceChanged
    if reward.min_level and not Standing.objects.filter(member=member, level__gte=reward.min_level).exists():
        raise LevelTooLow
    if not credits.reach(member=member, amount=reward.price):
        raise credits.NotEnoughCredits


def _take(reward: Reward) -> None:
    left = Q(stock=None) | Q(taken__lt=F("stock"))
    if not Reward.objects.filter(left, pk=reward.pk).update(taken=F("taken") + 1):
        raise SoldOut


def _record(reward: Reward, member: Member, number: int, at: datetime) -> Activity:
    return activity.record(
        verb=activity.REWARD_REDEEMED,
        key=f"{activity.REWARD_REDEEMED}:{reward.pk}:{member.pk}:{number}",
        actor=member,
        subject=("reward", reward.pk),
        at=at,
        facts={"reward": reward.pk, "price": reward.price},
    )


def _coupon(reward: Reward, member: Member, deed: Activity, at: datetime) -> Coupon:
    """The next code of the pool; an empty pool or budget is to the member a reward that is sold out."""
    assert reward.pool is not None  # noqa: S101 - the database holds every reward of this kind to it
    try:
        return coupons.assign(pool=reward.pool, member=member, activity=deed, at=at)
    except (coupons.PoolEmpty, budgets.BudgetUsedUp) as refusal:
        raise SoldOut from refusal


def _promise(redemption: Redemption, at: datetime) -> None:
    """Set aside what the thing costs the brand."""
    reward = redemption.reward
    if reward.budget is None or reward.worth is None:
        return
    try:
        budgets.reserve(budget=reward.budget, kind=KIND, subject=redemption.pk, amount=reward.worth, at=at)
    except budgets.BudgetUsedUp as refusal:
        raise SoldOut from refusal
