"""The pulse of the community for its managers. Each figure looks at a bounded window or a bounded number of rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.db.models.functions import TruncWeek
from django.utils import timezone

from community.models import Answer, Delivery, Member, MeToo, Thread, visible

#: How many threads of the window are looked at for the time until the first answer.
SAMPLE = 500
#: Who asks within this time after saying "same question" was not helped by it.
AGAIN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Week:
    """What was asked in the week that starts on ``start``, and how much of it is solved by now."""

    start: date
    asked: int
    solved: int


@dataclass(frozen=True, slots=True)
class Lag:
    """The outbox: how much waits, since when, and what gave up."""

    waiting: int
    parked: int
    oldest: timedelta | None


def weeks(*, at: datetime, count: int = 8) -> list[Week]:
    """Return the last ``count`` weeks, the present one last; weeks without questions are in it."""
    today = timezone.localtime(at, timezone.get_default_timezone()).date()
    first = today - timedelta(days=today.weekday(), weeks=count - 1)
    zone = timezone.get_default_timezone()
    begin = datetime(first.year, first.month, first.day, tzinfo=zone)
    rows = (
        Thread.objects.visible()
        .filter(created_at__gte=begin, created_at__lte=at)
        .order_by()
        .annotate(week=TruncWeek("created_at", tzinfo=zone))
        .values_list("week")
        .annotate(asked=Count("pk"), solved=Count("pk", filter=Q(state=Thread.State.SOLVED)))
    )
    found = {week.date(): (asked, solved) for week, asked, solved in rows}
    starts = [first + timedelta(weeks=number) for number in range(count)]
    return [Week(start, *found.get(start, (0, 0))) for start in starts]


def first_answer(*, at: datetime, days: int = 30) -> timedelta | None:
    """Return the median wait for the first answer among the newest threads of the last ``days``."""
    sample = (
        Thread.objects.visible()
        .filter(created_at__range=(at - timedelta(days=days), at), answer_count__gt=0)
        .order_by("-created_at", "-id")
        .values_list("pk", "created_at")[:SAMPLE]
    )
    asked = dict(sample)
    firsts = (
        Answer.objects.visible()
        .filter(thread__in=list(asked))
        .order_by()
        .values_list("thread_id")
        .annotate(first=Min("created_at"))
    )
    waits = [first - asked[thread] for thread, first in firsts]
    return median(waits) if waits else None


def avoided(*, at: datetime, talked: Exists, days: int = 56) -> int:
    """Return how many contacts the brand was spared: people who had a question that was solved for somebody else.

    They said "same question" instead of asking, in ``days`` that ended long enough ago, and asked nothing within
    ``AGAIN`` after it: neither here nor, by the condition ``talked`` on the saying's ``member`` and ``at``, in a talk.
    """
    until = at - AGAIN
    asked = Thread.objects.filter(
        author=OuterRef("member"), created_at__gt=OuterRef("at"), created_at__lte=OuterRef("at") + AGAIN
    )
    said = MeToo.objects.filter(value=1, at__gt=until - timedelta(days=days), at__lte=until)
    return said.filter(visible("thread"), ~Exists(asked), ~talked, thread__state=Thread.State.SOLVED).count()


def unanswered() -> int:
    """Return how many questions have no answer."""
    return Thread.objects.visible().filter(state=Thread.State.UNANSWERED).count()


def joined(*, at: datetime, days: int = 7) -> int:
    """Return how many members joined in the last ``days``."""
    return Member.objects.filter(joined_at__range=(at - timedelta(days=days), at)).count()


def journal_lag(*, at: datetime, consumer: str = "") -> Lag:
    """Return the state of the outbox, or one consumer's part of it.

    Its rows are few by nature: what is done is deleted.
    """
    rows = Delivery.objects.filter(consumer=consumer) if consumer else Delivery.objects.all()
    waits = rows.filter(parked_at=None)
    oldest = waits.order_by("activity_id").values_list("activity__at", flat=True).first()
    return Lag(
        waiting=waits.count(),
        parked=rows.filter(parked_at__isnull=False).count(),
        oldest=max(at - oldest, timedelta(0)) if oldest else None,
    )


def parked() -> int:
    """Return how many deliveries gave up."""
    return Delivery.objects.filter(parked_at__isnull=False).count()
