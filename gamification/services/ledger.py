"""The ledger: book grants, book their reversals, keep the balances."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.utils import timezone

from community.models import Activity
from gamification.models import Balance, Entry, RuleVersion
from gamification.rules import Grant
from gamification.services import increments


def grant(
    grants: Iterable[Grant],
    *,
    deeds: Mapping[int, Activity],
    versions: Mapping[int, RuleVersion],
    at: datetime,
) -> list[Entry]:
    """Book each grant under the day of its deed. The database refuses a grant that was booked before."""
    return Entry.objects.bulk_create(
        Entry(
            member_id=grant.member,
            currency=grant.currency,
            amount=grant.amount,
            kind=Entry.Kind.GRANT,
            rule_version=versions[grant.version],
            activity=deeds[grant.deed],
            booked_on=_day(deeds[grant.deed].at),
            at=at,
        )
        for grant in grants
    )


def reverse(undos: Sequence[Activity], *, at: datetime) -> list[Entry]:
    """Book the counter-entry of everything that the undone deeds earned, on the days of those deeds."""
    by_deed = {undo.undoes_id: undo for undo in undos}
    # What is held pays nothing, and what was released pays by its release.
    paying = Entry.objects.filter(kind__in=(Entry.Kind.GRANT, Entry.Kind.RELEASE), amount__gt=0, reversed_by=None)
    earned = paying.filter(activity__in=list(by_deed)).order_by("id")
    return Entry.objects.bulk_create(
        Entry(
            member_id=entry.member_id,
            currency=entry.currency,
            amount=-entry.amount,
            kind=Entry.Kind.REVERSAL,
            rule_version_id=entry.rule_version_id,
            activity=by_deed[entry.activity_id],
            reverses=entry,
            booked_on=entry.booked_on,
            at=at,
        )
        for entry in earned
    )


def balance(entries: Iterable[Entry]) -> dict[tuple[int, str], int]:
    """Add the entries to the balances; return the new balances by (member, currency)."""
    steps: Tally[tuple[int, str]] = Tally()
    for entry in entries:
        steps[entry.member_id, str(entry.currency)] += entry.amount
    return increments.add(Balance, steps, key=("member", "currency"), value="value")


def _day(at: datetime) -> date:
    """The day of ``at`` in the site's time zone."""
    return timezone.localtime(at, timezone.get_default_timezone()).date()
