"""What evaluation keeps of deeds (decisions, counts by day and person, uses of caps), checked against one another."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Sum

from community.registry import Difference
from gamification.models import CapUse, Counter, DayCount, Decision, Due, Evaluation, PairDay
from gamification.queries.differences import compare
from gamification.rules import METRICS


def counters() -> Iterator[Difference]:
    """Each counter is the number of deeds that moved it and had weight, less those whose undo took effect as well."""
    expected: Tally[tuple[int, str]] = Tally()
    for verb, metric in METRICS.items():
        for deed, sign in (("activity", 1), ("activity__undoes", -1)):
            for member, n in _moved(deed, verb):
                expected[member, metric] += sign * n
    kept = {(m, metric): n for m, metric, n in Counter.objects.values_list("member_id", "metric", "value")}
    yield from compare("counters", expected, kept)


def days() -> Iterator[Difference]:
    """The days of a metric sum up to its counter, and the people of a day to the day."""
    counted = {(m, metric): n for m, metric, n in Counter.objects.values_list("member_id", "metric", "value")}
    by_day = DayCount.objects.order_by().values_list("member_id", "metric").annotate(n=Sum("value"))
    yield from compare("counts by day", counted, {(m, metric): n for m, metric, n in by_day})
    each = {
        (m, metric, d): n for m, metric, d, n in DayCount.objects.values_list("member_id", "metric", "day", "value")
    }
    people = PairDay.objects.order_by().values_list("member_id", "metric", "day").annotate(n=Sum("value"))
    yield from compare("counts by person", each, {(m, metric, d): n for m, metric, d, n in people})


def caps() -> Iterator[Difference]:
    """What is used of each cap is what decisions about deeds that stand have used."""
    expected: Tally[tuple[int, str, date, str]] = Tally()
    undos = Evaluation.objects.exclude(activity__undoes=None)
    undone = set(undos.order_by().values_list("activity__undoes", flat=True))
    used = Decision.objects.filter(facts__has_key="used").order_by()
    rows = used.values_list("activity_id", "rule_version__rule_id", "facts")
    for deed, rule, facts in rows.iterator(chunk_size=2000):
        for scope, start in facts["used"] if deed not in undone else ():
            expected[rule, scope, date.fromordinal(start), "times"] += 1
            expected[rule, scope, date.fromordinal(start), "amount"] += facts.get("amount", 0)
    kept = Tally[tuple[int, str, date, str]]()
    for rule, scope, start, times, amount in CapUse.objects.values_list("rule_id", "scope", "start", "times", "amount"):
        kept[rule, scope, start, "times"], kept[rule, scope, start, "amount"] = times, amount
    yield from compare("caps", expected, kept)


def waiting() -> Iterator[Difference]:
    """Every decision that waits is in the queue, and nothing else is."""
    decided = Decision.objects.filter(activity=OuterRef("activity"), rule_version=OuterRef("rule_version"))
    queued = Due.objects.filter(activity=OuterRef("activity"), rule_version=OuterRef("rule_version"))
    waits = Decision.Outcome.WAITING
    for lost in Decision.objects.filter(~Exists(queued), outcome=waits).order_by("id"):
        yield Difference("decisions", f"decision {lost.pk}", "in the queue", "forgotten")
    for due in Due.objects.exclude(Exists(decided.filter(outcome=waits))).order_by("id"):
        yield Difference("decisions", f"deed {due.activity_id} by {due.rule_version_id}", "waits", "decided")


CHECKS: Mapping[str, Callable[[], Iterable[Difference]]] = {
    "progress": counters,
    "days": days,
    "caps": caps,
    "decisions": waiting,
}


def _moved(deed: str, verb: str) -> QuerySet[Evaluation, tuple[int, int]]:
    """For whom evaluated deeds of a verb count, and how many; ``deed`` is the way to them, straight or by their undo.

    Plain joins: an anti-join may compare each with each where a database has no statistics yet.
    """
    rows = Evaluation.objects.filter(**{f"{deed}__verb": verb}).exclude(**{f"{deed}__beneficiary": None})
    rows = rows.exclude(**{f"{deed}__actor": F(f"{deed}__beneficiary")})
    rows = rows.exclude(**{f"{deed}__facts__has_key": "weightless"})
    return rows.order_by().values_list(f"{deed}__beneficiary").annotate(n=Count("pk"))
