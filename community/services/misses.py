"""Misses: what was looked for in vain, counted for those who can write the answer."""

from __future__ import annotations

import re
from datetime import datetime

from django.db.models import F

from community import words
from community.models import Member, SearchMiss

#: What may say who somebody is: addresses, and numbers of orders, cards and telephones.
PERSONAL = re.compile(r"\S*@\S*|\S*\d[\d\s/.-]{3,}\d\S*")
SHORTEST = 3


def note(*, term: str, language: str, at: datetime) -> None:
    """Count one search in vain; what was done about the same words before was not enough."""
    term = normal(term)
    if len(term) < SHORTEST:
        return
    # First a row, then one statement that adds to it: two searches at once are two.
    SearchMiss.objects.bulk_create([SearchMiss(term=term, language=language, last_at=at)], ignore_conflicts=True)
    SearchMiss.objects.filter(term=term, language=language).update(
        count=F("count") + 1, last_at=at, done_at=None, done_by=None
    )


def finish(*, miss: SearchMiss, by: Member, at: datetime) -> None:
    """Say that these words lead somewhere now. Twice is once."""
    SearchMiss.objects.filter(pk=miss.pk, done_at=None).update(done_at=at, done_by=by)


def normal(term: str) -> str:
    """Return the words in small letters, without what may say who somebody is."""
    kept = " ".join(PERSONAL.sub(" ", words.line(term).casefold()).split())
    return kept if len(kept) <= SearchMiss.TERM_MAX else ""
