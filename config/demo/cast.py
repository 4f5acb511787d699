"""Who appears in the demo. All of them are fictional."""

from __future__ import annotations

from community.models import Role
from config.demo.script import Person

PEOPLE = (
    Person(
        "lena",
        "Lena Krüger",
        "de",
        "Hafer-Flat-White um sieben, sonntags Filter. Sucht gerade ihre erste Maschine.",
        12,
        portrait="hanna",
        account="customer",
    ),
    Person(
        "mara",
        "Mara Lindqvist",
        "en",
        "Two years with an Aurora S1 in a flat with thin walls. Latte art, water, repairs.",
        640,
        (Role.AMBASSADOR,),
        "mara",
        "ambassador",
    ),
    Person(
        "ben",
        "Ben Okafor",
        "en",
        "Service workshop, Bremen. If it squeaks, it lands on my bench.",
        720,
        (Role.AGENT,),
        "ben",
        "agent",
    ),
    Person(
        "clara",
        "Clara Holm",
        "de",
        "Kümmert sich um diese Community. Schreibt mir, wenn hier etwas klemmt.",
        730,
        (Role.MANAGER,),
        account="manager",
    ),
    Person("admin", "Nordlicht Admin", "en", "", 735, account="superuser"),
    Person(
        "aylin",
        "Aylin Demir",
        "de",
        "Berlin, 17 °dH, zwei Tassen am Tag. Fragt mich nach Wasser.",
        430,
        (Role.AMBASSADOR,),
        "aylin",
    ),
    Person(
        "ingrid",
        "Ingrid Solheim",
        "en",
        "Roasts at home in Bergen. Owner of three grinders, married to a tea drinker.",
        610,
        (Role.AMBASSADOR,),
        "ingrid",
    ),
    Person(
        "emil",
        "Emil Haugen",
        "en",
        "Light roasts, long ratios, Mahl One for two years.",
        560,
        (Role.AMBASSADOR,),
        "emil",
    ),
    Person("felix", "Felix Brandt", "en", "New to espresso, old to mornings.", 24, portrait="felix"),
    Person("priya", "Priya Nair", "en", "Aurora Duo, two children, no patience for queues.", 380, portrait="priya"),
    Person("sofia", "Sofia Marino", "en", "Raised on moka, converted to flat white in Munich.", 365, portrait="sofia"),
    Person("jonas", "Jonas Weber", "de", "Aurora Duo seit acht Monaten. Schraubt gern.", 250, portrait="jonas"),
    Person("lukas", "Lukas Schreiber", "de", "Graz. Hartes Wasser, weiche Crema.", 190, portrait="lukas"),
    Person("tomasz", "Tomasz Nowak", "en", "Mahl One, five months, still weighing every dose.", 150, portrait="tomasz"),
    Person("nele", "Nele Petersen", "de", "Husum. Filter aus dem Fjord-Kessel, Espresso nur auswärts.", 95),
    Person("hannes", "Hannes Vogt", "de", "Bürokaffee für zwölf Leute und alle haben eine Meinung.", 60),
)

#: In the order in which the interface names them.
ACCOUNTS = tuple(person for key in ("lena", "mara", "ben", "clara", "admin") for person in PEOPLE if person.key == key)
