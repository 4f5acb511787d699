"""Redemptions after the purchase: a manager hands over what was bought, or gives the credits back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from community import activity, vault
from community.models import Member, Notification
from community.refusals import Refusal
from community.services import notifications
from gamification import coupon_states
from gamification.models import Redemption, Reward
from gamification.services import budgets, coupons, credits
from gamification.services.rewards import KIND, State
from gamification.words import in_all_languages

FULFILLED = "reward.fulfilled"
REFUNDED = activity.REWARD_REFUNDED


class NotOpen(Refusal):
    """It is done or refunded already."""

    code = "redemption_not_open"
    message = _("This is done or refunded already.")


class CodeUsed(Refusal):
    """The code was redeemed in the shop."""

    code = "coupon_used"
    message = _("The code was redeemed in the shop. Give the order back there first.")


class ReasonMissing(Refusal):
    """The member is told why."""

    code = "reason_missing"
    message = _("Write the reason. The member reads it.")
    status = 422


@transaction.atomic
def fulfil(*, redemption: Redemption, by: Member, note: str = "", at: datetime) -> None:
    """Say that the member has got it, with a word for them; the address is forgotten. Raises ``NotOpen``."""
    done = Redemption.objects.filter(pk=redemption.pk, state=State.OPEN).update(
        state=State.FULFILLED, fulfilled_at=at, fulfilled_by=by, note=note.strip(), address=""
    )
    if not done:
        raise NotOpen
    reward = redemption.reward
    if reward.budget is not None:
        held = budgets.promised(budget=reward.budget, kind=KIND, subject=redemption.pk)
        if held:
            budgets.settle(budget=reward.budget, kind=KIND, subject=redemption.pk, held=held, amount=held, at=at)
    _tell(FULFILLED, redemption, note.strip(), at)


@transaction.atomic
def refund(*, redemption: Redemption, by: Member, reason: str, at: datetime) -> None:
    """Give the credits back, revoke a code that was not used, and tell the member why.

    Raises ``ReasonMissing``, ``NotOpen`` where it is refunded already, and ``CodeUsed``.
    """
    reason = reason.strip()
    if not reason:
        raise ReasonMissing
    # Redeeming takes the reward's row first as well, so that nobody waits for one another in a circle.
    rewards = Reward.objects.filter(pk=redemption.reward_id)
    list(rewards.select_for_update())
    standing = Redemption.objects.filter(pk=redemption.pk).exclude(state=State.REFUNDED)
    if not standing.update(state=State.REFUNDED, refunded_at=at, refunded_by=by, refund_reason=reason, address=""):
        raise NotOpen
    rewards.update(taken=F("taken") - 1)
    redemption = Redemption.objects.select_related("entry__activity", "reward__budget", "coupon").get(pk=redemption.pk)
    undo = activity.undo(key=redemption.entry.activity.key, verb=activity.REWARD_REFUNDED, actor=by, at=at)
    credits.refund(entry=redemption.entry, activity=undo, at=at)
    _revoke(redemption, by, at)
    reward = redemption.reward
    if reward.budget is not None:
        held = budgets.promised(budget=reward.budget, kind=KIND, subject=redemption.pk)
        if held:
            budgets.release(budget=reward.budget, kind=KIND, subject=redemption.pk, amount=held, at=at)
    _tell(REFUNDED, redemption, reason, at)


def address_of(redemption: Redemption) -> str:
    """Where to send it, for the manager; empty once it is done."""
    return vault.unseal(redemption.address) if redemption.address else ""


def forget_addresses(member: Member, at: datetime) -> None:
    """Nothing is sent to somebody who asked to be forgotten."""
    Redemption.objects.filter(member=member).exclude(address="").update(address="")


def _revoke(redemption: Redemption, by: Member, at: datetime) -> None:
    coupon = redemption.coupon
    if coupon is None:
        return
    coupon = coupons.locked(coupon.pk)
    if coupon.redeemed:
        raise CodeUsed
    if coupon.state in coupon_states.REVOCABLE:
        coupons.revoke(coupon=coupon, by=by, at=at)


def _tell(kind: str, redemption: Redemption, words: str, at: datetime) -> None:
    facts = {"price": redemption.price, "words": words, **in_all_languages(redemption.reward, "name")}
    notifications.tell(
        [
            Notification(
                member_id=redemption.member_id,
                kind=kind,
                key=f"{kind}:{redemption.pk}",
                facts=facts,
                created_at=at,
            )
        ]
    )
