"""What somebody typed into the search field: words, and filters like ``product:aurora-s1``. Pure: no Django."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from community.search.analysis import fold

#: Each filter by its names, the first of which is the one we write in that language.
NAMES = {
    "product": {"en": "product", "de": "produkt"},
    "topic": {"en": "topic", "de": "thema"},
    "by": {"en": "by", "de": "von"},
    "phase": {"en": "phase", "de": "phase"},
    "solved": {"en": "solved", "de": "gelöst"},
}
KINDS = {fold(name): kind for kind, names in NAMES.items() for name in names.values()}
YES, NO = {"yes", "ja", "true", "1"}, {"no", "nein", "false", "0"}
PHASES = {
    **dict.fromkeys(("before", "vor", "vorher", "vordemkauf"), "before"),
    **dict.fromkeys(("while", "bestellung", "bestellen", "ordering", "beimbestellen"), "while"),
    **dict.fromkeys(("after", "nach", "nachher", "nachdemkauf"), "after"),
}
#: ``name:value`` or ``name:"two words"``, at the beginning of a word.
OPERATOR = re.compile(r"(?<!\S)([^\W\d_]{2,20}):(\"[^\"]*\"|[^\s\"]*)")
MOST = 8


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition: its ``kind`` is a key of ``NAMES``, its value is what was typed."""

    kind: str
    value: str

    def written(self, language: str) -> str:
        """Write the filter as its reader would type it."""
        name = NAMES[self.kind].get(language, NAMES[self.kind]["en"])
        value = f'"{self.value}"' if " " in self.value else self.value
        return f"{name}:{value}"


@dataclass(frozen=True, slots=True)
class Asked:
    """A search: words and filters. ``unknown`` are names with a colon that look like a filter, with the likely one."""

    words: str
    filters: tuple[Filter, ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()

    def written(self, language: str) -> str:
        """Write the search anew."""
        return " ".join([*([self.words] if self.words else []), *(one.written(language) for one in self.filters)])

    def without(self, one: Filter) -> Asked:
        """The same search less one filter."""
        return Asked(self.words, tuple(kept for kept in self.filters if kept != one))

    def plus(self, one: Filter) -> Asked:
        """The same search with one filter more."""
        return Asked(self.words, (*self.filters, one))

    def of(self, kind: str) -> list[str]:
        """The values of one kind of filter."""
        return [one.value for one in self.filters if one.kind == kind]


def parse(text: str) -> Asked:
    """Take filters and words apart; what only looks like a filter ("12:30", "http://…") stays a word."""
    filters: dict[Filter, None] = {}
    unknown: dict[tuple[str, str], None] = {}

    def take(match: re.Match[str]) -> str:
        name, value = match[1], match[2].strip('"').strip()
        kind = KINDS.get(fold(name))
        if kind:
            filters[Filter(kind, value)] = None
            return " "
        if near := get_close_matches(fold(name), KINDS, 1, 0.75):
            unknown[name, near[0]] = None
            return f" {value} "
        return match[0]

    words = " ".join(OPERATOR.sub(take, text).split())
    return Asked(words, tuple(filters)[:MOST], tuple(unknown))


def solved(value: str) -> bool | None:
    """Read a yes or no in either language."""
    word = fold(value)
    return word in YES if word in YES | NO else None


def yes(language: str) -> str:
    """Write a yes."""
    return "ja" if language == "de" else "yes"


def phase(value: str) -> str | None:
    """Read a phase by any of its names."""
    return PHASES.get(fold(value).replace(" ", ""))


def named(value: str, names: Iterable[tuple[str, str]]) -> list[str]:
    """Return the keys of the (key, name) that ``value`` means: by key or name, or else all that begin so."""
    wanted = _plain(value)
    found = {key: {_plain(key), _plain(name)} for key, name in names}
    exact = [key for key, texts in found.items() if wanted in texts]
    begun = [key for key, texts in found.items() if wanted and any(text.startswith(wanted) for text in texts)]
    return exact or begun


def _plain(text: str) -> str:
    return re.sub(r"[\W_]", "", fold(text))
