"""What the demo's campaign says, asks and is answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

CAMPAIGN = {
    "slug": "winter",
    "title_de": "Du erklärst es besser als wir",
    "title_en": "You explain it better than we ever could",
    "lead_de": (
        "Botschafterinnen und Botschafter besitzen eine Maschine von uns und sprechen mit Leuten, die noch überlegen. "
        "Deine Zeiten wählst du, jedes Gespräch wird gleich bezahlt, und niemand legt dir Worte in den Mund."
    ),
    "lead_en": (
        "Ambassadors are owners who talk to people about to buy. You choose your hours, we pay a fixed fee for each "
        "talk, and nobody tells you what to say."
    ),
}
#: Metric, needed, all points from, points at most.
CRITERIA = (("owned", 6, 12, 25), ("accepted", 3, 10, 40), ("reviews", 1, 2, 15), ("clear", 1, 1, 20))
NOTES: tuple[dict[str, str], ...] = (
    {
        "kind": "benefit",
        "figure_de": "4,00 €", "figure_en": "€4.00",
        "title_de": "für jedes Gespräch", "title_en": "for each talk",
        "text_de": "Mit der nächsten Stufe 5,50 €, mit der höchsten 7,00 €. Ob jemand kauft, spielt keine Rolle.",
        "text_en": "€5.50 with the next tier, €7.00 with the highest. Whether somebody buys makes no difference.",
    },
    {
        "kind": "benefit",
        "figure_de": "30 %", "figure_en": "30%",
        "title_de": "Rabatt im Shop", "title_en": "off in the shop",
        "text_de": "Für dich, das ganze Jahr. Dazu drei Codes im Jahr zum Verschenken.",
        "text_en": "For you, all year. Three codes a year for friends.",
    },
    {
        "kind": "benefit",
        "figure_de": "Zuerst", "figure_en": "First",
        "title_de": "Neues ausprobieren", "title_en": "to try new things",
        "text_de": "Prototypen stehen Monate vor dem Verkauf in deiner Küche.",
        "text_en": "Prototypes land on your counter months before launch.",
    },
    {
        "kind": "benefit",
        "figure_de": "2 Tage", "figure_en": "2 days",
        "title_de": "in der Rösterei", "title_en": "in the roastery",
        "text_de": "Einmal im Jahr in Bremen. Zug, Hotel und viel zu viel Espresso inklusive.",
        "text_en": "Once a year in Bremen. Train, hotel and far too much espresso included.",
    },
    {
        "kind": "question",
        "title_de": "Muss ich alles loben?", "title_en": "Do I have to praise everything?",
        "text_de": "Nein. Wer ehrlich abrät, wird besser bewertet, und wir bekommen weniger Rücksendungen.",
        "text_en": "No. Those who advise against it when it does not fit are rated better, and we get fewer returns.",
    },
    {
        "kind": "question",
        "title_de": "Wie werde ich bezahlt?", "title_en": "How do I get paid?",
        "text_de": "Monatlich per Überweisung, mit jedem Gespräch in der Abrechnung. Unter 10 € wandert es weiter.",
        "text_en": "Monthly by bank transfer, with every talk on the statement. Below €10 it moves to the next month.",
    },
    {
        "kind": "question",
        "title_de": "Was ist mit der Steuer?", "title_en": "What happens with taxes?",
        "text_de": "Du bekommst für jeden Monat eine Abrechnung. Was du davon angibst, hängt von deinem Land ab.",
        "text_en": "You get a statement for every month. What you declare depends on your country.",
    },
)  # fmt: skip
VOICES = (
    ("mara", "Ich sage auch, wenn die Duo zu viel Maschine ist. Deshalb glauben mir die Leute.",
     "I say it when the Duo is too much machine. That is why people believe me."),
    ("aylin", "Zwei Gespräche in der Bahn, und der Kaffee ist bezahlt.",
     "Two chats on the tram, and the coffee is paid."),
    ("emil", "Sie haben meine Idee für den Trichter gebaut. Prototyp drei steht noch hier.",
     "They built my hopper idea. I still have prototype number three."),
)  # fmt: skip
FORM: tuple[dict[str, Any], ...] = (
    {
        "kind": "choices",
        "label_de": "Worüber sprichst du gern?", "label_en": "What do you like to talk about?",
        "options_de": "Mahlgrad einstellen\nMilch und Latte Art\nEntkalken und Wasser\nMühlen\nHelle Röstungen",
        "options_en": "Dialling in\nMilk and latte art\nDescaling and water\nGrinders\nLight roasts",
    },
    {
        "kind": "choice",
        "label_de": "In welchen Sprachen?", "label_en": "In which languages?",
        "options_de": "Deutsch und Englisch\nDeutsch\nEnglisch", "options_en": "German and English\nGerman\nEnglish",
    },
    {
        "kind": "number", "label_de": "Wie viele Stunden in der Woche ungefähr?", "label_en": "Hours a week, roughly?",
        "hint_de": "Nur ein Anhaltspunkt, du schaltest dich selbst ein.",
        "hint_en": "Only a hint for us, you switch yourself on.",
    },
    {
        "kind": "long",
        "label_de": "Jemand fragt: S1 oder Vollautomat? Was sagst du?",
        "label_en": "A friend asks: S1 or an automatic? What do you say?",
        "hint_de": "Es gibt keine richtige Antwort. Schreib, wie du sprichst.",
        "hint_en": "There is no right answer. Write as you would speak.",
    },
    {
        "kind": "confirm",
        "label_de": "Ich sage in jedem Gespräch, dass ich Kundin oder Kunde bin und bezahlt werde.",
        "label_en": "I will say in every talk that I am a customer and paid for it.",
    },
    {"kind": "confirm", "label_de": "Ich bin über 18.", "label_en": "I am over 18."},
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who applied how many days ago, what they said, and the moves since with their reasons."""

    who: str
    days: int
    said: tuple[object, ...]
    moves: tuple[tuple[str, str], ...] = ()


