"""The brand's news in the demo, written and published through the services; a second run adds nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from community.models import Member, News, Product
from community.services import follows, news

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Post:
    """News from ``days`` ago, or in the future where that is negative; texts in German and English."""

    days: int
    product: str
    title: tuple[str, str]
    body: tuple[str, str]


POSTS = (
    Post(
        21,
        "aurora-s1",
        (
            "Neue Dichtung für die Aurora S1, kostenlos für alle vor Baujahr 2025",
            "A new gasket for the Aurora S1, free for every machine built before 2025",
        ),
        (
            (
                "Einige von euch haben uns von einer feuchten Stelle unter der Brühgruppe geschrieben. Ihr "
                "hattet recht: "
                "Die Dichtung der ersten Serie wird nach zwei Jahren hart.\n\n"
                "**Was wir tun:** Wer eine Aurora S1 von vor 2025 hat, bekommt die neue Dichtung geschickt. "
                "Tauschen dauert fünf Minuten, du brauchst nur einen Löffelstiel.\n\n"
                "1. Maschine auskühlen lassen\n2. Duschsieb abschrauben\n3. Alte Dichtung heraushebeln, neue eindrücken"
            ),
            (
                "Some of you wrote to us about a damp spot under the group head. You were right: the gasket of the "
                "first "
                "series hardens after two years.\n\n"
                "**What we do:** everybody with an Aurora S1 from before 2025 gets the new gasket by post. Changing it "
                "takes five minutes and the handle of a spoon.\n\n"
                "1. Let the machine cool\n2. Unscrew the shower screen\n"
                "3. Lever the old gasket out, press the new one in"
            ),
        ),
    ),
    Post(
        6,
        "",
        ("Die Rösterei ist samstags offen: kommt vorbei", "The roastery is open on Saturdays: come and see us"),
        (
            (
                "An den nächsten vier Samstagen könnt ihr zusehen, wie unsere Mischungen entstehen. Wir rösten ab "
                "zehn Uhr, verkostet wird um zwölf. Bringt gern eure Mühle mit, Ben schaut sie sich an."
            ),
            (
                "On the next four Saturdays you can watch our blends being made. We roast from ten, and taste "
                "at noon. Bring your grinder if you like, Ben will have a look at it."
            ),
        ),
    ),
    Post(
        1,
        "mahl-one",
        ("Mahl One: Ersatzmahlwerke kommen zwei Wochen später", "Mahl One: spare burrs arrive two weeks late"),
        (
            (
                "Die Lieferung der Ersatzmahlwerke hängt im Hafen fest. Wer schon bestellt hat, bekommt sie in der "
                "ersten "
                "Monatshälfte; ihr müsst nichts tun. Wer so lange nicht warten will, kann kostenlos stornieren."
            ),
            (
                "The delivery of spare burrs is stuck in the harbour. If you have ordered them already, they come in "
                "the "
                "first half of the month; there is nothing you need to do. If you cannot wait, cancel free of charge."
            ),
        ),
    ),
    Post(
        -5,
        "",
        ("Polarnacht kommt zurück", "Polar Night comes back"),
        (
            (
                "Unsere dunkelste Röstung, #beans-polarnacht, ist ab nächster Woche wieder da. Wer der Marke folgt, "
                "liest es hier zuerst."
            ),
            (
                "Our darkest roast, #beans-polarnacht, is back from next week. Whoever follows the brand reads it here "
                "first."
            ),
        ),
    ),
)


def play(members: dict[str, Member], products: dict[str, Product], now: datetime) -> int:
    """Let some follow, write it all and publish what is due; return how many posts are new."""
    if News.objects.exists():
        return 0
    for number, member in enumerate(members.values()):
        if number % 2 == 0:
            follows.follow(member=member, target=None, at=now - 30 * DAY)
    for post in POSTS:
        at = now - post.days * DAY
        item = news.store(
            news=News(
                product=products[post.product] if post.product else None,
                title_de=post.title[0],
                title_en=post.title[1],
                body_de=post.body[0],
                body_en=post.body[1],
                publish_at=at,
            ),
            by=members["clara"],
            at=now,
        )
        news.publish(news_id=item.pk, at=min(at, now))
    return len(POSTS)
