"""What changed between two texts, word by word, as a reader would mark it with a pencil."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, GONE, NEW = "same", "gone", "new"
WORD = re.compile(r"\w+|\s+|[^\w\s]")
LINE = re.compile(r"[^\n]*\n|[^\n]+")
#: More pieces than this are compared in larger ones: finding the finest difference of long texts takes too long.
MOST = 2_000
#: With less than this share in common two stretches are different ones; marking single words would only confuse.
ALIKE = 0.3
#: So little between two changes is taken into them.
TINY = 2


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed, went or came."""

    kind: str
    text: str


def pieces(old: str, new: str) -> list[Piece]:
    """What stayed, went and came, in reading order: joined, all but what came is ``old``, all but what went ``new``."""
    return _joined(list(_compared(old, new, alike=ALIKE)))


def changed(old: str, new: str) -> int:
    """How many characters went or came."""
    return sum(len(piece.text) for piece in _compared(old, new, alike=0) if piece.kind != SAME)


def _compared(old: str, new: str, *, alike: float) -> Iterator[Piece]:
    for before, after in _blocks(LINE.findall(old), LINE.findall(new)):
        if before == after:
            yield Piece(SAME, before)
        else:
            yield from _by_words(before, after, alike)


def _by_words(old: str, new: str, alike: float) -> Iterator[Piece]:
    blocks = list(_blocks(WORD.findall(old), WORD.findall(new)))
    if sum(len(before.strip()) for before, after in blocks if before == after) < alike * max(len(old), len(new)):
        blocks = [(old, new)]
    for before, after in blocks:
        if before == after:
            yield Piece(SAME, before)
        else:
            yield Piece(GONE, before)
            yield Piece(NEW, after)


def _blocks(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Stretches of both sides that belong together; equal where they are the same."""
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    before, after = old[start : len(old) - end], new[start : len(new) - end]
    yield "".join(old[:start]), "".join(old[:start])
    if max(len(before), len(after)) > MOST:
        yield "".join(before), "".join(after)
    else:
        for _kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=len(before) > MOST // 4).get_opcodes():
            yield "".join(before[i:j]), "".join(after[k:m])
    tail = "".join(old[len(old) - end :])
    yield tail, tail


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many pieces at the start are the same."""
    return next(
        (at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new))
    )


def _goes_on(found: Sequence[Piece], at: int) -> bool:
    return any(piece.kind != SAME for piece in found[at + 1 : at + 2])


def _joined(found: Sequence[Piece]) -> list[Piece]:
    """Neighbours of one kind as one piece, with what little stands between two changes; none empty."""
    gone, new, joined = "", "", list[Piece]()

    def flush() -> None:
        nonlocal gone, new
        joined.extend(Piece(kind, text) for kind, text in ((GONE, gone), (NEW, new)) if text)
        gone = new = ""

    for at, piece in enumerate(found):
        if piece.kind == GONE:
            gone += piece.text
        elif piece.kind == NEW:
            new += piece.text
        elif len(piece.text) <= TINY and "\n" not in piece.text and (gone or new) and _goes_on(found, at):
            gone, new = gone + piece.text, new + piece.text
        elif piece.text:
            flush()
            if joined and joined[-1].kind == SAME:
                joined[-1] = Piece(SAME, joined[-1].text + piece.text)
            else:
                joined.append(piece)
    flush()
    return joined
