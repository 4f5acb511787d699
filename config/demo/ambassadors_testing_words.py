"""What the demo's testers were asked and what they found, in the languages in which they write."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """A question; texts and options in German and English."""

    kind: str
    label: tuple[str, str]
    options: tuple[str, str] = ("", "")
    public: bool = False
    required: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """What somebody reported; ``answers`` in the order of the questions."""

    by: str
    stars: int
    title: str
    body: str
    answers: tuple[object, ...]
    pros: str = ""
    cons: str = ""
    photo: str = ""
    publish: bool = True


KETTLE = (
    Asked(
        "choice",
        ("Wie liegt Griff B in der Hand?", "How does handle B feel in your hand?"),
        ("Besser als mein alter\nGenauso\nSchlechter", "Better than my old one\nThe same\nWorse"),
        public=True,
    ),
    Asked(
        "yes_no", ("Wurde der Griff beim Gießen zu warm?", "Did the handle get too warm while pouring?"), public=True
    ),
    Asked("number", ("Wie viele Kannen am Tag?", "How many pots a day?")),
    Asked("long", ("Was sollen wir am Griff ändern?", "What should we change about the handle?"), required=False),
)

BEANS = (
    Asked(
        "choice",
        ("Würdest du die hellere Röstung kaufen?", "Would you buy the lighter roast?"),
        ("Statt der alten\nNeben der alten\nNein", "Instead of the old one\nBeside the old one\nNo"),
        public=True,
    ),
    Asked(
        "choices",
        ("Wie hast du sie getrunken?", "How did you drink it?"),
        ("Espresso\nFilter\nCappuccino", "Espresso\nFilter\nCappuccino"),
        public=True,
    ),
    Asked("number", ("Wie viele Tassen hast du gebrüht?", "How many cups did you brew?"), public=True),
    Asked("yes_no", ("Musstest du feiner mahlen?", "Did you have to grind finer?"), public=True),
    Asked("long", ("Was hat dir gefehlt?", "What did you miss?"), required=False),
)

FINDINGS = (
    (
        "Die hellere Röstung kommt nicht in den Laden. Als Filter mochten sie fast alle, als Espresso war sie den "
        "meisten zu sauer, und die alte Mittsommer wollte niemand hergeben. Genau dafür sind Tests da. Wir versuchen "
        "es im Frühjahr noch einmal, als eigene Filterröstung."
    ),
    (
        "The lighter roast will not make it into the shop. Almost everybody liked it as filter coffee, most found it "
        "too sour as espresso, and nobody wanted to give up the old Midsummer. That is what tests are for. In spring "
        "we try again, as a filter roast of its own."
    ),
)

REPORTS = (
    Found(
        "ingrid", 4, "A filter roast that did not know it yet",
        "Jasmine and apricot from the V60 at 1:16. As espresso it fought me for a week and won.",
        (1, [1], 34, True, "A word on the bag about filter."), "Clean, long finish\nForgiving in the V60",
        "Sour below 94 °C", "latte.webp",
    ),
    Found(
        "emil", 5, "Finally light enough",
        "This is how I roast at home, only more even. Long ratio, hot water, happy mornings.",
        (0, [0, 1], 41, True, ""), "Even roast\nSweet at 1:2.8",
    ),
    Found(
        "priya", 2, "Too sour for a family breakfast",
        "Two people in this house put milk in their coffee, and milk made it taste of yoghurt.",
        (2, [2], 22, True, "The chocolate of the old one."), "", "Sour with milk\nNeeds a better grinder than mine",
    ),
    Found(
        "sofia", 3, "Lovely black, lost in milk",
        "Black it is a different drink, floral and light. My flat white could not find it any more.",
        (1, [0, 2], 28, True, ""), "Floral", "Disappears in milk",
    ),
    Found(
        "jonas", 3, "Gut, aber nicht für jeden Tag",
        "Am Wochenende als Filter sehr fein. Unter der Woche fehlt mir morgens die Wucht.",
        (1, [0, 1], 30, True, "Etwas Körper."), "Sehr klar", "Wenig Körper",
    ),
    Found(
        "lukas", 2, "Mit hartem Wasser keine Freude",
        "Bei 19 Grad Härte schmeckt sie flach und sauer zugleich. Mit Flaschenwasser besser, aber das mache ich nicht.",
        (2, [0], 18, True, "Ein Hinweis zum Wasser."), "", "Verträgt kein hartes Wasser",
    ),
    Found(
        "tomasz", 2, "I ran out of grind settings",
        "Went two full turns finer than usual and still got 20 seconds. The cup was thin.",
        (2, [0], 25, True, ""), "", "Very hard beans", publish=False,
    ),
    Found(
        "aylin", 4, "Im Filter mein neuer Liebling",
        "Weiches Wasser, 93 Grad, drei Minuten: Pfirsich. Als Espresso würde ich sie nicht kaufen.",
        (1, [1], 36, False, "Nichts, als Filter."), "Pfirsich\nBleibt auch kalt gut",
    ),
)  # fmt: skip
