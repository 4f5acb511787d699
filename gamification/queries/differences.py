"""What is kept beside what it is derived from, key by key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from community.registry import Difference


def compare(
    check: str, expected: Mapping[Any, Any], kept: Mapping[Any, Any], *, nothing: Any = 0
) -> Iterator[Difference]:
    """Yield each key, a tuple, under which both differ; a missing one stands for ``nothing``."""
    for key in sorted(expected.keys() | kept.keys(), key=str):
        wanted, found = expected.get(key, nothing), kept.get(key, nothing)
        if wanted != found:
            yield Difference(check, " ".join(map(str, key)), str(wanted), str(found))
