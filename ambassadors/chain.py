"""The chain of statements: each one's hash covers all it says and the hash of the one before. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

#: What stands before the first statement.
GENESIS = "0" * 64


def canonical(said: Mapping[str, object]) -> bytes:
    """The one way in which ``said`` is written: sorted keys, no spaces, UTF-8."""
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(said: Mapping[str, object]) -> str:
    """The SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(said)).hexdigest()


def breaks(links: Sequence[tuple[str, str, str]]) -> list[int]:
    """Where a chain of (previous hash, stored hash, computed hash) does not hold, by position."""
    found = []
    before = GENESIS
    for position, (previous, stored, computed) in enumerate(links):
        if previous != before or stored != computed:
            found.append(position)
        before = stored
    return found
