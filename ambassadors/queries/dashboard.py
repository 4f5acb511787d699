"""What an ambassador sees of their own work: the month, ratings and their spread, impact, what is asked now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from statistics import median

from django.db.models import Count, F, Min, OuterRef, Q, Subquery

from ambassadors.models import (
    BrandEvent,
    Consultation,
    Registration,
    Tester,
)
from ambassadors.queries import consultations, events, statements, testers
from chat import hours
from chat.models import HelpRequest, Message, OrderCredit, Rating, Responder
from chat.queries import desk
from chat.queries import responders as advisers
from community.hours import zone
from community.models import Member, Thread
from community.queries import waiting

#: Fewer purchases than this would tell who bought what.
FEWEST_PURCHASES = 5
#: Ratings of a month say something from so many on; words are shown when so many more are there.
FEWEST_RATINGS = 5
#: How soon somebody answers is told of so many talks at most, and of so many at least.
REPLIES, FEWEST_REPLIES = 100, 5
#: So many rows of each list; the rest is on its own page.
SHOWN = 4


@dataclass(frozen=True, slots=True)
class Spread:
    """How talks were rated: ``stars`` with their number and share in percent, the best first; no average of a few."""

    average: Decimal | None
    count: int
    rows: Sequence[tuple[int, int, int]]


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody said to the ambassador, in which language, and the stars that came with it."""

    stars: int
    word: str
    language: str


@dataclass(frozen=True, slots=True)
class Impact:
    """How many different people were helped, and how many purchases followed; ``None`` where they are too few."""

    people: int
    purchases: int | None


def months(member: Member, at: datetime) -> tuple[consultations.Month, consultations.Month]:
    """The month so far and the one before."""
    period = statements.month_of(at)
    return consultations.month(member, period), consultations.month(member, statements.month_before(period))


def change(now: float | None, before: float | None) -> float | None:
    """By how much a figure moved; nothing where one of the two is missing."""
    return None if now is None or before is None else now - before


def rating_of(month: consultations.Month) -> float | None:
    """The month's average, once there are enough ratings to say something."""
    return month.whole.rating if month.whole.rated >= FEWEST_RATINGS else None


def spread(responder: Responder | None) -> Spread:
    """Every rating that counts for the person."""
    if responder is None:
        return Spread(None, 0, ())
    rows = Rating.objects.filter(responder=responder, counts=True).order_by("stars").values_list("stars")
    found = dict(rows.annotate(n=Count("pk")))
    total = sum(found.values())
    if total < FEWEST_RATINGS:
        return Spread(None, total, ())
    shown = [(stars, found.get(stars, 0), round(100 * found.get(stars, 0) / total)) for stars in (5, 4, 3, 2, 1)]
    return Spread(advisers.average(responder), total, shown)


def quotes(responder: Responder | None) -> list[Quote]:
    """The latest words to the person; not who said them, nor when.

    Words come in by groups of five ratings and then stand by their stars: looking right after a talk tells nothing.
    """
    if responder is None:
        return []
    rows = Rating.objects.filter(responder=responder, counts=True).order_by("-at", "-id")
    fresh = responder.rating_count % FEWEST_RATINGS
    until = Subquery(rows.values("at")[fresh : fresh + 1])
    told = rows.exclude(word="").filter(at__lte=until).values_list("stars", "word", "help__language")[:SHOWN]
    return sorted((Quote(*row) for row in told), key=lambda one: (-one.stars, one.word))


def first_reply(responder: Responder | None) -> timedelta | None:
    """How long people typically waited for the first word once the talk was taken; nothing where talks are few."""
    if responder is None:
        return None
    own = Message.objects.filter(
        conversation=OuterRef("conversation"), member=responder.member_id, at__gte=OuterRef("helped_at")
    )
    first = own.order_by().values("conversation").values(first=Min("at"))
    rows = HelpRequest.objects.filter(responder=responder, helped_at__isnull=False).order_by("-helped_at", "-id")
    waits = rows.annotate(wait=Subquery(first) - F("helped_at")).values_list("wait", flat=True)[:REPLIES]
    told = [wait for wait in waits if wait is not None]
    return median(told) if len(told) >= FEWEST_REPLIES else None


def impact(member: Member, responder: Responder | None) -> Impact:
    """Over all talks that counted."""
    talks = HelpRequest.objects.filter(
        conversation__consultation__member=member,
        conversation__consultation__state__in=consultations.COUNTING,
    )
    people = talks.aggregate(visitors=Count("visitor", distinct=True), members=Count("member", distinct=True))
    bought = OrderCredit.objects.filter(responder=responder, held_out=False).count() if responder else 0
    return Impact(people["visitors"] + people["members"], bought if bought >= FEWEST_PURCHASES else None)


def waiting_now(responder: Responder | None) -> int:
    """How many people wait for somebody like this one."""
    return desk.untaken(responder).count() if responder else 0


def asked_now(member: Member, responder: Responder | None, at: datetime) -> list[Thread]:
    """Questions without an answer about what the ambassador knows, the most urgent first; all, where that is open."""
    rows = Thread.objects.visible().exclude(author=member)
    if responder is not None:
        topics = list(responder.topics.order_by("pk").values_list("pk", flat=True))
        products = list(responder.products.order_by("pk").values_list("pk", flat=True))
        if topics or products:
            rows = rows.filter(Q(topic__in=topics) | Q(product__in=products))
    return list(waiting.most_urgent(rows, at=at).select_related("topic", "product").defer("body", "html")[:SHOWN])


def invitations(member: Member, at: datetime) -> list[Tester]:
    """Seats in product tests that wait for an answer."""
    return list(testers.open_invitations(member, at=at)[:SHOWN])


def events_for(member: Member, at: datetime) -> list[BrandEvent]:
    """Events that the member may join and has not answered."""
    known = Registration.objects.filter(member=member).values("event")
    reader = events.reader_of(member)
    rows = BrandEvent.objects.filter(
        is_public=True, cancelled_at=None, opens_at__lte=at, closes_at__gt=at, min_level__lte=reader.level
    ).exclude(pk__in=known)
    if not reader.is_ambassador:
        rows = rows.exclude(audience=BrandEvent.Audience.AMBASSADORS)
    return list(rows.order_by(*events.ORDER)[:SHOWN])


def responder_of(member: Member) -> Responder | None:
    """The member's place at the desk, switched on or not."""
    return Responder.objects.filter(member=member).first()


def there_until(responder: Responder | None, member: Member, at: datetime) -> str | None:
    """When the times end in which the member is at the desk now, on their own clock; nothing outside of them."""
    return hours.until(responder.schedule, at.astimezone(zone(member.timezone))) if responder else None


def disputed(member: Member) -> int:
    """Talks about which somebody has to decide."""
    return Consultation.objects.filter(member=member, state=Consultation.State.DISPUTED).count()
