"""What tells who somebody is, taken out of a text before others read it. Pure.

Addresses, telephone and account numbers and order numbers are found by their form, names because they are known. Two
people read the result before anybody else does: this saves them the obvious, it does not replace them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

GONE = "…"
PATTERNS = (
    # E-mail addresses (RFC 5321, as people write them).
    re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    # Account numbers (ISO 13616), before telephone numbers eat their digits.
    re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b"),
    # Numbers of orders, invoices and parcels: letters and digits mixed, five signs or more.
    re.compile(r"\b(?=[A-Z0-9-]{5,}\b)(?=[A-Z0-9-]*\d)(?=[A-Z0-9-]*[A-Z])[A-Z0-9]+(?:-[A-Z0-9]+)*\b"),
    # Telephone numbers: seven digits or more, with what people put between them.
    re.compile(r"(?<![\w.,])\+?\d(?:[\s/()-]{0,2}\d){6,}(?![\w])"),
    # What stands behind an address may name a person, a basket or a search.
    re.compile(r"(?<=\S)[?#]\S+"),
)


def redact(text: str, *, names: Iterable[str] = ()) -> str:
    """``text`` without what its form or one of ``names`` gives away; each becomes an ellipsis."""
    for pattern in PATTERNS:
        text = pattern.sub(GONE, text)
    known = {part for name in names for part in (name, *name.split()) if len(part) > 2}
    for part in sorted(known, key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(part)}\b", GONE, text, flags=re.IGNORECASE)
    return text
