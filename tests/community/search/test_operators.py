"""Words and filters in one field."""

from __future__ import annotations

import pytest

from community.search import operators
from community.search.operators import Asked, Filter, parse

SHELF = [("aurora-s1", "Aurora S1"), ("aurora-duo", "Aurora Duo"), ("kettle-fjord", "Fjord-Kessel")]


@pytest.mark.parametrize(
    ("typed", "words", "filters"),
    [
        ("filter reinigen", "filter reinigen", []),
        ("product:aurora-s1 filter", "filter", [("product", "aurora-s1")]),
        ('filter produkt:"Aurora S1" neu', "filter neu", [("product", "Aurora S1")]),
        ("von:mara gelöst:ja", "", [("by", "mara"), ("solved", "ja")]),
        ("GELOEST:nein Phase:vor thema:wasser", "", [("solved", "nein"), ("phase", "vor"), ("topic", "wasser")]),
        ("by:mara by:mara", "", [("by", "mara")]),
        ("um 12:30 Uhr", "um 12:30 Uhr", []),
        ("http://example.com/a?product:x", "http://example.com/a?product:x", []),
        ("aurora: wie oft", "aurora: wie oft", []),
        ("product: filter", "filter", [("product", "")]),
        ('product:"', '"', [("product", "")]),
    ],
)
def test_filters_are_taken_out_of_the_words(typed: str, words: str, filters: list[tuple[str, str]]) -> None:
    assert parse(typed) == Asked(words, tuple(Filter(*one) for one in filters))


@pytest.mark.parametrize(("typed", "meant"), [("produkr:mahl", "produkt"), ("solvd:yes", "solved"), ("bei:mara", "by")])
def test_what_looks_like_a_filter_is_asked_about(typed: str, meant: str) -> None:
    asked = parse(f"{typed} filter")
    if meant == "by":
        assert asked == Asked(f"{typed} filter")
    else:
        assert (asked.filters, asked.unknown) == ((), ((typed.partition(":")[0], meant),))


def test_a_search_can_be_written_anew_in_the_readers_language() -> None:
    asked = parse('filter produkt:"Aurora S1" solved:yes')
    assert asked.written("de") == 'filter produkt:"Aurora S1" gelöst:yes'
    assert asked.without(Filter("solved", "yes")).written("en") == 'filter product:"Aurora S1"'
    assert parse(asked.written("de")) == asked


def test_no_more_filters_than_a_person_types() -> None:
    assert len(parse(" ".join(f"by:member{n}" for n in range(50))).filters) == operators.MOST


@pytest.mark.parametrize(
    ("value", "slugs"),
    [
        ("aurora-s1", ["aurora-s1"]),
        ("Aurora S1", ["aurora-s1"]),
        ("AURORA s1", ["aurora-s1"]),
        ("aurora", ["aurora-s1", "aurora-duo"]),
        ("fjord", ["kettle-fjord"]),
        ("mühle", []),
        ("", []),
    ],
)
def test_a_thing_is_named_by_slug_name_or_beginning(value: str, slugs: list[str]) -> None:
    assert operators.named(value, SHELF) == slugs


def test_values_are_read_in_both_languages() -> None:
    assert [operators.solved(v) for v in ("ja", "YES", "nein", "no", "vielleicht")] == [True, True, False, False, None]
    assert [operators.phase(v) for v in ("before", "vor", "nach dem Kauf", "bestellung", "nie")] == [
        "before", "before", "after", "while", None,
    ]  # fmt: skip
