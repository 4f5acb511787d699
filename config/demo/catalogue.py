"""The brand, its products and the topics of its community."""

from __future__ import annotations

from typing import Any

BRAND: dict[str, Any] = {
    "name": "Nordlicht Kaffee",
    "tagline_de": "Community",
    "tagline_en": "Community",
    "promise_de": "Hier antworten Leute, die dieselbe Maschine gekauft haben wie du.",
    "promise_en": "Answers come from people who bought the same machine you did.",
    "hero_title_de": "Guter Kaffee ist ein Gespräch",
    "hero_title_en": "Good coffee is a conversation",
    "hero_text_de": "Frag die Leute, bei denen die Maschine schon auf der Theke steht.",
    "hero_text_en": "Ask the people who already have the machine on their counter.",
    "shop_url": "https://shop.nordlicht.example/",
    "reputation_name_de": "Punkte",
    "reputation_name_en": "points",
    "credits_name_de": "Bohnen",
    "credits_name_en": "beans",
    "accent": "oklch(0.41 0.085 170)",
}

#: Slug, German and English name.
TOPICS = (
    ("dialling-in", "Mahlgrad und Einstellung", "Dialling in"),
    ("water", "Entkalken und Wasser", "Descaling and water"),
    ("milk", "Milch und Latte Art", "Milk and latte art"),
    ("noise-and-size", "Lautstärke und Maße", "Noise and size"),
    ("beans", "Bohnen und Lagerung", "Beans and storage"),
    ("filter", "Filterkaffee", "Filter coffee"),
    ("parts", "Ersatzteile und Zubehör", "Parts and accessories"),
    ("orders", "Bestellung und Lieferung", "Orders and delivery"),
)

#: Slug, name, price, German and English summary. The slug is also the SKU's and the picture's name.
PRODUCTS = (
    (
        "aurora-s1",
        "Aurora S1",
        "1290.00",
        "Einkreiser-Siebträgermaschine, in sechs Minuten bereit.",
        "Single-boiler espresso machine, ready in six minutes.",
    ),
    (
        "aurora-duo",
        "Aurora Duo",
        "2190.00",
        "Dualboiler für alle, die brühen und schäumen wollen.",
        "Dual boiler for those who brew and steam at once.",
    ),
    (
        "mahl-one",
        "Mahl One",
        "349.00",
        "Espressomühle mit stufenloser Einstellung.",
        "Espresso grinder with stepless adjustment.",
    ),
    (
        "mahl-two",
        "Mahl Two",
        "449.00",
        "Leise Mühle für Espresso und Filter.",
        "Quiet grinder for espresso and filter.",
    ),
    (
        "beans-polarnacht",
        "Polarnacht",
        "12.90",
        "Dunkle Röstung, Kakao und Lakritz, 500 g.",
        "Dark roast, cocoa and liquorice, 500 g.",
    ),
    (
        "beans-mittsommer",
        "Mittsommer",
        "13.90",
        "Helle Röstung, Beeren und Zitrus, 500 g.",
        "Light roast, berries and citrus, 500 g.",
    ),
    (
        "kettle-fjord",
        "Fjord",
        "79.00",
        "Schwanenhalskessel mit Temperaturwahl.",
        "Gooseneck kettle with temperature control.",
    ),
)

#: What a coffee roaster calls the levels: German, English.
LEVELS = {
    1: ("Rohbohne", "Green"),
    2: ("Zimtröstung", "Cinnamon"),
    3: ("City-Röstung", "City"),
    4: ("Volle City-Röstung", "Full City"),
    5: ("Wiener Röstung", "Vienna"),
    6: ("Meisterröstung", "Master Roast"),
}

#: What it makes of two of the first badges: German, English, glyph.
BADGES = {
    "first-solution": ("Erster Knack", "First crack", "flame"),
    "honest-word": ("Guter Schluck", "Good sip", "cup"),
}
