"""Events of the demo: a cupping, a full tour with people waiting, one online, one for ambassadors, one that was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from ambassadors.models import BrandEvent, Registration
from ambassadors.queries import events as queries
from ambassadors.services import events, registrations
from community.models import Member

DAY = timedelta(days=1)
ZONE = "Europe/Berlin"


@dataclass(frozen=True, slots=True)
class Plan:
    """An event; texts in German and English. ``days`` from today, ``guests`` in the order of registering."""

    slug: str
    title: tuple[str, str]
    summary: tuple[str, str]
    text: tuple[str, str]
    days: int
    begins: time
    hours: float
    seats: int
    guests: str
    place: tuple[str, str] = ("", "")
    link: str = ""
    audience: str = "all"
    level: int = 0
    picture: str = ""


ROASTERY = ("Rösterei Nordlicht, Am Speicher 4, Bremen", "Nordlicht roastery, Am Speicher 4, Bremen")
PLANS = (
    Plan(
        "cupping",
        ("Verkostung für Einsteiger", "Cupping for beginners"),
        ("Acht Kaffees, niemand muss spucken.", "Eight coffees, no spitting required."),
        (
            ("Wir schlürfen uns durch acht Röstungen, von hell bis dunkel, und reden darüber, was wir schmecken. "
             "Vorwissen braucht es keins.\n\nBring Zeit mit und iss vorher etwas."),
            ("We slurp our way through eight roasts, from light to dark, and talk about what we taste. "
             "No experience needed.\n\nBring some time, and eat something first."),
        ),
        12, time(18, 30), 2, 12, "mara lena ingrid emil jonas priya sofia", ROASTERY,
        picture="demo/beans-polarnacht.svg",
    ),
    Plan(
        "grinder-evening",
        ("Offener Mühlenabend", "Grinder open evening"),
        ("Bring deine schlimmsten Klumpen mit, Ben bringt den Schraubenzieher.",
         "Bring your worst clumps, Ben brings the screwdriver."),
        (
            ("Eine Stunde lang schauen wir gemeinsam in Mühlen: Mahlscheiben, Rückstände, Röstungen, die stauben. "
             "Zeig uns deine per Kamera oder schau einfach zu."),
            ("For an hour we look into grinders together: aligning burrs, retention, roasts that make dust. "
             "Show us yours on camera, or just watch."),
        ),
        19, time(20), 1.5, 80, "aylin tomasz nele felix hannes ben", link="https://meet.example.com/nordlicht-muehlen",
        picture="demo/mahl-one.svg",
    ),
    Plan(
        "roastery-tour",
        ("Röstereibesichtigung mit Verkostung", "Roastery tour with tasting"),
        ("Führung auf Deutsch, danach frisch Geröstetes.", "Guided in German, then what was roasted that day."),
        (
            "Ingrid zeigt, wie aus grünen Bohnen Polarnacht wird. Der Trommelröster läuft, es wird laut und warm.",
            "Ingrid shows how green beans become Polar Night. The drum roaster will be running, so it is loud.",
        ),
        27, time(14), 3, 4, "jonas emil aylin nele hannes mara lukas", ROASTERY, audience="level", level=1,
        picture="demo/beans-mittsommer.svg",
    ),
    Plan(
        "ambassadors-table",
        ("Botschaftertisch", "Ambassadors' table"),
        ("Was ihr hört, was uns fehlt, und ein Blick auf den Herbst.",
         "What you hear, what we miss, and a look at the autumn."),
        (
            ("Einmal im Quartal sitzen alle Botschafterinnen und Botschafter mit dem Produktteam am Tisch. "
             "Wir erzählen, woran wir arbeiten; ihr erzählt, was Kundinnen und Kunden fragen."),
            ("Once a quarter all ambassadors meet the product team at one table. "
             "We tell what we are working on; you tell what customers ask."),
        ),
        5, time(19), 1.5, 20, "mara aylin", link="https://meet.example.com/nordlicht-tisch", audience="ambassadors",
    ),
)  # fmt: skip


@transaction.atomic
def play(members: dict[str, Member], now: datetime) -> int:
    """Plan the events and let members register; return how many are new."""
    if BrandEvent.objects.exists():
        return 0
    for plan in PLANS:
        event = _store(plan, members["clara"], now)
        for minute, key in enumerate(plan.guests.split()):
            if queries.is_for(event, members[key]):
                registrations.register(event=event, member=members[key], at=now + timedelta(seconds=minute))
    _past(members, now)
    return len(PLANS) + 1


def _store(plan: Plan, host: Member, now: datetime) -> BrandEvent:
    day = (now.astimezone(ZoneInfo(ZONE)) + plan.days * DAY).date()
    begins = datetime.combine(day, plan.begins, ZoneInfo(ZONE))
    texts = {
        f"{name}_{code}": text
        for name, both in (
            ("title", plan.title),
            ("summary", plan.summary),
            ("description", plan.text),
            ("place", plan.place),
        )
        for code, text in zip(("de", "en"), both, strict=True)
    }
    event = BrandEvent(
        slug=plan.slug,
        host=host,
        starts_at=begins,
        ends_at=begins + timedelta(hours=plan.hours),
        opens_at=now - 3 * DAY,
        closes_at=begins - timedelta(hours=2),
        capacity=plan.seats,
        link=plan.link,
        audience=plan.audience,
        min_level=plan.level,
        picture=plan.picture,
        time_zone=ZONE,
        is_public=True,
        **texts,
    )
    return events.store(event=event, at=now)


def _past(members: dict[str, Member], now: datetime) -> None:
    """One evening that took place, with who came and who did not."""
    then = now - 40 * DAY
    plan = Plan(
        "latte-art",
        ("Latte Art für zu Hause", "Latte art at home"),
        ("Vom Herz zur Rosetta, mit Mara.", "From the heart to the rosetta, with Mara."),
        ("Milch, Kanne, ruhige Hand.", "Milk, a jug, a calm hand."),
        8, time(19), 2, 10, "", ROASTERY, picture="demo/photos/latte.webp",
    )  # fmt: skip
    event = _store(plan, members["clara"], then)
    for key in ("mara", "emil", "priya", "sofia"):
        registrations.register(event=event, member=members[key], at=then)
    for ticket in Registration.objects.filter(event=event).exclude(member=members["sofia"]).order_by("pk"):
        registrations.check_in(registration=ticket, by=members["ben"], at=event.starts_at)
    registrations.note_missing(event=event, by=members["clara"], at=event.ends_at + timedelta(hours=1))
