"""The piece of a text in which a search is answered, with the words that were looked for marked. Pure: no Django."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from community.search.analysis import TOKEN, stems
from community.search.ranking import Term

LENGTH = 180
#: So much of a text is looked at.
LONGEST = 20_000
#: What stands for a word that is none of the terms.
OTHER = -1


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


@dataclass(frozen=True, slots=True)
class Look:
    """A text with its marks; ``start`` is where most of the terms stand together, ``said`` how many different ones."""

    text: str
    marks: Sequence[Mark]
    start: int
    said: int

    def terms(self) -> set[int]:
        """Which of the terms stand anywhere in the text."""
        return {mark.term for mark in self.marks}

    def whole(self) -> list[Piece]:
        """The whole text with its marks, for titles."""
        return self._pieces(0, len(self.text))

    def best(self, length: int = LENGTH) -> list[Piece]:
        """The stretch of the text, one line, that says most of the terms."""
        begin = _word_start(self.text, max(0, min(self.start - length // 3, len(self.text) - length)))
        end = _word_end(self.text, begin + length)
        pieces = self._pieces(begin, end)
        if begin:
            pieces.insert(0, Piece("… "))
        if end < len(self.text):
            pieces.append(Piece(" …"))
        return pieces

    def _pieces(self, begin: int, end: int) -> list[Piece]:
        pieces, at = [], begin
        for mark in self.marks:
            if mark.begin < begin or mark.end > end:
                continue
            pieces += [Piece(self.text[at : mark.begin]), Piece(self.text[mark.begin : mark.end], marked=True)]
            at = mark.end
        return [piece for piece in (*pieces, Piece(self.text[at:end])) if piece.text]


class Marker:
    """Looks for the words of one search; what a word turned out to be is kept, as texts repeat their words."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._places = {word: number for number, term in reversed(list(enumerate(terms))) for word in term.near}
        self._known: dict[str, int] = {}

    def look(self, text: str, length: int = LENGTH) -> Look:
        """Look through ``text`` for the stretch that says most of the terms."""
        text = text[:LONGEST]
        marks = [
            Mark(match.start(), match.end(), term)
            for match in TOKEN.finditer(text)
            if (term := self._term(match[0])) != OTHER
        ]
        start, said, most = 0, 0, len({mark.term for mark in marks})
        for number, mark in enumerate(marks):
            if said == most:
                break
            # No more words than that fit into it.
            near = marks[number : number + length // 2 + 1]
            inside = {other.term for other in near if other.end <= mark.begin + length}
            if len(inside) > said:
                start, said = mark.begin, len(inside)
        return Look(text, marks, start, said)

    def _term(self, word: str) -> int:
        if (term := self._known.get(word)) is None:
            places = (self._places.get(stem, OTHER) for stem in stems(word))
            term = self._known[word] = next((place for place in places if place != OTHER), OTHER)
        return term


def html(pieces: Sequence[Piece]) -> str:
    """Return the pieces as safe HTML."""
    return "".join(f"<mark>{escape(one.text)}</mark>" if one.marked else escape(one.text) for one in pieces)


def _word_start(text: str, at: int) -> int:
    return text.find(" ", at) + 1 if at and " " in text[at : at + 40] else at


def _word_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    cut = text.rfind(" ", max(0, at - 40), at)
    return cut if cut > 0 else at
