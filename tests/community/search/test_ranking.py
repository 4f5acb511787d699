"""How near two words are."""

from __future__ import annotations

import pytest

from community.search.analysis import Word, query
from community.search.ranking import Candidate, Term, nearness, rarity, score, terms


@pytest.mark.parametrize(
    ("typed", "indexed", "near"),
    [
        ("maschin", "maschin", 1.0),
        ("maschin", "espressomaschin", 0.7),
        ("espressomaschin", "maschin", 0.7),
        ("filterwechsel", "filt", 0.6),
        ("reinigung", "reinigun", 0.85),
        ("rad", "strassenrad", 0.0),
        ("s100", "s200", 0.0),
        ("milch", "pumpe", 0.0),
    ],
)
def test_compounds_are_near_and_numbers_are_exact(typed: str, indexed: str, near: float) -> None:
    assert nearness(Word((typed,)), indexed) == near


@pytest.mark.parametrize(
    ("typed", "indexed"), [("espresomaschin", "espressomaschin"), ("mahlwrek", "mahlwerk"), ("entkalkn", "entkalk")]
)
def test_a_slip_is_nearer_than_nothing_and_farther_than_the_word(typed: str, indexed: str) -> None:
    assert 0.5 < nearness(Word((typed,)), indexed) < 1


def test_a_word_being_typed_is_near_to_what_it_may_become() -> None:
    assert nearness(Word(("entka",), "entka"), "entkalkung") == 0.9
    assert nearness(Word(("entka",)), "entkalkung") < 0.9


def test_a_word_stands_for_itself_and_what_is_near_to_it() -> None:
    found = terms(query("mahlwerk xylophon "), {"mahlwerk": {"mahlwerk", "kegelmahlwerk"}, "xylophon": {"filt"}})
    assert found == [Term({"mahlwerk": 1.0, "kegelmahlwerk": 0.7}), Term({"xylophon": 1.0})]


def test_a_rare_word_says_more_and_one_in_no_title_little() -> None:
    assert rarity(1) > rarity(10) > rarity(1000) == rarity(0) > 0


def test_a_title_counts_more_than_a_body_and_full_agreement_most() -> None:
    asked = [Term({"mahlwerk": 1.0}), Term({"reinig": 1.0})]
    exact = score(Candidate(1, {"mahlwerk", "reinig"}, set()), asked)
    longer = score(Candidate(2, {"mahlwerk", "reinig", "laut"}, set()), asked)
    in_body = score(Candidate(3, {"mahlwerk"}, {"reinig"}), asked)
    half = score(Candidate(4, {"mahlwerk"}, set()), asked)
    assert exact == pytest.approx(1.0)
    assert exact > longer > in_body > half > 0
