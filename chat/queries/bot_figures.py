"""What the bot is good for: how its talks ended, by week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import BooleanField, Case, CharField, Count, Exists, OuterRef, Q, Value, When
from django.db.models.functions import TruncWeek
from django.utils import timezone

from chat.estimates import Estimate, share
from chat.models import BotTalk, Conversation, HelpRequest

#: Whoever asks anew within this time was not helped by what they got.
AGAIN = timedelta(hours=24)
WEEKS = 8
State = Conversation.State
#: How a talk with the bot may end, in the order in which it is asked; ``open`` is too young to be judged.
HANDED, ASKED_AGAIN, NOTHING, OPEN, SOLVED = "handed", "again", "nothing", "open", "solved"
ENDS = (SOLVED, ASKED_AGAIN, NOTHING, HANDED, OPEN)


@dataclass(frozen=True, slots=True)
class Week:
    """How many talks of the week that starts on ``start`` ended in which way."""

    start: date
    ends: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Figures:
    """The last weeks, the present one last, and all of them together."""

    weeks: list[Week]

    @property
    def ends(self) -> dict[str, int]:
        """How many talks ended in which way."""
        return {end: sum(week.ends.get(end, 0) for week in self.weeks) for end in ENDS}

    @property
    def judged(self) -> int:
        """How many talks are old enough to be judged."""
        return sum(count for end, count in self.ends.items() if end != OPEN)

    @property
    def solved(self) -> Estimate | None:
        """The share that needed no person and no second question."""
        return share(self.ends[SOLVED], self.judged)


def of(at: datetime) -> Figures:
    """The figures of the weeks before ``at``: of talks in which something was asked."""
    zone = timezone.get_default_timezone()
    today = timezone.localtime(at, zone).date()
    first = today - timedelta(days=today.weekday(), weeks=WEEKS - 1)
    begin = datetime(first.year, first.month, first.day, tzinfo=zone)
    rows = (
        BotTalk.objects.filter(began_at__range=(begin, at), turns__gt=0)
        .order_by()
        .annotate(week=TruncWeek("began_at", tzinfo=zone), end=_end(at))
        .values_list("week", "end")
        .annotate(n=Count("pk"))
    )
    weeks: dict[date, dict[str, int]] = {first + timedelta(weeks=number): {} for number in range(WEEKS)}
    for week, end, count in rows:
        weeks[week.date()][end] = count
    return Figures([Week(start, ends) for start, ends in weeks.items()])


def _end(at: datetime) -> Case:
    same = Q(visitor=OuterRef("help__visitor")) | Q(member=OuterRef("help__member"))
    within = Q(asked_at__gt=OuterRef("help__asked_at"), asked_at__lte=OuterRef("help__asked_at") + AGAIN)
    again = Exists(HelpRequest.objects.filter(same, within), output_field=BooleanField())
    people = Q(handed_over_at__isnull=False) | Q(help__responder__isnull=False)
    waits = Q(help__conversation__state__in=(State.QUEUED, State.OFFERED, State.LEFT_MESSAGE))
    return Case(
        When(people | waits, then=Value(HANDED)),
        When(again, then=Value(ASKED_AGAIN)),
        When(Q(found=0) | Q(helped=False), then=Value(NOTHING)),
        When(help__asked_at__gt=at - AGAIN, then=Value(OPEN)),
        default=Value(SOLVED),
        output_field=CharField(),
    )
