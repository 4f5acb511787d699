"""What the demo's ambassadors may learn beside it, German first."""

from __future__ import annotations

from config.demo.ambassadors_lessons import RIGHT, WRONG, Lesson, Question

MORE_LESSONS = (
    Lesson(
        slug="water-scale-and-warranty",
        minutes=25,
        is_required=False,
        for_team=True,
        title=("Wasser, Kalk und Gewährleistung", "Water, scale and warranty"),
        summary=(
            "Warum 17 °dH kein Schicksal ist und was beim Entkalken schiefgeht.",
            "Why 17 °dH is no fate, and what goes wrong when descaling.",
        ),
        body=(
            """## Härte in einem Satz
Bis 7 °dH ist Wasser weich, ab 14 hart. Für Espresso ist **6 bis 8** gut: darunter schmeckt es flach, darüber
wächst Kalk.

## Was hilft
- Ein Filter im Tank halbiert die Härte und hält etwa zwei Monate.
- Mischen geht auch: halb Leitung, halb stilles Wasser.
- Destilliertes Wasser allein **nie**: Die Sonde im Kessel erkennt es nicht, die Maschine heizt trocken.

## Entkalken
Alle drei Monate bei 10 °dH, jeden Monat bei 17. Zitronensäure gehört nicht in heiße Kessel, sie macht Krümel
statt Lösung. Unser Entkalker ist Amidosulfonsäure, kalt angesetzt.

## Gewährleistung
Kalk ist kein Mangel, ein defektes Ventil schon. Entscheiden wird immer das Team. Sag deshalb nie *das zahlt ihr
bestimmt*, und nie *das zahlt niemand*.""",
            """## Hardness in one sentence
Up to 7 °dH water is soft, from 14 on it is hard. For espresso **6 to 8** is good: below that it tastes flat,
above it scale grows.

## What helps
- A filter in the tank halves the hardness and lasts about two months.
- Mixing works as well: half tap water, half still water.
- Distilled water alone **never**: the probe in the boiler does not see it, and the machine heats dry.

## Descaling
Every three months at 10 °dH, every month at 17. Citric acid does not belong in hot boilers, it makes crumbs
instead of dissolving. Our descaler is sulfamic acid, mixed cold.

## Warranty
Scale is no defect, a broken valve is. The team always decides. So never say *they will surely pay*, and never
*nobody will*.""",
        ),
        questions=(
            Question(
                ("Welche Härte ist für Espresso gut?", "Which hardness is good for espresso?"),
                ("Darunter flach, darüber Kalk.", "Flat below, scale above."),
                (
                    ("6 bis 8 °dH", "6 to 8 °dH", RIGHT),
                    ("0 bis 2 °dH", "0 to 2 °dH", WRONG),
                    ("14 bis 17 °dH", "14 to 17 °dH", WRONG),
                ),
            ),
            Question(
                ("Warum kein destilliertes Wasser allein?", "Why no distilled water alone?"),
                ("Ohne Minerale leitet Wasser nicht.", "Without minerals water does not conduct."),
                (
                    ("Die Sonde erkennt es nicht", "The probe does not see it", RIGHT),
                    ("Es ist zu teuer", "It is too expensive", WRONG),
                    ("Es verkalkt schneller", "It scales faster", WRONG),
                ),
            ),
            Question(
                ("Jemand fragt, ob ein Kalkschaden ersetzt wird.", "Somebody asks whether damage by scale is covered."),
                ("Das entscheidet immer das Team.", "The team always decides that."),
                (
                    ("Ich gebe an das Team ab", "I hand over to the team", RIGHT),
                    ("Ich sage nein, Kalk ist kein Mangel", "I say no, scale is no defect", WRONG),
                    ("Ich sage ja, aus Kulanz", "I say yes, out of goodwill", WRONG),
                ),
            ),
        ),
    ),
    Lesson(
        slug="kind-when-it-is-hard",
        minutes=15,
        is_required=False,
        for_team=True,
        title=("Freundlich bleiben, wenn es schwierig wird", "Kind when it is hard"),
        summary=(
            "Wütende Menschen, lange Pausen und das gute Ende eines Gesprächs.",
            "Angry people, long pauses and the good end of a talk.",
        ),
        body=(
            """## Wut meint selten dich
Wiederhole in einem Satz, was passiert ist: *Die Maschine ist zum zweiten Mal ausgefallen, am Tag vor dem
Besuch.* Wer sich verstanden fühlt, wird leiser. Erst danach kommt eine Lösung.

## Grenzen
Beleidigungen musst du nicht aushalten. Einmal sagen, dass du so nicht weitermachst. Beim zweiten Mal melden und
schließen. Das schadet deiner Stufe nicht.

## Pausen
Nach drei Minuten Stille frag nach. Nach zehn verabschiede dich und sag, dass man hier weiterschreiben kann.

## Das gute Ende
Fass in zwei Sätzen zusammen, was jetzt zu tun ist. Bitte nicht um Sterne.""",
            """## Anger rarely means you
Say in one sentence what has happened: *The machine has failed for the second time, on the day before the
visit.* Whoever feels understood gets quieter. Only then comes a solution.

## Limits
You need not bear insults. Say once that you do not go on like this. The second time, report and close. It does
not harm your tier.

## Pauses
After three minutes of silence, ask. After ten, say goodbye and that they can go on writing here.

## The good end
Sum up in two sentences what is to be done now. Do not ask for stars.""",
        ),
        questions=(
            Question(
                ("Jemand ist wütend. Was kommt zuerst?", "Somebody is angry. What comes first?"),
                ("Verstehen vor Lösen.", "Understanding comes before solving."),
                (
                    ("In einem Satz sagen, was passiert ist", "Say in one sentence what has happened", RIGHT),
                    ("Eine Lösung anbieten", "Offer a solution", WRONG),
                    ("Um Ruhe bitten", "Ask them to calm down", WRONG),
                ),
            ),
            Question(
                ("Was gehört an das Ende eines Gesprächs?", "What belongs at the end of a talk?"),
                ("Um Sterne bittet hier niemand.", "Nobody here asks for stars."),
                (
                    ("Zwei Sätze: was jetzt zu tun ist", "Two sentences: what is to be done now", RIGHT),
                    ("Die Bitte um fünf Sterne", "A request for five stars", WRONG),
                    ("Ein Link in den Shop", "A link to the shop", WRONG),
                ),
            ),
        ),
    ),
)