LENA: tuple[object, ...] = ([1, 2], 0, 3, "Kommt darauf an, wie dein Morgen aussieht. Ich habe", None, None)
APPLICANTS = (
    Applicant(
        "jonas", 12,
        ([0, 3], 1, 4,
         "Ich frage erst, wer morgens mittrinkt. Zum Schrauben die S1, zum Drücken der Automat.", True, True),
        (("screened", "Klare Antworten, und du rätst auch mal ab. Das mögen wir."),
         ("interview", "Wir würden gern 20 Minuten mit dir sprechen. Du bekommst zwei Termine per Nachricht.")),
    ),
    Applicant(
        "priya", 15,
        ([1, 3, 4], 2, 5, "Two children, seven minutes: the Duo. One person, free Sundays: the S1.", True, True),
        (("screened", "We liked how you start from somebody's morning."),
         ("offered", "Your answers in the community say more than an interview would.")),
    ),
    Applicant(
        "sofia", 4,
        ([0, 1], 0, 2, "Moka people like me need neither at once. If you do: the S1, and two weeks of patience.",
         True, True),
        (("screened", "Two weeks of patience: that is how we would have put it."),),
    ),
    Applicant(
        "felix", 3,
        ([0], 2, 1, "Ask me again in half a year. I am still learning, but I remember what was hard.", True, True),
    ),
    Applicant(
        "tomasz", 2,
        ([2, 3], 2, 6, "The S1 if you like to weigh things. If you do not, an automatic, and descale it.", True, True),
    ),
    Applicant(
        "nele", 16,
        ([4], 1, 12, "Immer die S1.", True, True),
        (("rejected", "Wir suchen Leute, die auch abraten. Bewirb dich gern in der nächsten Runde."),),
    ),
)  # fmt: skip
RULES: tuple[dict[str, Any], ...] = (
    {
        "trigger": "helpful", "threshold": 5,
        "name_de": "Fünfte hilfreiche Antwort", "name_en": "Fifth helpful answer",
        "advice_de": "Danke sagen, nach Lieblingsthemen fragen.", "advice_en": "Say thank you, ask what they like.",
    },
    {
        "trigger": "review", "threshold": 5,
        "name_de": "Begeisterte Bewertung", "name_en": "A glowing review",
        "advice_de": "Fragen, ob sie anderen davon erzählen möchten.", "advice_en": "Ask if they would tell others.",
    },
    {
        "trigger": "purchase", "threshold": 2,
        "name_de": "Zweites Produkt gekauft", "name_en": "Bought a second product",
        "advice_de": "Nach den ersten Tagen fragen, nichts verkaufen.", "advice_en": "Ask how it goes, sell nothing.",
    },
)  # fmt: skip
#: Who names whom for which topic, and why.
NAMED = (
    ("mara", "jonas", "water", "Hat mir den Umbau erklärt."),
    ("aylin", "jonas", "water", "Kennt jede Dichtung mit Namen."),
)
#: Who, by which rule, with what, how many days ago.
MOMENTS = (
    ("jonas", "Fifth helpful answer", {"n": 5}, 1),
    ("priya", "A glowing review", {"stars": 5}, 2),
    ("tomasz", "Bought a second product", {"n": 2}, 3),
)
