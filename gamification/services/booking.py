"""Booking beside the evaluation of deeds: entries with everything that is kept of them, under the members' locks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from community.models import Standing
from gamification.models import Entry
from gamification.services import boards, ledger, standing


def lock(members: Iterable[int]) -> None:
    """Make workers wait that evaluate deeds of ``members``."""
    wanted = set(members)
    Standing.objects.bulk_create((Standing(member_id=member) for member in sorted(wanted)), ignore_conflicts=True)
    list(Standing.objects.select_for_update().filter(member__in=wanted).order_by("member_id"))


def book(entries: Sequence[Entry], *, at: datetime) -> None:
    """Store ``entries`` and move balances, boards and standing with them."""
    Entry.objects.bulk_create(entries)
    ledger.balance(entries)
    boards.book(entries)
    standing.refresh({entry.member_id for entry in entries})
