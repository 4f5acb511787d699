"""The piece of a text that answers a search."""

from __future__ import annotations

from community.search import analysis, ranking, snippets
from community.search.ranking import Term

LONG = "Vorweg etwas anderes. " * 20 + "Die Entkalkung der Maschine dauert eine Stunde. " + "Danach spülen. " * 30


def terms(text: str) -> list[Term]:
    return ranking.terms(analysis.query(f"{text} "), {})


def shown(pieces: list[snippets.Piece]) -> str:
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces)


def test_words_are_marked_in_whatever_form_they_stand() -> None:
    assert shown(snippets.whole("Muehle: Mühlen und Müller", terms("mühle"))) == "[Muehle]: [Mühlen] und Müller"


def test_the_stretch_with_most_of_the_words_is_shown() -> None:
    pieces, said = snippets.best(LONG, terms("maschine entkalkung"))
    assert said == 2
    assert "Die [Entkalkung] der [Maschine] dauert" in shown(pieces)
    assert shown(pieces).startswith("… ")
    assert shown(pieces).endswith(" …")
    assert len("".join(piece.text for piece in pieces)) <= snippets.LENGTH + 4


def test_without_a_word_the_beginning_is_shown() -> None:
    pieces, said = snippets.best(LONG, terms("xylophon"))
    assert (said, shown(pieces)[:20]) == (0, LONG[:20])


def test_short_and_empty_texts_are_whole() -> None:
    assert shown(snippets.best("Eine Mühle.", terms("mühle"))[0]) == "Eine [Mühle]."
    assert snippets.best("", terms("mühle")) == ([], 0)


def test_nothing_is_lost_or_doubled() -> None:
    text = "a Mühle, <b>Mühle</b> & Mühle"
    assert "".join(piece.text for piece in snippets.whole(text, terms("mühle"))) == text
