"""What badges, streaks, quests and the boards of topics keep, checked against what it is derived from."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from django.db.models import Count, F, Sum

from community.registry import Difference
from gamification import streaks as pure
from gamification.models import (
    Award,
    BoardScore,
    Currency,
    Entry,
    Evaluation,
    Quest,
    QuestCompletion,
    QuestProgress,
    Rarity,
    Revocation,
    SeasonDay,
    Streak,
    StreakDay,
    StreakRun,
    TopicScore,
)
from gamification.queries.boards import periods, topic_sums
from gamification.queries.differences import compare
from gamification.queries.quests import done_within
from gamification.queries.streaks import day_of


def revoked() -> set[tuple[int, int]]:
    """(member, grade) of everything that a manager took back and did not give back."""
    return set(Revocation.objects.filter(lifted_at=None).values_list("member_id", "grade_id"))


def rarities() -> Iterator[Difference]:
    """The kept number of holders of a grade is the number of its awards."""
    found = Award.objects.order_by().values_list("grade").annotate(n=Count("pk"))
    kept = Rarity.objects.values_list("grade", "holders")
    yield from compare(
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
    yield from compare("streaks", expected, kept)
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
    yield from compare("streaks", wanted, runs, nothing=pure.Run())


def quests() -> Iterator[Difference]:
    """The progress of each quest is what moved on its days, and who has all of it has completed it."""
    kept = {(s, m): n for s, m, n in QuestProgress.objects.values_list("step_id", "member_id", "value")}
    expected: dict[tuple[int, int], int] = {}
    complete: dict[tuple[int, int], bool] = {}
    for quest in Quest.objects.prefetch_related("steps").order_by("id"):
        found, steps = done_within(quest), list(quest.steps.all())
        for step in steps:
            expected |= {(step.pk, member): n for (metric, member), n in found.items() if metric == step.metric}
        for member in {member for _, member in found}:
            if all(found.get((step.metric, member), 0) >= step.count for step in steps):
                complete[quest.pk, member] = True
    yield from compare("quests", expected, kept)
    held = dict.fromkeys(QuestCompletion.objects.filter(stands=True).values_list("quest_id", "member_id"), True)
    yield from compare("completed quests", complete, held, nothing=False)


def topics() -> Iterator[Difference]:
    """The boards of topics and seasons sum up what was booked on their days."""
    seasons = dict(SeasonDay.objects.values_list("day", "season__first_day"))
    booked = Entry.objects.filter(currency=Currency.REPUTATION)
    expected: Tally[tuple[object, ...]] = Tally()
    for (topic, day, member), total in topic_sums(booked, "booked_on", "member").items():
        for span, start in periods(day, seasons.get(day)):
            expected[topic, span, start, member] += total
    kept = TopicScore.objects.values_list("topic_id", "span", "start", "member_id", "score")
    yield from compare("topics", expected, {(t, s, d, m): n for t, s, d, m, n in kept})


def seasons() -> Iterator[Difference]:
    """The board of a season sums up what was booked on its days."""
    of = dict(SeasonDay.objects.values_list("day", "season__first_day"))
    expected: Tally[tuple[object, ...]] = Tally()
    booked = Entry.objects.filter(currency=Currency.REPUTATION, booked_on__in=of).order_by()
    for member, day, total in booked.values_list("member_id", "booked_on").annotate(total=Sum("amount")):
        expected[of[day], member] += total
    kept = BoardScore.objects.filter(span="season").values_list("start", "member_id", "score")
    yield from compare("seasons", expected, {(d, m): n for d, m, n in kept})


CHECKS: Mapping[str, Callable[[], Iterable[Difference]]] = {
    "rarities": rarities,
    "streaks": streaks,
    "quests": quests,
    "topics": topics,
    "seasons": seasons,
}
