"""What people with a full cart asked while the demo measured what people sell beside the bot."""

from __future__ import annotations

from config.demo.chat_desk_words import Asked

#: The first line is the question; later ones that begin with ">" are the visitor's.
SCALE = (
    "Leitungswasser mit 18 Grad: Muss ich die Aurora S1 alle vier Wochen entkalken?",
    "Meine ist vier Jahre alt bei 17 Grad. Alle sechs Wochen entkalken, dann passiert nichts.",
    "> Wie lange dauert das jedes Mal?",
    "Zwanzig Minuten, davon stehst du fünf daneben. Mit Filter im Tank reicht alle zehn Wochen.",
)
TWO_CUPS = (
    "Reicht eine Aurora S1 für zwei Leute, die gleichzeitig losmüssen?",
    "Für zwei reicht die S1. Zwischen Brühen und Schäumen wartest du eine knappe Minute.",
    "> Und wenn Besuch kommt?",
    "Ab vier Tassen wird es zäh. Wer das jeden Sonntag hat, ist mit der Duo glücklicher.",
)
KETTLE = (
    "Lohnt sich der Fjord, wenn ich bisher mit dem normalen Kessel aufgieße?",
    "Wenn du jeden Tag Filter trinkst, ja. Der Strahl ist ruhig, und 93 Grad sind 93 Grad.",
    "> Hält er die Temperatur auch?",
    "Eine halbe Stunde lang. Danach drückst du noch einmal.",
)
GRINDER = (
    "Is the Mahl Two worth it if I only make espresso, and a filter on Sundays?",
    "If it is truly one filter a week: the One, and you count the turns back. I did that for a year.",
    "> And what made you buy the Two?",
    "Counting turns at seven in the morning. Nothing else.",
)
HEAT = (
    "How early do I have to get up for the S1? I leave at six.",
    "Put it on a timer, six minutes before. I have never met mine cold.",
    "> Is it safe to leave it on all day?",
    "It goes to sleep after thirty minutes, so there is nothing to think of.",
)
RETENTION = (
    "Mahl One with fresh Polarnacht: does it clump? I change beans a lot.",
    "For the first week after roasting, a little. A drop of water on the beans ends it.",
    "> I can live with that.",
    "Tap the lid twice. Sounds silly, works.",
)
#: Question, product, who helps: by language.
GERMAN = ((SCALE, "aurora-s1", "aylin"), (TWO_CUPS, "aurora-s1", "aylin"), (KETTLE, "kettle-fjord", "aylin"))
ENGLISH = ((GRINDER, "mahl-two", "ingrid"), (HEAT, "aurora-s1", "ingrid"), (RETENTION, "mahl-one", "ingrid"))
NAMES = (
    "Antje", "Grace", "Bernd", "Liam", "Carola", "Noor", "Detlef", "Owen", "Esra", "Ruth", "Fabian", "Siobhan", "Gesa",
    "Tariq", "Henning", "Uma", "Imke", "Victor", "Jost", "Wanda", "Kerstin", "Xenia", "Lothar", "Yara", "Mirja", "Zoe",
    "Nils", "Abel", "Okka", "Bianca", "Piet", "Chidi",
)  # fmt: skip


def asked(number: int) -> Asked:
    """The ``number``-th of those who asked: German and English take turns, and Emil helps the first of the English."""
    lines, product, helper = (ENGLISH if number % 2 else GERMAN)[number // 2 % 3]
    if helper == "ingrid" and number < EMIL_UNTIL:
        helper = "emil"
    language = "en" if number % 2 else "de"
    return Asked(NAMES[number % len(NAMES)], 0, language, "before", lines, helper, product, cart=(product,))


#: Then Emil had enough to do elsewhere.
EMIL_UNTIL = 20
