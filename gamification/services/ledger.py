"""The ledger: book grants, book their reversals, keep the balances."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import connection

from community.models import Activity
from gamification.models import Balance, Currency, Entry, RuleVersion
from gamification.queries.days import site_day
from gamification.services import increments, lots, rows
from gamification.state import Paid

PAYING = (Entry.Kind.GRANT, Entry.Kind.RELEASE, Entry.Kind.CORRECTION)

COLUMNS = ("member", "currency", "amount", "kind", "rule_version", "activity", "reverses", "booked_on", "at")
ATTRIBUTES = tuple(field.attname for field in Entry._meta.concrete_fields if not field.primary_key)


def grant(
    grants: Iterable[Paid],
    *,
    deeds: Mapping[int, Activity],
    versions: Mapping[int, RuleVersion],
    at: datetime,
) -> list[Entry]:
    """Book each grant under the day of its deed. The database refuses a grant that was booked before."""
    days = {pk: site_day(deed.at) for pk, deed in deeds.items()}
    values = [
        (g.member, g.currency, g.amount, str(Entry.Kind.GRANT), g.version, g.deed, None, days[g.deed], at)
        for g in grants
    ]
    ids = sorted(pk for (pk,) in rows.insert(Entry, COLUMNS, values, returning=("id",)))
    version_of, deed_of = Entry._meta.get_field("rule_version"), Entry._meta.get_field("activity")
    entries = []
    for pk, value in zip(ids, values, strict=True):
        entry = Entry.from_db(connection.alias, ("id", *ATTRIBUTES), (pk, *value))
        version_of.set_cached_value(entry, versions[value[4]])
        deed_of.set_cached_value(entry, deeds[value[5]])
        entries.append(entry)
    return entries


def reverse(undos: Sequence[Activity], *, at: datetime) -> list[Entry]:
    """Book the counter-entry of everything that the undone deeds earned, on the days of those deeds."""
    by_deed = {undo.undoes_id: undo for undo in undos}
    # What is held pays nothing, and what was released or corrected pays by its release or correction.
    paying = Entry.objects.filter(kind__in=PAYING, amount__gt=0, reversed_by=None)
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
    """Add the entries to the balances, let the lots follow; return the new balances by (member, currency)."""
    booked = list(entries)
    steps: Tally[tuple[int, str]] = Tally()
    for entry in booked:
        steps[entry.member_id, str(entry.currency)] += entry.amount
    still = _unmoved(steps)
    balances = increments.add(Balance, steps, key=("member", "currency"), value="value")
    lots.follow(booked, {**still, **balances})
    return balances


def _unmoved(steps: Mapping[tuple[int, str], int]) -> dict[tuple[int, str], int]:
    """The credits of members whose entries add up to nothing: no statement moves them, yet their lots move.

    They are locked together with those that are moved next, in the order in which everybody takes them.
    """
    members = sorted(member for member, currency in steps if currency == Currency.CREDITS)
    still = {member for member in members if not steps[member, Currency.CREDITS]}
    if not still:
        return {}
    rows = Balance.objects.select_for_update().filter(member__in=members, currency=Currency.CREDITS)
    values = dict(rows.order_by("member_id").values_list("member_id", "value"))
    return {(member, str(Currency.CREDITS)): values.get(member, 0) for member in still}
