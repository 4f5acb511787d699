"""What Mara's talks of the last months were about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paid:
    """A talk ``months`` ago, on that day of the month, as far as the month has come; and how it was rated, if it was.

    The first line is the question; later ones that begin with ">" are the visitor's. ``words`` are said to Mara.
    """

    name: str
    months: int
    day: int
    language: str
    product: str
    lines: tuple[str, ...]
    stars: int = 0
    words: str = ""


GRINDER = (
    "Can I hear the S1 from the next room?",
    "I live with thin walls and nobody has complained yet. The pump hums for about 25 seconds.",
    "> That is shorter than I thought.",
    "Put it on a mat, that takes most of it away.",
)
WATER = (
    "Wie oft muss ich die S1 bei hartem Wasser entkalken?",
    "Bei 16 Grad mache ich es alle sechs Wochen, mit Filter im Tank alle drei Monate.",
    "> Und welcher Filter passt?",
    "Der kleine aus dem Shop. Er sitzt im Tank und hält bei mir zwei Monate.",
)
MILK = (
    "Is the steam strong enough for two flat whites in a row?",
    "Yes, if you steam before you brew. I do two pitchers every morning.",
    "> Good, that is exactly what I need.",
    "Start with cold milk straight from the fridge, it gives you more time.",
)
SIZE = (
    "Passt die S1 unter einen Hängeschrank von 40 cm?",
    "Knapp: Sie ist 36 cm hoch, zum Befüllen zieht man den Tank nach vorn.",
    "> Nach vorn ist perfekt.",
    "Lass rechts eine Handbreit für die Dampflanze frei.",
)
GRIND = (
    "Which grinder would you put beside the S1?",
    "I use the Mahl One. Stepless, and quiet enough for a Sunday.",
    "> Does it do filter as well?",
    "It does, but going back and forth costs you a dose. For both I would look at the Mahl Two.",
)
SHORT = ("Hallo?", "Hallo, wobei kann ich helfen?")
SILENT = ("Ist die S1 auch in Weiß da?", "Nur in Nachtblau und Silber.", "Silber wirkt im Licht sehr hell.")

PAID = (
    Paid("Katrin", 2, 3, "de", "aurora-s1", WATER, 5, "Endlich eine ehrliche Antwort zum Wasser."),
    Paid("Oliver", 2, 9, "en", "aurora-s1", GRINDER, 4),
    Paid("Sabine", 2, 14, "de", "aurora-s1", SIZE, 5, "Du hast für mich nachgemessen, danke."),
    Paid("Marek", 2, 22, "en", "mahl-one", GRIND),
    Paid("Ulrike", 2, 27, "de", "aurora-s1", SHORT),
    Paid("Hedda", 1, 2, "en", "aurora-s1", MILK, 5, "You told me to steam first. That changed my mornings."),
    Paid("Torben", 1, 6, "de", "aurora-s1", SIZE, 5),
    Paid("Yasmin", 1, 11, "de", "aurora-s1", WATER, 4),
    Paid("Paul", 1, 15, "en", "mahl-one", GRIND, 2, "Friendly, but I wanted one clear answer."),
    Paid("Anke", 1, 20, "de", "aurora-s1", GRINDER),
    Paid("Rosa", 1, 25, "en", "aurora-s1", MILK, 5),
    Paid("Jörn", 0, 3, "de", "aurora-s1", WATER, 5, "Kurz, klar, freundlich."),
    Paid("Elif", 0, 9, "en", "aurora-s1", GRINDER, 5),
    Paid("Simon", 0, 15, "de", "mahl-one", GRIND, 4),
    Paid("Birgit", 0, 19, "de", "aurora-s1", SILENT),
)
DISPUTED = "Birgit"
OBJECTION = "Sie hat sich per Mail bedankt und die silberne bestellt. Im Chat hat sie nur nicht mehr geantwortet."
