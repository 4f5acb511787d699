"""Booking beside the evaluation of deeds: entries with everything that is kept of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gamification.models import Entry
from gamification.services import boards, ledger, standing


def book(entries: Sequence[Entry], *, at: datetime) -> None:
    """Store ``entries`` and move balances, boards and standing with them."""
    Entry.objects.bulk_create(entries)
    ledger.balance(entries)
    boards.book(entries)
    standing.refresh({entry.member_id for entry in entries})


def counter_entry(entry: Entry, *, kind: Entry.Kind, at: datetime) -> Entry:
    """The entry, not stored yet, that takes ``entry`` back: about the same deed and on its day."""
    return Entry(
        member_id=entry.member_id,
        currency=entry.currency,
        amount=-entry.amount,
        kind=kind,
        rule_version_id=entry.rule_version_id,
        activity_id=entry.activity_id,
        reverses=entry,
        booked_on=entry.booked_on,
        at=at,
    )
