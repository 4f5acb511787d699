"""More of the same for larger demos: questions put together at random, the same ones for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator

from config.demo.script import Question, Reply

PRODUCTS = {
    "aurora-s1": "Aurora S1",
    "aurora-duo": "Aurora Duo",
    "mahl-one": "Mahl One",
    "mahl-two": "Mahl Two",
    "beans-polarnacht": "Polarnacht",
    "beans-mittsommer": "Mittsommer",
    "kettle-fjord": "Fjord",
}
#: Topic, title and the advice that fits it, by language.
MATTERS = {
    "en": (
        (
            "dialling-in",
            "{product}: shot runs too fast {when}",
            "Grind two marks finer and change nothing else. Then taste.",
        ),
        (
            "dialling-in",
            "{product}: shot chokes {when}",
            "Go one mark coarser and check the dose. One gram too much is enough.",
        ),
        ("water", "{product}: which water {when}?", "Test the hardness first. Below 8 °dH you need no filter at all."),
        ("milk", "{product}: milk gets too hot {when}", "Stop when the jug is too warm for your palm: that is 60 °C."),
        (
            "beans",
            "{product}: flat taste {when}",
            "Check the roast date. After six weeks open, no setting brings it back.",
        ),
        (
            "parts",
            "{product}: where do I find a spare seal {when}?",
            "In the shop under parts; the number is on the old seal.",
        ),
        (
            "noise-and-size",
            "{product}: rattles {when}",
            "Look underneath: one foot stands on the cable more often than not.",
        ),
        (
            "filter",
            "{product}: filter tastes thin {when}",
            "Pour slower and grind one mark finer. Aim for three minutes.",
        ),
    ),
    "de": (
        (
            "dialling-in",
            "{product}: Bezug läuft zu schnell {when}",
            "Zwei Stufen feiner, sonst nichts ändern. Dann probieren.",
        ),
        (
            "dialling-in",
            "{product}: Bezug würgt {when}",
            "Eine Stufe gröber und die Dosis prüfen. Ein Gramm zu viel reicht.",
        ),
        ("water", "{product}: welches Wasser {when}?", "Erst die Härte messen. Unter 8 °dH brauchst du keinen Filter."),
        (
            "milk",
            "{product}: Milch wird zu heiß {when}",
            "Aufhören, wenn die Kanne zu warm für die Hand wird: 60 Grad.",
        ),
        (
            "beans",
            "{product}: schmeckt flach {when}",
            "Röstdatum prüfen. Nach sechs Wochen offen hilft keine Einstellung.",
        ),
        ("parts", "{product}: wo gibt es die Dichtung {when}?", "Im Shop unter Teile; die Nummer steht auf der alten."),
        ("noise-and-size", "{product}: klappert {when}", "Sieh darunter: oft steht ein Fuß auf dem Kabel."),
        (
            "filter",
            "{product}: Filter schmeckt dünn {when}",
            "Langsamer gießen und eine Stufe feiner. Ziel sind drei Minuten.",
        ),
    ),
}
WHENS = {
    "en": (
        "in the morning",
        "after cleaning",
        "since the weekend",
        "with new beans",
        "with the single basket",
        "after moving",
        "with guests",
        "at the office",
        "on the second cup",
        "in winter",
        "with a new grinder",
        "after three months",
    ),
    "de": (
        "am Morgen",
        "nach der Reinigung",
        "seit dem Wochenende",
        "mit neuen Bohnen",
        "mit dem Einersieb",
        "nach dem Umzug",
        "bei Besuch",
        "im Büro",
        "bei der zweiten Tasse",
        "im Winter",
        "mit neuer Mühle",
        "nach drei Monaten",
    ),
}
OPENERS = {
    "en": ("Happens to me {n} days out of seven.", "I have tried {n} things already.", "It took {n} cups to notice."),
    "de": (
        "Das passiert an {n} von sieben Tagen.",
        "Ich habe schon {n} Dinge probiert.",
        "Nach {n} Tassen fiel es mir auf.",
    ),
}
#: Mara is left out: one accepted answer more earns her a badge, and that is for the visitor to give.
PEOPLE = {
    "en": ("felix", "priya", "sofia", "tomasz", "emil", "ingrid"),
    "de": ("lukas", "jonas", "nele", "hannes", "aylin"),
}


def questions(count: int, seed: int) -> Iterator[Question]:
    """Yield ``count`` questions of the last year."""
    chance = random.Random(seed)  # noqa: S311 - a demo wants repetition, not secrecy
    for number in range(count):
        yield _question(chance, number)


def _question(chance: random.Random, number: int) -> Question:
    language = chance.choice(("de", "en"))
    people = list(PEOPLE[language])
    chance.shuffle(people)
    asker, *others = people
    topic, title, advice = chance.choice(MATTERS[language])
    product = chance.choice(list(PRODUCTS))
    when = chance.choice(WHENS[language])
    replies = tuple(
        Reply(
            by,
            chance.randint(4, 600),
            advice if place == 0 else f"{chance.choice(OPENERS[language]).format(n=chance.randint(2, 7))} {advice}",
            " ".join(sorted(voter for voter in others if voter != by and chance.random() < 0.4)),
            accepted=place == 0 and chance.random() < 0.6,
        )
        for place, by in enumerate(others[: chance.choice((0, 1, 1, 2, 3))])
    )
    return Question(
        asker,
        f"{chance.randint(2, 360)}d {chance.randint(6, 22):02}:{chance.randint(0, 59):02}",
        # The number keeps titles apart, so that a second run knows what it has played already.
        f"{title.format(product=PRODUCTS[product], when=when)} ({number + 1})",
        chance.choice(OPENERS[language]).format(n=chance.randint(2, 7)),
        chance.choice(("before", "after", "after", "while")),
        topic,
        product,
        replies,
    )
