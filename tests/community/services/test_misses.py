"""What was looked for in vain."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from community.models import Member, SearchMiss
from community.services import misses

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def note(term: str, language: str = "de") -> None:
    misses.note(term=term, language=language, at=NOW)


def test_the_same_words_are_counted_in_one_row_for_each_language() -> None:
    for term in ("Waschmaschine", "  waschmaschine ", "WASCHMASCHINE"):
        note(term)
    note("waschmaschine", "en")
    rows = SearchMiss.objects.order_by("language").values_list("term", "language", "count")
    assert list(rows) == [("waschmaschine", "de", 3), ("waschmaschine", "en", 1)]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("lena@demo.example Rechnung", "rechnung"),
        ("Bestellung 4711-0815", "bestellung"),
        ("IBAN DE12 3456 7890", "iban"),
        ("+49 171 2345678", ""),
        ("Aurora S1 9 bar", "aurora s1 9 bar"),
        ("x" * 200, ""),
        ("a\x00b\u202ec", "abc"),
    ],
)
def test_nothing_personal_is_kept(typed: str, kept: str) -> None:
    assert misses.normal(typed) == kept


def test_too_little_is_not_kept() -> None:
    note("ab")
    note("lena@demo.example")
    assert not SearchMiss.objects.exists()


def test_what_is_done_comes_back_when_it_is_missed_again(member: Member) -> None:
    note("waschmaschine")
    miss = SearchMiss.objects.get()
    misses.finish(miss=miss, by=member, at=NOW)
    misses.finish(miss=miss, by=member, at=NOW + timedelta(hours=1))
    miss.refresh_from_db()
    assert (miss.done_at, miss.done_by) == (NOW, member)
    note("waschmaschine")
    miss.refresh_from_db()
    assert (miss.count, miss.done_at, miss.done_by) == (2, None, None)
