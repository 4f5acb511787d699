"""What badges, streaks, quests and the boards of topics keep, checked against what it is derived from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Count

from community.registry import Difference
from gamification.models import Award, Rarity, Revocation


def revoked() -> set[tuple[int, int]]:
    """(member, grade) of everything that a manager took back and did not give back."""
    return set(
        Revocation.objects.filter(lifted_at=None).values_list("member_id", "grade_id")
    )


def rarities() -> Iterator[Difference]:
    """The kept number of holders of a grade is the number of its awards."""
    found = Award.objects.order_by().values_list("grade").annotate(n=Count("pk"))
    kept = Rarity.objects.values_list("grade", "holders")
    yield from _compare(
        "rarities",
        {(grade,): n for grade, n in found},
        {(grade,): n for grade, n in kept},
    )


def _compare(
    check: str,
    expected: Mapping[Any, Any],
    kept: Mapping[Any, Any],
    *,
    nothing: Any = 0,
) -> Iterator[Difference]:
    for key in sorted(expected.keys() | kept.keys(), key=str):
        wanted, found = expected.get(key, nothing), kept.get(key, nothing)
        if wanted != found:
            yield Difference(check, " ".join(map(str, key)), str(wanted), str(found))


CHECKS: Mapping[str, Callable[[], Iterable[Difference]]] = {"rarities": rarities}
