"""Doors: the ledger is shown to its owner only."""

from __future__ import annotations

from community.access import NotFound, Person
from community.models import Member
from gamification.models import Entry
from gamification.queries import ledger


def entry_for(person: Person, pk: int) -> Entry:
    """One entry of the person's own ledger. Raises ``NotFound``."""
    entry = ledger.entries_of(person).filter(pk=pk).first() if isinstance(person, Member) else None
    if entry is None:
        raise NotFound
    return entry
