"""What a manager sees of the programme: the funnel, activity, costs, how talks are spread, and who may be leaving."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Count, Max, Q, Sum
from django.utils import timezone

from ambassadors import fairness
from ambassadors.models import Ambassador, Application, Consultation, Move
from ambassadors.queries import consultations, programme, statements
from ambassadors.tier_rules import Numbers
from chat.models import HelpRequest, Responder
from gamification.queries.days import site_day

WINDOW = timedelta(days=90)
LATELY = timedelta(days=30)
FUNNEL_WINDOW = timedelta(days=365)
WEEKS = 8
WEEK = timedelta(days=7)
State = Application.State
#: The way of those who come through, in its order.
FUNNEL = (
    State.SUBMITTED,
    State.SCREENED,
    State.INTERVIEW,
    State.OFFERED,
    State.ACCEPTED,
    State.ONBOARDING,
    State.ACTIVE,
)
#: Who is in the programme.
PRESENT = (Ambassador.State.ACTIVE, Ambassador.State.PAUSED)
#: More people than a programme has; the page ends here whatever happens.
MOST = 500

SILENT, FEWER, AWAY, UNRENEWED, PAUSED = "silent", "fewer", "away", "unrenewed", "paused"


@dataclass(frozen=True, slots=True)
class Week:
    """Talks that counted in a week, and how many ambassadors had them."""

    start: date
    talks: int
    people: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What helping cost in the window; ``each`` for one person who was helped."""

    fees: Decimal
    people: int
    currency: str

    @property
    def each(self) -> Decimal | None:
        """What it cost to help one person."""
        return (self.fees / self.people).quantize(Decimal("0.01")) if self.people else None


@dataclass(frozen=True, slots=True)
class Person:
    """One ambassador in the window: talks before and lately, the share of all, and why they may be leaving."""

    ambassador: Ambassador
    talks: int
    lately: int
    share: int
    last_at: datetime | None
    signs: Sequence[str]


@dataclass(frozen=True, slots=True)
class Spread:
    """How evenly the talks of the window are spread over those who are active."""

    gini: float | None
    top_share: float | None
    people: int


def funnel(at: datetime) -> list[tuple[str, int]]:
    """How many applications of the last year came to each state, whatever became of them then."""
    moves = Move.objects.filter(kind="application", undoes=None, undone_by=None, at__gt=at - FUNNEL_WINDOW)
    counted = moves.filter(after__in=(*FUNNEL, State.REJECTED, State.WITHDRAWN)).order_by().values_list("after")
    found = dict(counted.annotate(n=Count("subject_id", distinct=True)))
    return [(str(State(state).label), found.get(state, 0)) for state in (*FUNNEL, State.REJECTED, State.WITHDRAWN)]


def weeks(at: datetime) -> list[Week]:
    """The last weeks, the oldest first; the last one goes on."""
    zone = timezone.get_default_timezone()
    today = site_day(at)
    first = today - timedelta(days=today.weekday()) - (WEEKS - 1) * WEEK
    since = datetime(first.year, first.month, first.day, tzinfo=zone)
    talks: Counter[date] = Counter()
    people: dict[date, set[int]] = {}
    rows = Consultation.objects.filter(state__in=consultations.COUNTING, closed_at__gte=since, closed_at__lte=at)
    for member, closed in rows.order_by("closed_at", "pk").values_list("member_id", "closed_at"):
        day = site_day(closed)
        monday = day - timedelta(days=day.weekday())
        talks[monday] += 1
        people.setdefault(monday, set()).add(member)
    starts = [first + number * WEEK for number in range(WEEKS)]
    return [Week(start, talks[start], len(people.get(start, ()))) for start in starts]


def costs(at: datetime) -> list[Cost]:
    """Fees and people helped in the window, by currency."""
    rows = Consultation.objects.filter(state__in=consultations.COUNTING, closed_at__gt=at - WINDOW, closed_at__lte=at)
    fees = rows.order_by("currency").values_list("currency").annotate(total=Sum("fee"))
    return [Cost(statements.money(total), _helped(at, currency), currency) for currency, total in fees]


def people(at: datetime) -> list[Person]:
    """Everybody in the programme, those with signs of leaving first, then the busiest."""
    present = list(Ambassador.objects.filter(state__in=PRESENT).select_related("member", "tier").order_by("pk")[:MOST])
    ids = [one.member_id for one in present]
    window = programme.numbers(ids, since=at - WINDOW)
    lately = programme.numbers(ids, since=at - LATELY)
    total = sum(found.consultations for found in window.values())
    last = dict(
        Consultation.objects.filter(member__in=ids).order_by().values_list("member").annotate(last=Max("closed_at"))
    )
    seen = dict(Responder.objects.filter(member__in=ids).values_list("member_id", "seen_at"))
    rows = [
        Person(
            ambassador=one,
            talks=window[one.member_id].consultations,
            lately=lately[one.member_id].consultations,
            share=round(100 * window[one.member_id].consultations / total) if total else 0,
            last_at=last.get(one.member_id),
            signs=_signs(one, window, lately, seen.get(one.member_id), at),
        )
        for one in present
    ]
    return sorted(rows, key=lambda row: (not row.signs, -row.talks, row.ambassador.pk))


def spread(rows: Sequence[Person]) -> Spread:
    """How evenly the talks are spread over those who are active."""
    counts = [row.talks for row in rows if row.ambassador.state == Ambassador.State.ACTIVE]
    return Spread(fairness.gini(counts), fairness.top_share(counts), len(counts))


def _helped(at: datetime, currency: str) -> int:
    talks = HelpRequest.objects.filter(
        conversation__consultation__state__in=consultations.COUNTING,
        conversation__consultation__currency=currency,
        conversation__consultation__closed_at__gt=at - WINDOW,
        conversation__consultation__closed_at__lte=at,
    )
    found = talks.aggregate(visitors=Count("visitor", distinct=True), members=Count("member", distinct=True))
    return int(found["visitors"] + found["members"])


def _signs(
    one: Ambassador,
    window: Mapping[int, Numbers],
    lately: Mapping[int, Numbers],
    seen_at: datetime | None,
    at: datetime,
) -> list[str]:
    """Why somebody may be leaving. Who has only begun is not judged by talks that could not be yet."""
    signs = []
    before = window[one.member_id].consultations - lately[one.member_id].consultations
    now = lately[one.member_id].consultations
    settled = one.since is not None and one.since < at - WINDOW
    if one.state == Ambassador.State.PAUSED:
        signs.append(PAUSED)
    elif settled and now == 0:
        signs.append(SILENT)
    elif settled and before >= 4 and now * 4 < before:
        # Two months against one: fewer than half of what was usual.
        signs.append(FEWER)
    if settled and (seen_at is None or seen_at < at - LATELY):
        signs.append(AWAY)
    if one.grace_until is not None:
        signs.append(UNRENEWED)
    return signs


def chosen(ids: Sequence[int]) -> list[Ambassador]:
    """The ambassadors with these numbers, in their order."""
    rows = Ambassador.objects.filter(Q(pk__in=ids), state__in=PRESENT).select_related("member")
    return list(rows.order_by("pk")[:MOST])
