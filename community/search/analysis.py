"""Texts to the words that are indexed and looked up: German and English stems without umlauts, free of stop words.

Pure: no Django. Every word is stemmed in both languages, because the language of a thread is its author's and says
little about its words ("Milk Frother reinigen").
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from Stemmer import Stemmer

#: What one thread brings at most; longer bodies say nothing new in their tail.
BODY_WORDS = 600
#: What all its answers bring together.
ANSWER_WORDS = 1_200
LONGEST_WORD = 40
TOKEN = re.compile(r"[^\W_]+")
UMLAUTS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "æ": "a", "ø": "o"})
#: "Mühle", "Muehle" and "Muhle" are one word; "quer" keeps its "ue", as do the ends of "issues" and "neue".
SPELLED_OUT = re.compile(r"((?<=[ao])|(?<=(?<!q)u))e(?!s?$)")
STOP_WORDS = frozenset(
    """
    ab aber alle als am an auch auf aus bei beim bin bis bitte da das dass dein dem den denn der des dich die dies
    diese diesem diesen dieser doch du durch ein eine einem einen einer eines er es etwas euch für gibt habe haben hat
    hier ich ihr im immer in ist ja jemand kann kein keine man mehr mein meine meinem meinen meiner mich mir mit muss
    müssen nach nicht noch nur ob oder ohne schon sehr sein seine seit sich sie sind so soll sollte über um und uns
    unter vom von vor war warum was welche welchem welchen welcher welches wenn wer werden wie wieder wir wird wo
    wurde zu zum zur
    a about an and any are as at be been but by can could did do does for from had has have how i if in into is it its
    me my no not of on or our please should so some than that the their them then there these they this those to too
    was we what when where which who why will with would you your
    """.split()  # noqa: SIM905 - a list of a hundred quoted words reads worse
)


class _Stemmers(threading.local):
    """A pair for each thread: they keep state between calls."""

    def __init__(self) -> None:
        self.both = (Stemmer("german"), Stemmer("english"))


_stemmers = _Stemmers()


@dataclass(frozen=True, slots=True)
class Document:
    """The distinct stems of a thread, title and body apart."""

    title: tuple[str, ...]
    body: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a query: its stems, and itself folded when it may still be growing under the typist's hands."""

    stems: tuple[str, ...]
    beginning: str = ""


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """Return ``word`` in small letters without umlauts and accents, however the umlauts were written."""
    word = unicodedata.normalize("NFC", word.lower()).translate(UMLAUTS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return SPELLED_OUT.sub("", plain)


def document(title: str, body: str) -> Document:
    """Return what the index keeps of a thread."""
    in_title = dict.fromkeys(stem for word in _words(title) for stem in _stems(word))
    return Document(tuple(in_title), _distinct([body], BODY_WORDS))


def replies(bodies: Iterable[str]) -> tuple[str, ...]:
    """Return what the index keeps of a thread's answers, which are given the most important first."""
    return _distinct(bodies, ANSWER_WORDS)


def spans(text: str) -> Iterator[tuple[int, int, str, tuple[str, ...]]]:
    """Yield each word that counts, where it stands in ``text``: begin, end, folded, stems."""
    for match in TOKEN.finditer(text):
        if known := stems(match[0]):
            yield match.start(), match.end(), fold(_normal(match[0])[:LONGEST_WORD]), known


def stems(word: str) -> tuple[str, ...]:
    """Return the stems of a word as it stands in a text; a stop word has none."""
    word = _normal(word)
    return () if word in STOP_WORDS else _stems(word[:LONGEST_WORD])


def query(text: str, *, most: int = 12) -> list[Word]:
    """Return the distinct words of a query; the last one may be unfinished unless something follows it."""
    found: dict[tuple[str, ...], Word] = {}
    for word in _words(text):
        found.setdefault(_stems(word), Word(_stems(word)))
    if (last := text[-1:]) and TOKEN.match(last):
        typed = TOKEN.findall(_normal(text))[-1]
        stems = _stems(typed[:LONGEST_WORD])
        found.pop(stems, None)
        found[stems] = Word(stems, fold(typed[:LONGEST_WORD]))
    return list(found.values())[-most:]


def _distinct(texts: Iterable[str], most: int) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for text in texts:
        for word in _words(text):
            found.update(dict.fromkeys(_stems(word)))
            if len(found) >= most:
                return tuple(found)
    return tuple(found)


def _normal(text: str) -> str:
    return text.lower() if text.isascii() else unicodedata.normalize("NFC", text.lower())


def _words(text: str) -> Iterator[str]:
    for word in TOKEN.findall(_normal(text)):
        if word not in STOP_WORDS and (len(word) > 1 or word.isdigit()):
            yield word[:LONGEST_WORD]


@lru_cache(maxsize=20_000)
def _stems(word: str) -> tuple[str, ...]:
    german, english = _stemmers.both
    return tuple(dict.fromkeys(stemmer.stemWord(fold(word)) for stemmer in (german, english)))
