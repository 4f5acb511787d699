"""Search in one's own conversations, by the stems of the community's search; what is private has no index."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from django.db.models import Exists, OuterRef, QuerySet

from chat import frames
from chat.models import Message, Participant
from community.models import Member
from community.search import analysis

MOST_WORDS = 8
MOST_FOUND = 30
#: How many of what begins alike are looked at closely, the newest first.
MOST_LOOKED_AT = 300
#: What a letter of a folded word may have been before, in both cases: not every database knows those of an umlaut.
SPELLINGS = {
    "a": "[aàáâãäåæÀÁÂÃÄÅÆ]e?", "o": "[oòóôõöøÒÓÔÕÖØ]e?", "u": "[uùúûüÙÚÛÜ]e?", "e": "[eèéêëÈÉÊË]",
    "i": "[iìíîïÌÍÎÏ]", "c": "[cçÇ]", "n": "[nñÑ]", "y": "[yýÿÝŸ]", "s": "[sß]", "ss": "(ss|[ßẞ])",
}  # fmt: skip
LETTERS = re.compile("ss|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word that somebody looks for: as it was typed, without umlauts, and its stems."""

    typed: str
    folded: str
    stems: frozenset[str]

    @property
    def pattern(self) -> str:
        """What its forms have in common, however it is spelled."""
        alike = takewhile(lambda letters: len(set(letters)) == 1, zip(self.folded, *self.stems, strict=False))
        common = "".join(letters[0] for letters in alike) or self.folded
        return "".join(SPELLINGS.get(letter, re.escape(letter)) for letter in LETTERS.findall(common))

    def is_in(self, body: str, words: Words) -> bool:
        """Whether a text holds the word, alone or inside of another, or a form of it."""
        is_said = self.typed.lower() in body.lower() or any(self.folded in word for word in words.folded)
        return is_said or not self.stems.isdisjoint(words.stems)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, without umlauts, and their stems."""

    folded: frozenset[str]
    stems: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Words:
        """Take a text apart."""
        found = [(folded, stems) for _begin, _end, folded, stems in analysis.spans(text)]
        return cls(frozenset(word for word, _ in found), frozenset(stem for _, stems in found for stem in stems))


def find(member: Member, text: str) -> list[Message]:
    """The newest messages that hold every word of ``text``, where the member takes part and may read them."""
    words = _wanted(text)
    if not words:
        return []
    # Their own conversations first: no word is looked for in what others say.
    places = Participant.objects.filter(member=member, left_at=None)
    rows: QuerySet[Message] = Message.objects.filter(conversation__in=places.values("conversation"), deleted_at=None)
    rows = rows.exclude(body="")
    for word in words:
        rows = rows.filter(body__iregex=word.pattern)
    theirs = places.filter(conversation=OuterRef("conversation"), from_seq__lte=OuterRef("seq"))
    alike = frames.with_senders(rows.filter(Exists(theirs))).order_by("-at", "-id")[:MOST_LOOKED_AT]
    return [row for row in alike if _says(row.body, words)][:MOST_FOUND]


def _wanted(text: str) -> list[Wanted]:
    """The words that count; where none does, as in "wie", all of them as they are."""
    found = [Wanted(text[begin:end], folded, frozenset(stems)) for begin, end, folded, stems in analysis.spans(text)]
    return (found or [Wanted(word, word.lower(), frozenset()) for word in text.split()])[:MOST_WORDS]


def _says(body: str, words: list[Wanted]) -> bool:
    said = Words.of(body)
    return all(word.is_in(body, said) for word in words)
