"""What people typed, as it is stored: without the characters that no reader sees and some machines choke on.

Control characters break feeds and other XML; marks of direction turn the rest of a page around.
"""

from __future__ import annotations

import re
import unicodedata

INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
UNSEEN = frozenset({"Cf", "Zs", "Zl", "Zp", "Cc"})
#: Letters by their kind, blank to the eye.
BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
SURROGATE = re.compile("[\ud800-\udfff]")


def line(text: str) -> str:
    """Return ``text`` as one line: runs of blanks are one, accents are one character with their letter."""
    return _seen(" ".join(_visible(text).split()))


def lines(text: str) -> str:
    """Return ``text`` with the line ends that every system understands and nothing around it."""
    return _seen(plain(text).strip())


def plain(text: str) -> str:
    """Return ``text`` as it was typed, blanks around it included, fit to be stored."""
    return _visible(text.replace("\r\n", "\n").replace("\r", "\n"))


def number(text: str | None) -> int | None:
    """The number that ``text`` of an address is, small enough for an id; or nothing."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 19 else None


def _seen(text: str) -> str:
    """``text``, or nothing where all of it is marks without a width: a title that nobody sees is none."""
    return text if any(unicodedata.category(one) not in UNSEEN and one not in BLANK for one in text) else ""


def _visible(text: str) -> str:
    return unicodedata.normalize("NFC", SURROGATE.sub("", INVISIBLE.sub("", text)))
