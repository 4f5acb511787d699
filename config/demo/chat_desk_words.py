"""What is asked and answered at the desks of the demo. All of these people are fictional."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """A talk, ``hours`` ago. The first line is the question; later ones that begin with ">" are the visitor's."""

    name: str
    hours: int
    language: str
    phase: str
    lines: tuple[str, ...]
    helped_by: str = ""
    product: str = ""
    cart: tuple[str, ...] = ()
    shared: bool = False
    visits: int = 1


#: Group, phase, German title and text, English title and text.
REPLIES = (
    (
        "",
        "",
        ("Begrüßung", "Hallo, schön, dass du fragst. Ich schaue mir das gerade an."),
        ("Welcome", "Hello, good that you ask. I am looking at it right now."),
    ),
    (
        "ambassadors",
        "before",
        (
            "Kundin, nicht Verkäuferin",
            "Damit du es weißt: Ich bin selbst Kundin und bekomme keine Provision. Ich rate dir auch gern ab.",
        ),
        (
            "Customer, not sales",
            "So you know: I am a customer myself and get no commission. I am happy to advise against it, too.",
        ),
    ),
    (
        "",
        "before",
        ("Wie viel Platz", "Wie viel Platz hast du, und wie viele Tassen machst du am Morgen?"),
        ("How much room", "How much room do you have, and how many cups do you make in the morning?"),
    ),
    (
        "agents",
        "after",
        ("Bestellnummer", "Gib mir bitte die Bestellnummer aus der Bestätigung, sie beginnt mit NL."),
        ("Order number", "Please give me the order number from the confirmation. It begins with NL."),
    ),
    (
        "",
        "",
        ("Noch etwas?", "Kann ich sonst noch helfen? Wenn nicht, kannst du das Fenster einfach schließen."),
        ("Anything else?", "Is there anything else? If not, simply close the window."),
    ),
)

ASKED = (
    Asked(
        "Katharina",
        3,
        "en",
        "before",
        (
            "Hi! I am torn between the S1 and an automatic. Two kids, three minutes in the morning, small kitchen.",
            "Hi Katharina, I know that kitchen. I have had the S1 for two years with a toddler on my hip.",
            "Honest answer: it takes six minutes to heat up, so mine is on a timer. Then a cappuccino takes two.",
            "> On a timer, that is clever. My mother-in-law has an automatic and descales it all the time.",
            "> And is it loud in the morning?",
            "58 dB when brewing, about like a kettle. The steam is the loud part, so I do the milk first.",
            "> Perfect, that is what I wanted to hear. Thank you!",
        ),
        "mara",
        "aurora-s1",
        ("aurora-s1", "beans-polarnacht"),
        shared=True,
        visits=3,
    ),
    Asked(
        "Jürgen",
        28,
        "de",
        "before",
        (
            "Passt die S1 unter einen Hängeschrank mit 40 cm?",
            "Ja, sie ist 37 cm hoch. Zum Wassernachfüllen musst du sie aber vorziehen oder den Tank seitlich nehmen.",
            "> Wie machst du das?",
            "Ich habe Filzgleiter darunter geklebt, dann gleitet sie nach vorn. Kostet zwei Euro.",
            "> Gekauft. Danke dir!",
        ),
        "mara",
        "aurora-s1",
    ),
    Asked(
        "Meike",
        51,
        "de",
        "after",
        (
            "Meine Crema ist seit einer Woche ganz dünn, gleiche Bohnen.",
            "Wann hast du zuletzt entkalkt, und wie hart ist dein Wasser?",
            "> Ähm. Noch nie? 17 Grad.",
            "Dann war es das sehr wahrscheinlich. Einmal entkalken, danach alle sechs Wochen.",
            "> Hat geholfen, schmeckt wieder. Danke!",
        ),
        "aylin",
        "aurora-s1",
    ),
    Asked(
        "Daniel",
        20,
        "en",
        "after",
        (
            "My order arrived without the grinder, only the machine was in the box.",
            "Sorry about that. The grinder left the warehouse a day later, in a parcel of its own.",
            "> Ah, the second tracking number. It says tomorrow.",
            "Exactly. If it is not there by Friday, write here again and I send another one.",
        ),
        "ben",
        "mahl-one",
    ),
    Asked(
        "Sabine",
        9,
        "de",
        "after",
        ("Ich möchte die Rechnung auf meine Firma umschreiben lassen. Geht das noch?",),
    ),
    Asked(
        "Tom",
        7,
        "de",
        "before",
        ("Lohnt sich die Duo, wenn ich nur am Wochenende Milchkaffee trinke?",),
        product="aurora-duo",
    ),
)
