"""Two product tests of the demo whose seats are not all taken: one that takes applications, one that invites."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db import transaction

from ambassadors.models import ApplyQuestion, ProductTest, Segment
from ambassadors.services import draws, product_tests, testers
from community.models import Member, Product
from gamification.models import Budget

DAY = timedelta(days=1)
ZONE = ZoneInfo("Europe/Berlin")
SLUG, INVITING = "mahl-two", "polarnacht-darker"


@dataclass(frozen=True, slots=True)
class Applied:
    """Who applied for the grinder: the cups on a weekday, who hears it, and in how much of the day they grind."""

    who: str
    segment: int
    hears: str
    when: int


SEGMENTS = (("1 oder 2", "1 or 2", 4), ("3 bis 5", "3 to 5", 5), ("6 und mehr", "6 and more", 3))
APPLIED = (
    Applied("mara", 1, "My neighbour below, for years. She still says hello.", 0),
    Applied("jonas", 0, "Nur die Katze, aber die nimmt es persönlich.", 1),
    Applied("aylin", 2, "Drei Mitbewohner, die alle spät arbeiten.", 0),
    Applied("emil", 1, "Two children behind a thin door.", 0),
    Applied("priya", 0, "Nobody. I only want to know whether I would stop waking up myself.", 2),
    Applied("hannes", 2, "Das halbe Büro.", 1),
    Applied("nele", 1, "Mein Mann, und er sagt es jeden Morgen.", 0),
)


def play(people: Mapping[str, Member], products: Mapping[str, Product], now: datetime) -> int:
    """Let the tests happen; return how many are new."""
    if ProductTest.objects.filter(slug=SLUG).exists():
        return 0
    with transaction.atomic():
        _grinder(people, products["mahl-two"], now)
        _beans(people, products["beans-polarnacht"], now)
    return 2


def _grinder(people: Mapping[str, Member], product: Product, now: datetime) -> None:
    opened, ends = now - 5 * DAY, _midnight(now + 6 * DAY)
    budget, _new = Budget.objects.get_or_create(
        name="Muster für Produkttests", defaults={"cap": Decimal(8000), "currency": "EUR"}
    )
    test = ProductTest.objects.create(
        slug=SLUG, product=product, picture=product.picture, host=people["clara"], seats=12,
        title_de="Um sechs mahlen, ohne jemanden zu wecken", title_en="Grind at six without waking anyone",
        lede_de=("Die Mahl Two soll halb so laut sein wie die Mahl One. Gemessen haben wir das im Labor. "
                 "Jetzt wollen wir es in deiner Küche hören."),
        lede_en=("The Mahl Two is meant to be half as loud as the Mahl One. We measured it in a lab. "
                 "Now we want to hear it in your kitchen."),
        quota_question_de="Wie viele Tassen kommen an einem Werktag aus deiner Mühle?",
        quota_question_en="How many cups leave your grinder on a weekday?",
        least_days=7, apply_until=ends, select_on=(ends + 3 * DAY).date(), ship_on=(ends + 8 * DAY).date(),
        report_until=_midnight(ends + 36 * DAY), budget=budget, worth=Decimal("449.00"),
    )  # fmt: skip
    segments = [
        Segment.objects.create(test=test, name_de=german, name_en=english, seats=seats, position=position)
        for position, (german, english, seats) in enumerate(SEGMENTS)
    ]
    hears, when = _questions(test)
    product_tests.open_(test=test, by=people["clara"], at=opened)
    for number, one in enumerate(APPLIED):
        testers.apply(
            test=test, member=people[one.who], segment=segments[one.segment].pk, pledge=True,
            answers={str(hears.pk): one.hears, str(when.pk): one.when}, at=opened + (number + 1) * DAY / 2,
        )  # fmt: skip


def _questions(test: ProductTest) -> tuple[ApplyQuestion, ApplyQuestion]:
    hears = ApplyQuestion.objects.create(
        test=test, kind="long", position=0,
        label_de="Wer hört deine Mühle am Morgen?", label_en="Who hears your grinder in the morning?",
        hint_de="Das Kind nebenan, die Nachbarin unten, nur die Katze",
        hint_en="Toddler next door, neighbour below, only the cat",
    )  # fmt: skip
    when = ApplyQuestion.objects.create(
        test=test, kind="choice", position=1, required=False,
        label_de="Wann mahlst du meistens?", label_en="When do you grind most?",
        options_de="Vor sieben\nZwischen sieben und neun\nSpäter",
        options_en="Before seven\nBetween seven and nine\nLater",
    )  # fmt: skip
    return hears, when


def _beans(people: Mapping[str, Member], product: Product, now: datetime) -> None:
    opened, drawn = now - 12 * DAY, now - DAY
    test = ProductTest.objects.create(
        slug=INVITING, product=product, picture=product.picture, host=people["clara"], seats=2,
        audience=ProductTest.Audience.AMBASSADORS,
        title_de="Polarnacht, noch dunkler", title_en="Polarnacht, darker still",
        lede_de="Eine Röstung für lange Abende. Nur für Botschafter, und nur, wenn ihr ehrlich seid.",
        lede_en="A roast for long evenings. For ambassadors only, and only if you are honest.",
        apply_until=drawn - DAY, select_on=drawn.date(), ship_on=(now + 6 * DAY).date(),
        report_until=_midnight(now + 27 * DAY),
    )  # fmt: skip
    product_tests.open_(test=test, by=people["clara"], at=opened)
    testers.apply(test=test, member=people["mara"], segment=None, pledge=True, answers={}, at=opened + DAY)
    draws.close_applications(test=test, by=people["clara"], at=drawn - DAY / 2)
    draws.draw_seats(test=test, by=people["clara"], at=drawn)


def _midnight(moment: datetime) -> datetime:
    """The last minute of a day."""
    return datetime.combine(moment.astimezone(ZONE), time(23, 59), ZONE)
