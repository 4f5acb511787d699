"""Expiry: credits end late and never unannounced; a notice a month before, another a week before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from community.models import Notification
from community.services import notifications
from gamification.models import Balance, Currency, Entry, Lot, LotUse
from gamification.queries.days import site_day
from gamification.services import increments

EXPIRING = "credits.expiring"
FIRST = timedelta(days=30)
LAST = timedelta(days=7)
#: Members whose lots are looked at in one transaction.
BATCH = 200


def run(*, at: datetime) -> None:
    """Tell whose credits end soon and book what ended; any number of times a day."""
    today = site_day(at)
    open_lots = Lot.objects.filter(remaining__gt=0)
    _each(open_lots.filter(expires_on__lte=today + LAST, reminded_at=None), lambda members: _remind(members, at))
    _each(open_lots.filter(expires_on__lte=today + FIRST, warned_at=None), lambda members: _warn(members, at))
    _each(open_lots.filter(_over(today)), lambda members: _expire(members, at))


def _over(today: date) -> Q:
    """What ended before today, and was told of in time."""
    return Q(expires_on__lt=today, reminded_at__isnull=False)


def _each(found: QuerySet[Lot], deed: Callable[[list[int]], None]) -> None:
    members = sorted(set(found.values_list("member_id", flat=True)))
    for start in range(0, len(members), BATCH):
        deed(members[start : start + BATCH])


def _locked(members: list[int]) -> QuerySet[Lot]:
    """The open lots of ``members``, who spend nothing until this transaction ends."""
    rows = Balance.objects.select_for_update().filter(member__in=members, currency=Currency.CREDITS)
    list(rows.order_by("member_id"))
    own = Lot.objects.filter(member__in=members, remaining__gt=0).select_related("entry")
    return own.order_by("member_id", "expires_on", "id")


@transaction.atomic
def _warn(members: list[int], at: datetime) -> None:
    due = _locked(members).filter(expires_on__lte=site_day(at) + FIRST, warned_at=None)
    found = list(due)
    Lot.objects.filter(pk__in=[lot.pk for lot in found]).update(warned_at=at)
    _tell(found, at)


@transaction.atomic
def _remind(members: list[int], at: datetime) -> None:
    """Write the last notice. Where it comes late, the credits stay until a week after it."""
    today = site_day(at)
    found = list(_locked(members).filter(expires_on__lte=today + LAST, reminded_at=None))
    for lot in found:
        lot.expires_on = max(lot.expires_on, today + LAST)
        lot.warned_at, lot.reminded_at = lot.warned_at or at, at
    Lot.objects.bulk_update(found, ["expires_on", "warned_at", "reminded_at"])
    _tell(found, at)


def _tell(found: Iterable[Lot], at: datetime) -> None:
    """One notice for each member and day."""
    by_day: dict[tuple[int, date], list[Lot]] = defaultdict(list)
    for lot in found:
        by_day[lot.member_id, lot.expires_on].append(lot)
    notifications.tell(
        [
            Notification(
                member_id=member,
                kind=EXPIRING,
                key=f"{EXPIRING}:{day}:{(day - site_day(at)).days}:{own[0].pk}",
                facts={"credits": sum(lot.remaining for lot in own), "on": day.isoformat()},
                created_at=at,
            )
            for (member, day), own in sorted(by_day.items())
        ]
    )


@transaction.atomic
def _expire(members: list[int], at: datetime) -> None:
    over = list(_locked(members).filter(_over(site_day(at))))
    entries = Entry.objects.bulk_create(
        Entry(
            member_id=lot.member_id,
            currency=Currency.CREDITS,
            amount=-lot.remaining,
            kind=Entry.Kind.EXPIRY,
            activity_id=lot.entry.activity_id,
            booked_on=site_day(at),
            at=at,
        )
        for lot in over
    )
    LotUse.objects.bulk_create(
        LotUse(lot=lot, entry=entry, amount=lot.remaining) for lot, entry in zip(over, entries, strict=True)
    )
    Lot.objects.filter(pk__in=[lot.pk for lot in over]).update(remaining=0)
    steps: dict[tuple[int, str], int] = defaultdict(int)
    for lot in over:
        steps[lot.member_id, Currency.CREDITS] -= lot.remaining
    increments.add(Balance, steps, key=("member", "currency"), value="value")
