"""Quality of a text while it is written: what a reader would miss or stumble over. Pure: texts in, findings out."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Final

from spellchecker import SpellChecker

ENOUGH = 120
LANGUAGES: Final = ("de", "en")
#: A word is only questioned if one that is common differs from it by a single typing mistake.
COMMON = 5e-7
SHORTEST, LONGEST = 4, 24
MOST_WORDS, MOST_FINDINGS = 400, 5
WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
OPAQUE = re.compile(r"https?://\S+|www\.\S+|`[^`]*`|@[\w-]+|\S+@\S+")


@dataclass(frozen=True, slots=True)
class Spelling:
    """A word that looks mistyped, and the one that was probably meant."""

    word: str
    meant: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What could be better about a text."""

    short: bool = False
    shouting: bool = False
    spelling: tuple[Spelling, ...] = ()


def look(title: str, body: str, *, language: str, known: Collection[str] = ()) -> Findings:
    """Return what could be better; ``known`` are names that are right as they are."""
    said = f"{title}\n{body}"
    return Findings(
        short=0 < len(body.strip()) < ENOUGH,
        shouting=shouts(said),
        spelling=misspelt(said, language=language, known={word.casefold() for word in known}),
    )


def shouts(text: str) -> bool:
    """Whether much of ``text`` is in capital letters, or it ends its sentences with rows of exclamation marks."""
    words = [word for word in WORD.findall(OPAQUE.sub(" ", text)) if len(word) > 3]
    loud = [word for word in words if word.isupper()]
    return "!!" in text or (len(loud) >= 3 and 2 * len(loud) >= len(words))


def misspelt(text: str, *, language: str, known: Collection[str] = ()) -> tuple[Spelling, ...]:
    """Words of ``text`` that no dictionary knows, each with the common word that it nearly is.

    A word of the other language passes: people mix them. German compounds pass too, being near to nothing common.
    """
    if language not in LANGUAGES:
        return ()
    own, *others = (_dictionary(code) for code in sorted(LANGUAGES, key=lambda code: code != language))
    found: dict[str, Spelling] = {}
    for word in dict.fromkeys(WORD.findall(OPAQUE.sub(" ", text))[:MOST_WORDS]):
        lower = word.casefold() if language == "en" else word.lower()
        odd = SHORTEST <= len(word) <= LONGEST and not word.isupper() and "\u2019" not in word and "'" not in word
        if not odd or lower in known or lower in own or any(lower in other for other in others):
            continue
        meant = own.correction(lower)
        if meant and meant != lower and own.word_usage_frequency(meant) >= COMMON:
            found.setdefault(lower, Spelling(word, meant.capitalize() if word[0].isupper() else meant))
        if len(found) == MOST_FINDINGS:
            break
    return tuple(found.values())


@cache
def _dictionary(language: str) -> SpellChecker:
    """Forty megabytes each, read when somebody first writes in that language."""
    return SpellChecker(language=language, distance=1)
