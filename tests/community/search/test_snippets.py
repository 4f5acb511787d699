"""The piece of a text that answers a search."""

from __future__ import annotations

from community.search import analysis, ranking, snippets
from community.search.ranking import Term

LONG = "Vorweg etwas anderes. " * 20 + "Die Entkalkung der Maschine dauert eine Stunde. " + "Danach spülen. " * 30


def terms(text: str) -> list[Term]:
    return ranking.terms(analysis.query(f"{text} "), {})


def look(text: str, query: str) -> snippets.Look:
    return snippets.Marker(terms(query)).look(text)


def shown(pieces: list[snippets.Piece]) -> str:
    return "".join(f"[{piece.text}]" if piece.marked else piece.text for piece in pieces)


def test_words_are_marked_in_whatever_form_they_stand() -> None:
    assert shown(look("Muehle: Mühlen und Müller", "mühle").whole()) == "[Muehle]: [Mühlen] und Müller"


def test_the_stretch_with_most_of_the_words_is_shown() -> None:
    found = look(LONG, "maschine entkalkung")
    pieces = found.best()
    assert (found.said, found.terms()) == (2, {0, 1})
    assert "Die [Entkalkung] der [Maschine] dauert" in shown(pieces)
    assert shown(pieces).startswith("… ")
    assert shown(pieces).endswith(" …")
    assert len("".join(piece.text for piece in pieces)) <= snippets.LENGTH + 4


def test_words_that_stand_too_far_apart_are_not_said_together() -> None:
    found = look("Maschine " + "und " * 60 + "Entkalkung", "maschine entkalkung")
    assert (found.said, found.terms()) == (1, {0, 1})


def test_without_a_word_the_beginning_is_shown() -> None:
    found = look(LONG, "xylophon")
    assert (found.said, shown(found.best())[:20]) == (0, LONG[:20])


def test_short_and_empty_texts_are_whole() -> None:
    assert shown(look("Eine Mühle.", "mühle").best()) == "Eine [Mühle]."
    empty = look("", "mühle")
    assert (empty.best(), empty.said) == ([], 0)


def test_nothing_is_lost_or_doubled() -> None:
    text = "a Mühle, <b>Mühle</b> & Mühle"
    assert "".join(piece.text for piece in look(text, "mühle").whole()) == text
