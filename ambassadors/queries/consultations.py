"""Reading consultations: the list of a member, and a month with its weeks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone

from ambassadors.models import Consultation, Move
from ambassadors.queries import statements
from community import keyset
from community.models import Member
from gamification.queries.days import site_day

ORDER = ("-closed_at", "-id")
State = Consultation.State
#: What is paid, or will be unless somebody objects.
COUNTING = (State.PAYABLE, State.SETTLED)


@dataclass(slots=True)
class Tally:
    """Talks that count, within some days."""

    begins: date
    ends: date
    talks: int = 0
    rated: int = 0
    stars: int = 0
    amount: Decimal = field(default_factory=Decimal)
    fees: set[Decimal] = field(default_factory=set)

    @property
    def rating(self) -> float | None:
        """The average of the ratings, where there is one."""
        return self.stars / self.rated if self.rated else None

    @property
    def fee(self) -> Decimal | None:
        """What each talk was worth, where it was the same for all."""
        return next(iter(self.fees)) if len(self.fees) == 1 else None

    def add(self, fee: Decimal, stars: int | None) -> None:
        """Count one talk."""
        self.talks += 1
        self.amount += fee
        self.fees.add(fee)
        if stars is not None:
            self.rated += 1
            self.stars += stars


@dataclass(frozen=True, slots=True)
class Month:
    """A month of an ambassador: all of it, and its weeks with talks, the newest first."""

    period: date
    currency: str
    whole: Tally
    weeks: list[Tally]


def of(member: Member) -> QuerySet[Consultation]:
    """Every consultation of a member, with what its line shows."""
    rows = Consultation.objects.filter(member=member).select_related("conversation__help__rating")
    return rows.select_related(
        "conversation__help__product",
        "conversation__help__topic",
        "conversation__help__visitor",
        "conversation__help__member",
    )


def page(member: Member, *, cursor: str | None, size: int) -> keyset.Page[Consultation]:
    """One page of them, the latest first."""
    return keyset.paginate(of(member), order=ORDER, cursor=cursor, size=size)


def stars_of(consultation: Consultation) -> int | None:
    """How the talk was rated, if it was."""
    rating = getattr(getattr(consultation.conversation, "help", None), "rating", None)
    return rating.stars if rating else None


def asker_of(consultation: Consultation) -> str:
    """The name that the visitor gave, for the one who talked with them; empty once it is forgotten."""
    asked = getattr(consultation.conversation, "help", None)
    if asked is None:
        return ""
    return asked.member.display_name if asked.member else (asked.visitor.name if asked.visitor else "")


def subject_of(consultation: Consultation) -> str:
    """What the talk was about, where its visitor came from a product or a topic."""
    asked = getattr(consultation.conversation, "help", None)
    subject = (asked.product or asked.topic) if asked else None
    return subject.name if subject else ""


def disputed() -> QuerySet[Consultation]:
    """What waits for a manager."""
    return Consultation.objects.filter(state=State.DISPUTED)


def reasons(rows: Iterable[Consultation]) -> Mapping[int, Move]:
    """The last move with a reason of each row, by the row's number."""
    found = Move.objects.filter(kind="consultation", subject_id__in=[row.pk for row in rows]).exclude(reason="")
    return {move.subject_id: move for move in found.order_by("id")}


def month(member: Member, period: date, *, currency: str = "EUR") -> Month:
    """What counts of the month that begins on ``period``."""
    zone = timezone.get_default_timezone()
    first = datetime(period.year, period.month, 1, tzinfo=zone)
    end = statements.end_of(period)
    whole = Tally(period, site_day(end) - timedelta(days=1))
    weeks: dict[date, Tally] = {}
    rows = Consultation.objects.filter(
        member=member, currency=currency, state__in=COUNTING, closed_at__gte=first, closed_at__lt=end
    )
    for fee, stars, at in rows.order_by("-closed_at", "-id").values_list(
        "fee", "conversation__help__rating__stars", "closed_at"
    ):
        day = site_day(at)
        monday = day - timedelta(days=day.weekday())
        week = weeks.setdefault(monday, Tally(max(monday, whole.begins), min(monday + timedelta(days=6), whole.ends)))
        for tally in (whole, week):
            tally.add(fee, stars)
    return Month(period, currency, whole, list(weeks.values()))
