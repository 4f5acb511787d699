"""What gamification derives, checked against the ledger and the journal."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from django.db.models import Exists, OuterRef, Q, Sum

from community.models import Activity, Delivery, Member
from community.registry import Difference, registry
from gamification import rules
from gamification.models import (
    Award,
    Balance,
    BoardScore,
    Counter,
    Currency,
    Entry,
    Evaluation,
    Grade,
    HeldEntry,
    Hold,
    HoldCase,
    Level,
)
from gamification.queries import (
    adjustments,
    coupon_checks,
    decision_checks,
    history,
    progress_checks,
    replays,
    reward_checks,
)
from gamification.queries.boards import SPANS
from gamification.queries.differences import compare
from gamification.queries.levels import kept as levels_kept

CONSUMER = "gamification"


def balances() -> Iterator[Difference]:
    """Each balance is the sum of its entries."""
    sums = Entry.objects.order_by().values_list("member_id", "currency").annotate(total=Sum("amount"))
    kept = Balance.objects.values_list("member_id", "currency", "value")
    yield from compare("balances", {(m, c): n for m, c, n in sums}, {(m, c): n for m, c, n in kept})


def boards() -> Iterator[Difference]:
    """Each board score is the reputation booked on the days of its period."""
    expected: Tally[tuple[str, date, int]] = Tally()
    booked = Entry.objects.filter(currency=Currency.REPUTATION).order_by().values_list("member_id", "booked_on")
    for member, day, total in booked.annotate(total=Sum("amount")):
        for span in SPANS:
            expected[span, rules.period_start(span, day), member] += total
    kept = {
        (s, d, m): n
        for s, d, m, n in BoardScore.objects.exclude(span="season").values_list("span", "start", "member_id", "score")
    }
    yield from compare("boards", expected, kept)


def awards() -> Iterator[Difference]:
    """A member holds exactly the grades that the counters reach and no manager took back, or keeps for some days."""
    moving = adjustments.moving().badges
    values = {(m, metric): n for m, metric, n in Counter.objects.values_list("member_id", "metric", "value")}
    settled = Grade.objects.exclude(badge__in=moving)
    grades = list(settled.values_list("id", "threshold", "badge__metric"))
    expected = {
        (m, pk) for (m, metric), n in values.items() for pk, t, counted in grades if counted == metric and n >= t
    }
    expected -= progress_checks.revoked()
    held = Award.objects.filter(grade__in=settled)
    expected |= set(held.exclude(kept_until=None).values_list("member_id", "grade_id"))
    kept = set(held.values_list("member_id", "grade_id"))
    for member, grade in sorted(expected ^ kept):
        has = (member, grade) in kept
        yield Difference("awards", f"member {member} grade {grade}", str(not has), str(has))


def levels() -> Iterator[Difference]:
    """The level beside a name is the one that the reputation, if any, reaches, or one that is kept for some days."""
    if adjustments.moving().levels:
        return
    ladder = list(Level.objects.values_list("number", "threshold"))
    reputation = dict(Balance.objects.filter(currency=Currency.REPUTATION).values_list("member_id", "value"))
    softened = levels_kept()
    shown = Member.objects.order_by("pk").values_list("pk", "standing__level", "standing__level_progress")
    for member, level, progress in shown.iterator(chunk_size=history.CHUNK):
        expected = rules.level_at(reputation.get(member, 0), ladder, kept=softened.get(member, 0))
        if (level, progress) != expected:
            yield Difference("levels", f"member {member}", str(expected), str((level, progress)))


def adjusted() -> Iterator[Difference]:
    """Whoever a moved threshold concerns was brought in line, or a worker is at it."""
    for failed in adjustments.failed():
        yield Difference("adjustments", f"adjustment {failed.pk}", "everybody", f"up to member {failed.cursor}")


def journal() -> Iterator[Difference]:
    """Every deed that concerns gamification took effect or still waits in the outbox."""
    verbs = registry.consumers[CONSUMER].verbs
    waiting = Delivery.objects.filter(consumer=CONSUMER).values("activity")
    lost = Activity.objects.filter(verb__in=verbs).exclude(pk__in=waiting)
    for activity in lost.exclude(pk__in=Evaluation.objects.values("activity")).order_by("id"):
        yield Difference("journal", activity.key, "evaluated or waiting", "lost")


def holds() -> Iterator[Difference]:
    """What a hold keeps back is in the ledger once, and given back where it was released and the deed still stands."""
    for case in HoldCase.objects.prefetch_related("holds").order_by("id"):
        expected = sum(hold.waits for hold in case.holds.all())
        if expected != case.waiting:
            yield Difference("holds", f"case {case.pk}", str(expected), str(case.waiting))
    undone = Exists(Evaluation.objects.filter(activity__undoes=OuterRef("entry__activity")))
    back = Q(entry__reversed_by__isnull=False)
    right = Q(~Q(hold__state=Hold.State.RELEASED) & ~back) | Q(Q(hold__state=Hold.State.RELEASED) & (back | undone))
    for row in HeldEntry.objects.exclude(right, entry__kind=Entry.Kind.HOLD).select_related("hold").order_by("id"):
        yield Difference("holds", f"entry {row.entry_id}", row.hold.state, "otherwise")


def drift() -> Iterator[Difference]:
    """The last replay of the journal found nothing, or what it found was swapped in."""
    last = replays.last()
    if last and last.differences and last.applied_at is None:
        for part, n in sorted(last.result["parts"].items()):
            yield Difference("drift", f"replay {last.pk} {part}", "0", str(n))


CHECKS: Mapping[str, Callable[[], Iterable[Difference]]] = {
    "coupons": coupon_checks.coupons,
    "budgets": coupon_checks.budgets,
    "balances": balances,
    **decision_checks.CHECKS,
    "boards": boards,
    "awards": awards,
    "levels": levels,
    "adjustments": adjusted,
    **progress_checks.CHECKS,
    **reward_checks.CHECKS,
    "journal": journal,
    "drift": drift,
    "holds": holds,
}
