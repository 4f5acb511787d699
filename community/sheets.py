"""Tables as CSV that a spreadsheet may open: no text becomes a formula there. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cell(value: object) -> str:
    """A value as text that nothing computes; numbers stay numbers."""
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA) else text


def table(head: Sequence[str], rows: Iterable[Sequence[object]], *, delimiter: str = ",") -> str:
    """The rows below their head, which may name what managers wrote."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([cell(value) for value in row] for row in (head, *rows))
    return out.getvalue()
