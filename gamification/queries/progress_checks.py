"""What badges, streaks, quests and the boards of topics keep, checked against what it is derived from."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, F

from community.registry import Difference
from gamification import streaks as pure
from gamification.models import Award, Evaluation, Rarity, Revocation, Streak, StreakDay, StreakRun
from gamification.queries.streaks import day_of


def revoked() -> set[tuple[int, int]]:
    """(member, grade) of everything that a manager took back and did not give back."""
    return set(Revocation.objects.filter(lifted_at=None).values_list("member_id", "grade_id"))


def rarities() -> Iterator[Difference]:
    """The kept number of holders of a grade is the number of its awards."""
    found = Award.objects.order_by().values_list("grade").annotate(n=Count("pk"))
    kept = Rarity.objects.values_list("grade", "holders")
    yield from _compare(
        "rarities",
        {(grade,): n for grade, n in found},
        {(grade,): n for grade, n in kept},
    )


def streaks() -> Iterator[Difference]:
    """Each day of a streak counts the deeds that stand, and each run is what its days make."""
    expected: Tally[tuple[int, int, date]] = Tally()
    definitions = {streak.pk: streak for streak in Streak.objects.order_by("id")}
    verbs = {verb for streak in definitions.values() for verb in streak.verbs}
    taken_back = Evaluation.objects.filter(activity__undoes__isnull=False).values("activity__undoes")
    done = Evaluation.objects.filter(activity__verb__in=verbs).exclude(activity__in=taken_back)
    for mark in done.exclude(activity__actor=F("activity__beneficiary")).select_related("activity").iterator():
        for streak in definitions.values():
            if mark.activity.verb in streak.verbs:
                expected[streak.pk, mark.activity.actor_id, day_of(mark.activity)] += 1
    kept = {(s, m, d): n for s, m, d, n in StreakDay.objects.values_list("streak_id", "member_id", "day", "deeds")}
    yield from _compare("streaks", expected, kept)
    days: dict[tuple[int, int], list[date]] = {}
    for (streak_id, member, day), deeds in kept.items():
        if deeds > 0:
            days.setdefault((streak_id, member), []).append(day)
    runs = {
        (row.streak_id, row.member_id): pure.Run(row.length, row.best, row.freezes, row.last_day)
        for row in StreakRun.objects.order_by("id")
    }
    wanted = {
        (s, m): pure.run_of(own, pure.Terms(definitions[s].freeze_every, definitions[s].freeze_most))
        for (s, m), own in days.items()
    }
    yield from _compare("streaks", wanted, runs, nothing=pure.Run())


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


CHECKS: Mapping[str, Callable[[], Iterable[Difference]]] = {"rarities": rarities, "streaks": streaks}
