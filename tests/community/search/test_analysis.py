"""Words, however they are written."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from community.search import analysis


@pytest.mark.parametrize("written", ["Mühle", "MÜHLE", "Muehle", "muhle", "Mu\u0308hle"])
def test_an_umlaut_may_be_written_in_any_way(written: str) -> None:
    assert analysis.document(written, "") == analysis.document("Mühle", "")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Größe", "groesse"),
        ("Entkalkung", "entkalken"),
        ("Häuser", "Haus"),
        ("Maschinen", "Maschine"),
        ("descaling", "descaled"),
        ("filters", "filter"),
        ("Café", "cafe"),
    ],
)
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert set(analysis.document(one, "").title) & set(analysis.document(other, "").title)


def test_stop_words_of_both_languages_are_left_out() -> None:
    assert analysis.document("Wie ist das mit the filter", "what about it").title == ("filt", "filter")
    assert analysis.document("Wie ist das mit the filter", "what about it").body == ()


def test_only_letters_and_digits_reach_the_index() -> None:
    texts = analysis.document("""a'b" OR (x) | & ! : * ~ NEAR/2 -- \\ \x00 50_60""", "").title
    assert [text for text in texts if not text.isalnum()] == []


def test_the_last_word_is_unfinished_until_something_follows_it() -> None:
    assert [word.beginning for word in analysis.query("filter entkalk")] == ["", "entkalk"]
    assert [word.beginning for word in analysis.query("filter entkalk ")] == ["", ""]


def test_an_unfinished_stop_word_may_become_a_real_one() -> None:
    assert [word.beginning for word in analysis.query("Aurora der")] == ["", "der"]


def test_a_query_keeps_its_last_words() -> None:
    words = [f"wort{number}" for number in range(40)]
    assert [word.stems[0] for word in analysis.query(" ".join(words))] == words[-12:]


def test_long_texts_and_words_are_cut() -> None:
    cut = analysis.document("x" * 500, " ".join(f"wort{number}" for number in range(5000)))
    assert (len(cut.title[0]), len(cut.body)) == (analysis.LONGEST_WORD, analysis.BODY_WORDS)


def test_threads_do_not_disturb_each_other() -> None:
    texts = [f"Entkalkungen Maschinen {number} running filters" for number in range(200)]
    expected = [analysis.document(text, "") for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda text: analysis.document(text, ""), texts)) == expected
