"""The ideas of the demo in words: the board, a contest that runs with a toolkit, and one that is decided."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Proposal:
    """An idea, ``days`` ago, with who voted, (who, text) of comments, and (status, reason) of decisions."""

    by: str
    days: int
    title: str
    body: str
    votes: str = ""
    product: str = ""
    status: tuple[tuple[str, str], ...] = ()
    comments: tuple[tuple[str, str], ...] = ()
    merges: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    remix_of: str = ""
    jury: tuple[tuple[str, int], ...] = ()


BOARD = (
    Proposal(
        "emil", 210, "Hopper with a shutter",
        "Changing beans means grinding the hopper empty. A shutter at its neck would let me lift it off full.",
        "ingrid tomasz jonas lukas priya mara aylin sofia felix nele hannes", "mahl-one",
        (("planned", "The mould can take it."), ("shipped", "In the shop since March, fits every Mahl One.")),
        (("tomasz", "Mine arrived on Tuesday. Two clicks and it is off."),),
    ),
    Proposal(
        "priya", 160, "500 g bags",
        "A kilo is stale before we are through, 250 g last four days.",
        "lena mara sofia felix ingrid nele jonas hannes tomasz", "beans-polarnacht",
        (("shipped", "Both roasts come in 500 g now."),),
    ),
    Proposal(
        "jonas", 74, "Größerer Tank für die S1",
        "Bei zwei Leuten am Morgen ist nach dem dritten Bezug Schluss. Einen halben Liter mehr, bitte.",
        "lena mara aylin ingrid felix priya lukas tomasz nele hannes emil", "aurora-s1",
        (("under_review", "Wir prüfen, was unter die Haube passt."),
         ("planned", "Kommt als Zubehör: 2,3 statt 1,8 Liter, gleiche Höhe.")),
        (("hannes", "Im Büro wäre das Gold wert."), ("ben", "Passt auch auf ältere Geräte, wir haben es probiert.")),
        merges="Zwei Liter Wasser statt eins Komma acht",
    ),
    Proposal(
        "lukas", 70, "Zwei Liter Wasser statt eins Komma acht",
        "Der Tank könnte hinten ruhig höher werden.", "sofia aylin", "aurora-s1",
    ),
    Proposal(
        "mara", 66, "Timer in the S1 menu",
        "The shot timer runs on the display anyway. Let me set a target and blink when it is reached.",
        "felix emil ingrid tomasz jonas lena sofia priya", "aurora-s1",
        (("under_review", "Firmware can do it. We are looking at the wording on the small display."),),
        (("emil", "A beep would be enough for me."),),
    ),
    Proposal(
        "aylin", 48, "Ersatzteilabo für Dichtungen",
        "Einmal im Jahr eine neue Brühgruppendichtung im Briefkasten, mit der Erinnerung, sie zu tauschen.",
        "lukas jonas nele lena hannes", "",
        (("planned", "Startet im Herbst mit der S1, danach die Duo."),),
    ),
    Proposal(
        "ingrid", 41, "Quiet mode for early grinding",
        "Half the speed, half the noise, twice the time. At six in the morning that is a good trade.",
        "mara lena felix nele priya sofia tomasz jonas aylin", "mahl-two",
        (("building", "The motor allows it. First samples go to testers in spring."),),
        (("mara", "My neighbours would sign this."),),
    ),
    Proposal(
        "nele", 30, "Röstdatum groß auf die Vorderseite",
        "Ich drehe jede Packung um und suche. Das Röstdatum ist doch das Wichtigste.",
        "lena aylin lukas emil jonas hannes felix", "beans-mittsommer",
    ),
    Proposal(
        "hannes", 21, "Kaffeeabo mit Pause",
        "In den Ferien steht das Büro leer, die Bohnen kommen trotzdem. Ein Knopf zum Pausieren.",
        "lena nele priya jonas", "",
        (("under_review", "Der Shop kann es, die Rechnung noch nicht."),),
    ),
    Proposal(
        "sofia", 12, "A lid for the knock box",
        "It is a lovely box until somebody visits. A lid, please, and I never hide it again.", "mara priya ingrid",
    ),
    Proposal(
        "felix", 6, "Show the water hardness in the app",
        "I type it in once and forget it. A reminder when it is time to descale would use it.",
        "aylin lena", "aurora-s1",
    ),
    Proposal(
        "tomasz", 90, "Coffee box with a toy",
        "A small wooden figure in every tenth box, for those who collect.", "felix", "",
        (("declined", "We would rather put the money into the beans."),),
    ),
)  # fmt: skip

#: Option key, German and English name, and its choices: key, German and English name and note, price effect.
BLEND = (
    ("base", "Basis", "Base", True, (
        ("brazil", "Brasilien", "Brazil", "Nuss und Schokolade", "Nuts and chocolate", "0.00"),
        ("honduras", "Honduras", "Honduras", "Karamell, sanft", "Caramel, gentle", "0.60"),
        ("sumatra", "Sumatra", "Sumatra", "Würzig und schwer", "Spicy and heavy", "0.90"),
    )),
    ("accent", "Akzent", "Accent", False, (
        ("ethiopia", "Äthiopien", "Ethiopia", "Beeren und Blüten", "Berries and blossom", "1.20"),
        ("kenya", "Kenia", "Kenya", "Schwarze Johannisbeere", "Blackcurrant", "1.50"),
        ("robusta", "Robusta aus Indien", "Indian robusta", "Mehr Crema, mehr Kraft", "More crema, more kick", "-0.40"),
    )),
    ("roast", "Röstung", "Roast", True, (
        ("light", "Hell", "Light", "Für Filter", "For filter", "0.00"),
        ("medium", "Mittel", "Medium", "Für beides", "For both", "0.00"),
        ("dark", "Dunkel", "Dark", "Für Milch", "For milk", "0.00"),
    )),
    ("bag", "Packung", "Bag", True, (
        ("paper", "Papier", "Paper", "500 g", "500 g", "0.00"),
        ("tin", "Dose zum Nachfüllen", "Refill tin", "500 g, mit Ventil", "500 g, with a valve", "4.50"),
    )),
)  # fmt: skip
#: What goes together and what does not: (option, choice), excludes or requires, (option, choice).
BLEND_CONSTRAINTS = (
    (("roast", "light"), "excludes", ("accent", "robusta")),
    (("accent", "kenya"), "requires", ("roast", "light")),
)
BLEND_IDEAS = (
    Proposal(
        "sofia", 5, "Sunday in Naples", "Heavy, dark, and it holds its own under a lot of milk.",
        "mara felix priya lena",
        choices=(("base", "sumatra"), ("accent", "robusta"), ("roast", "dark"), ("bag", "tin")),
        comments=(("mara", "I can smell this one."),),
    ),
    Proposal(
        "lukas", 4, "Erste Schicht", "Kurz, kräftig, ohne Umwege. Für den Espresso vor dem ersten Zug.",
        "jonas nele aylin",
        choices=(("base", "brazil"), ("accent", "robusta"), ("roast", "medium"), ("bag", "paper")),
    ),
    Proposal(
        "ingrid", 3, "Light over the fjord", "Blackcurrant and a long finish, made for the kettle.",
        "emil tomasz nele hannes mara",
        choices=(("base", "honduras"), ("accent", "kenya"), ("roast", "light"), ("bag", "paper")),
    ),
    Proposal(
        "nele", 2, "Licht über der Förde", "Wie Ingrids Mischung, nur mit Blüten statt Johannisbeere.", "lena lukas",
        choices=(("base", "honduras"), ("accent", "ethiopia"), ("roast", "light"), ("bag", "paper")),
        remix_of="Light over the fjord",
    ),
)  # fmt: skip
JUG_IDEAS = (
    Proposal(
        "ingrid", 60, "A thermometer strip that shows when to stop",
        "A line of colour on the outside that turns at 60 °C. No battery, nothing to lose.",
        "mara lena felix priya sofia tomasz", jury=(("ben", 9), ("mara", 8)),
        status=(("under_review", "Our supplier can print this on steel. We test how it survives the dishwasher."),),
    ),
    Proposal(
        "jonas", 59, "Ein Kännchen, zwei Deckel",
        "Einer mit schmaler Tülle für Latte Art, einer mit breiter zum Ausgießen.",
        "lukas lena aylin hannes", jury=(("ben", 6), ("mara", 7)),
    ),
    Proposal(
        "sofia", 58, "Handle for left hands", "The spout decides which hand you use. Please make it symmetrical.",
        "emil mara priya felix", jury=(("ben", 9), ("mara", 9)),
    ),
    Proposal(
        "lukas", 57, "Markierungen innen statt Überlaufen",
        "Zwei Striche innen, für eine und für zwei Tassen. Dann läuft nichts mehr über.",
        "jonas nele", jury=(("ben", 5), ("mara", 6)),
    ),
)  # fmt: skip
