"""Rewards, and members with credits to buy them, made by the product's own services."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from community import activity
from community.models import Activity, Member, Standing
from gamification.models import Balance, Entry, Lot, Redemption, Reward
from gamification.queries.days import site_day
from gamification.services import ledger, rewards
from tests import factories
from tests.gamification import coupon_world

_numbers = itertools.count(1)
ADDRESS = "Mara Lindqvist\nDeich 3\n28195 Bremen"


def reward(kind: str = "access", **fields: Any) -> Reward:
    """Return a new reward for 100 credits; a code comes from a pool of its own."""
    if kind == "coupon" and "pool" not in fields:
        fields["pool"] = coupon_world.pool(codes=20)
    return Reward.objects.create(**{"name": f"Reward {next(_numbers)}", "kind": kind, "price": 100, **fields})


def parcel(**fields: Any) -> Reward:
    """Return a reward that is sent and costs the brand 9.50."""
    budget = fields.pop("budget", None) or coupon_world.budget("19.00")
    return reward("parcel", budget=budget, worth=Decimal("9.50"), **fields)


@transaction.atomic
def grant(to: Member, amount: int, *, at: datetime | None = None) -> Entry:
    """Book credits that a deed earned."""
    return grant_all([to], amount, at=at)[0]


@transaction.atomic
def grant_all(to: Sequence[Member], amount: int, *, at: datetime | None = None) -> list[Entry]:
    """Book the same credits to many."""
    at = at or timezone.now()
    deed = _deed(to[0], at)
    entries = Entry.objects.bulk_create(
        Entry(member=member, currency="credits", amount=amount, activity=deed, booked_on=site_day(at), at=at)
        for member in to
    )
    ledger.balance(entries)
    return entries


@transaction.atomic
def take_back(entry: Entry, *, at: datetime | None = None) -> Entry:
    """Book that the deed behind ``entry`` was undone."""
    at = at or timezone.now()
    back = Entry.objects.create(
        member=entry.member, currency="credits", amount=-entry.amount, kind=Entry.Kind.REVERSAL, reverses=entry,
        activity=_deed(entry.member, at), booked_on=entry.booked_on, at=at,
    )  # fmt: skip
    ledger.balance([back])
    return back


def rich(name: str = "Mara Lindqvist", credits: int = 250, *, level: int = 1, **fields: Any) -> Member:
    """Return a member with ``credits``."""
    made = factories.member(name, **fields)
    Standing.objects.update_or_create(member=made, defaults={"level": level})
    if credits:
        grant(made, credits)
    return made


def redeem(of: Reward, by: Member, **fields: Any) -> Redemption:
    """Return a redemption."""
    address = ADDRESS if of.kind == "parcel" else ""
    return rewards.redeem(reward=of, member=by, at=fields.pop("at", None) or timezone.now(), address=address, **fields)


def credits_of(member: Member) -> int:
    """The balance."""
    return Balance.objects.get(member=member, currency="credits").value


def left_of(member: Member) -> list[int]:
    """What is left of each lot, soonest first."""
    return list(Lot.objects.filter(member=member).order_by("expires_on", "id").values_list("remaining", flat=True))


def _deed(actor: Member, at: datetime) -> Activity:
    key = f"{activity.REWARD_REDEEMED}:test:{next(_numbers)}"
    return activity.record(verb=activity.REWARD_REDEEMED, key=key, actor=actor, subject=("reward", 0), at=at)
