"""How evenly talks are spread over people. Pure."""

from __future__ import annotations

from collections.abc import Sequence


def gini(counts: Sequence[int]) -> float | None:
    """The Gini coefficient: 0 where everybody has the same, towards 1 where one has it all.

    ``None`` where there is nothing to spread or nobody to spread it over: one person is neither fair nor unfair.
    """
    total, people = sum(counts), len(counts)
    if people < 2 or total <= 0:
        return None
    weighted = sum(place * count for place, count in enumerate(sorted(counts), start=1))
    return 2 * weighted / (people * total) - (people + 1) / people


def top_share(counts: Sequence[int], *, part: float = 0.2) -> float | None:
    """The share of all that the busiest ``part`` of the people have, at least one person."""
    total = sum(counts)
    if not counts or total <= 0:
        return None
    busiest = max(1, round(len(counts) * part))
    return sum(sorted(counts, reverse=True)[:busiest]) / total
