"""Spending credits, giving them back, and what becomes of those that nobody spends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.models import Model
from django.db.models.signals import post_init
from django.utils import timezone

from community import activity
from community.models import Activity, Member, Notification
from gamification.models import CreditTerms, Entry, Lot
from gamification.queries import reward_checks
from gamification.queries.days import site_day
from gamification.services import credits, expiry, lots
from tests.gamification import reward_world as world

pytestmark = pytest.mark.django_db
JANUARY = datetime(2026, 1, 31, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def deed(member: Member) -> Activity:
    return activity.repeat(verb=activity.REWARD_REDEEMED, actor=member, subject=("reward", 1), at=timezone.now())


def spend(member: Member, amount: int) -> Entry:
    return credits.spend(member=member, amount=amount, activity=deed(member), at=timezone.now())


@contextmanager
def read_of(model: type[Model]) -> Iterator[list[int]]:
    """Collect the keys of the rows of ``model`` that the block reads."""
    keys: list[int] = []

    def made(instance: Model, **_rest: object) -> None:
        if instance.pk:
            keys.append(instance.pk)

    post_init.connect(made, sender=model)
    try:
        yield keys
    finally:
        post_init.disconnect(made, sender=model)


def test_a_grant_opens_a_lot_that_lasts_as_long_as_the_manager_says(member: Member) -> None:
    CreditTerms.objects.update(months=13)

    world.grant(member, 40, at=JANUARY)

    lot = Lot.objects.get()
    assert (lot.amount, lot.remaining, lot.expires_on) == (40, 40, date(2027, 2, 28))


def test_what_expires_soonest_is_spent_first(member: Member) -> None:
    world.grant(member, 40, at=timezone.now())
    world.grant(member, 30, at=timezone.now() - 90 * DAY)

    entry = spend(member, 50)

    assert (entry.kind, entry.amount, world.credits_of(member)) == ("spend", -50, 20)
    assert world.left_of(member) == [0, 20]


def test_as_many_lots_are_emptied_as_it_takes(member: Member) -> None:
    for days in range(2 * lots.AT_ONCE + 5):
        world.grant(member, 2, at=timezone.now() - days * DAY)

    spend(member, 4 * lots.AT_ONCE + 1)

    assert (world.credits_of(member), world.left_of(member)) == (9, [0] * 2 * lots.AT_ONCE + [1, 2, 2, 2, 2])


def test_a_loss_reads_no_more_lots_than_it_needs(member: Member) -> None:
    grants = [world.grant(member, 2, at=timezone.now() - days * DAY) for days in range(2 * lots.AT_ONCE)]

    with read_of(Lot) as ids:
        world.take_back(grants[0])
    assert ids == list(Lot.objects.filter(entry=grants[0]).values_list("pk", flat=True))

    with read_of(Lot) as ids:
        spend(member, 3)
    assert len(ids) == lots.AT_ONCE


def test_nobody_spends_more_than_there_is(member: Member) -> None:
    world.grant(member, 40)

    with pytest.raises(credits.NotEnoughCredits):
        spend(member, 41)

    assert (world.credits_of(member), world.left_of(member), Entry.objects.count()) == (40, [40], 1)


def test_a_refund_goes_back_to_where_it_came_from(member: Member) -> None:
    world.grant(member, 40, at=timezone.now())
    world.grant(member, 30, at=timezone.now() - 90 * DAY)
    entry = spend(member, 50)

    credits.refund(entry=entry, activity=deed(member), at=timezone.now())

    assert (world.credits_of(member), world.left_of(member)) == (70, [30, 40])
    assert list(reward_checks.lots()) == []


def test_spent_credits_that_are_taken_back_are_a_debt_that_the_next_ones_settle(member: Member) -> None:
    first = world.grant(member, 40)
    spend(member, 30)

    world.take_back(first)
    assert (world.credits_of(member), world.left_of(member)) == (-30, [0])

    world.grant(member, 50)
    assert (world.credits_of(member), world.left_of(member)) == (20, [0, 20])
    assert list(reward_checks.lots()) == []


def test_two_notices_come_before_credits_expire(member: Member) -> None:
    granted = world.grant(member, 40, at=JANUARY)
    end = Lot.objects.get().expires_on
    noon = datetime.combine(end, JANUARY.timetz())

    told = []
    for days in (31, 30, 30, 8, 7, 1, 0):
        expiry.run(at=noon - days * DAY)
        told.append(Notification.objects.count())
    assert told == [0, 1, 1, 1, 2, 2, 2]
    assert Notification.objects.latest("id").facts == {"credits": 40, "on": end.isoformat()}
    assert world.credits_of(member) == 40

    for _twice in range(2):
        expiry.run(at=noon + DAY)
    assert (world.credits_of(member), world.left_of(member)) == (0, [0])
    assert list(Entry.objects.filter(kind="expiry").values_list("amount", "activity")) == [(-40, granted.activity_id)]


def test_nothing_expires_that_was_not_told_of(member: Member) -> None:
    world.grant(member, 40, at=JANUARY)
    late = datetime.combine(Lot.objects.get().expires_on, JANUARY.timetz()) + 50 * DAY

    expiry.run(at=late)

    assert (world.credits_of(member), Lot.objects.get().expires_on) == (40, site_day(late + 7 * DAY))


def test_expired_credits_of_a_deed_that_is_undone_are_no_debt(member: Member) -> None:
    entry = world.grant(member, 40, at=JANUARY)
    end = datetime.combine(Lot.objects.get().expires_on, JANUARY.timetz())
    for moment in (end - 7 * DAY, end + DAY):
        expiry.run(at=moment)
    assert world.credits_of(member) == 0

    world.take_back(entry, at=end + 2 * DAY)

    assert (world.credits_of(member), world.left_of(member)) == (0, [0])
    assert list(reward_checks.lots()) == []
