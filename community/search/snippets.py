"""The piece of a text in which a search is answered, with the words that were looked for marked. Pure: no Django."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from community.search.analysis import spans
from community.search.ranking import Term

LENGTH = 180
#: So much of a text is looked at.
LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text, marked or not."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a word that was looked for stands, and which of the terms it is."""

    begin: int
    end: int
    term: int


def whole(text: str, terms: Sequence[Term]) -> list[Piece]:
    """The whole text with its marks, for titles."""
    return _pieces(text, 0, len(text), marks(text, terms))


def best(text: str, terms: Sequence[Term], length: int = LENGTH) -> tuple[list[Piece], int]:
    """The stretch of ``text``, one line, that says most of the terms, and how many different ones it says."""
    text = text[:LONGEST]
    found = marks(text, terms)
    start, said = 0, 0
    for number, mark in enumerate(found):
        inside = {other.term for other in found[number:] if other.end <= mark.begin + length}
        if len(inside) > said:
            start, said = mark.begin, len(inside)
    begin = _word_start(text, max(0, min(start - length // 3, len(text) - length)))
    end = _word_end(text, begin + length)
    pieces = _pieces(text, begin, end, found)
    if begin:
        pieces.insert(0, Piece("… "))
    if end < len(text):
        pieces.append(Piece(" …"))
    return pieces, said


def says_all(texts: Sequence[str], terms: Sequence[Term]) -> bool:
    """Whether every term stands in one of the texts."""
    return len({mark.term for text in texts for mark in marks(text[:LONGEST], terms)}) == len(terms)


def marks(text: str, terms: Sequence[Term]) -> list[Mark]:
    """Every word of ``text`` that stands for one of the terms."""
    place = {word: number for number, term in reversed(list(enumerate(terms))) for word in term.near}
    return [
        Mark(begin, end, place[stem])
        for begin, end, _folded, stems in spans(text)
        if (stem := next((one for one in stems if one in place), None)) is not None
    ]


def _pieces(text: str, begin: int, end: int, found: Sequence[Mark]) -> list[Piece]:
    pieces, at = [], begin
    for mark in found:
        if mark.begin < begin or mark.end > end:
            continue
        pieces += [Piece(text[at : mark.begin]), Piece(text[mark.begin : mark.end], marked=True)]
        at = mark.end
    return [piece for piece in (*pieces, Piece(text[at:end])) if piece.text]


def _word_start(text: str, at: int) -> int:
    return text.find(" ", at) + 1 if at and " " in text[at : at + 40] else at


def _word_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    cut = text.rfind(" ", max(0, at - 40), at)
    return cut if cut > 0 else at
