"""What the demo's ambassadors have to learn, German first."""

from __future__ import annotations

from dataclasses import dataclass

Both = tuple[str, str]
RIGHT, WRONG = True, False


@dataclass(frozen=True, slots=True)
class Question:
    """A question: its choices say in both languages what they are, and whether they are right."""

    text: Both
    why: Both
    choices: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A module with its test."""

    slug: str
    minutes: int
    is_required: bool
    for_team: bool
    title: Both
    summary: Both
    body: Both
    questions: tuple[Question, ...]


LESSONS = (
    Lesson(
        slug="tone-and-disclosure",
        minutes=40,
        is_required=True,
        for_team=True,
        title=("Grundlagen: Ton und Offenlegung", "Basics: tone and disclosure"),
        summary=(
            "Wie du sagst, wer du bist, und warum Ehrlichkeit hier das Handwerk ist.",
            "How you say who you are, and why honesty is the craft here.",
        ),
        body=(
            """## Zuerst: wer du bist
Die erste Zeile jedes Gesprächs gehört der Wahrheit: *Ich heiße Mara, habe die S1 seit zwei Jahren und werde für
dieses Gespräch bezahlt, egal ob du kaufst.* Das kostet zehn Sekunden. Danach glaubt man dir den Rest.

Hast du ein Produkt kostenlos bekommen, etwa aus einem Test, sag es **bevor** du etwas darüber sagst. Hinterher
klingt es nach Beichte.

## Fragen, dann raten
Wer um Rat bittet, hat meistens schon einen Wunsch. Frag nach dem Alltag, nicht nach dem Budget:

- Wie viele Tassen, und wann?
- Wer trinkt mit, und womit wird gemischt?
- Wie viel Platz ist neben der Spüle?

Drei Fragen reichen. Dann eine Empfehlung, ein Gegenargument, und Schluss.

## Abraten ist erlaubt
Die kleine Maschine reicht? Sag es. Eine Maschine von jemand anderem passt besser? Sag auch das. Wer hier einmal
ehrlich weggeschickt wurde, kommt wieder.

## Was nie geht
Versprechen über Lieferzeiten, Gesundheit oder Rabatte. Und kein Druck: Es gibt keine letzte Maschine, bei der
man sich beeilen muss.""",
            """## First: who you are
The first line of every talk belongs to the truth: *I am Mara, I have had the S1 for two years, and I am paid
for this talk whether you buy or not.* It takes ten seconds. After that people believe the rest.

If you got a product for free, from a test for example, say so **before** you say anything about it. Afterwards
it sounds like a confession.

## Ask, then advise
Whoever asks for advice mostly has a wish already. Ask about the day, not about the budget:

- How many cups, and when?
- Who drinks with you, and what goes into it?
- How much room is there beside the sink?

Three questions are enough. Then one recommendation, one argument against it, and stop.

## You may advise against it
The small machine is enough? Say so. Somebody else's machine fits better? Say that too. Whoever was once sent
away honestly comes back.

## What never works
Promises about delivery, health or discounts. And no pressure: there is no last machine that anybody has to
hurry for.""",
        ),
        questions=(
            Question(
                (
                    "Wann sagst du, dass du für das Gespräch bezahlt wirst?",
                    "When do you say that you are paid for the talk?",
                ),
                (
                    "Vor allem anderen. Danach wirkt jeder Rat ehrlich, vorher keiner.",
                    "Before anything else. After it every piece of advice is believed, before it none.",
                ),
                (
                    ("Gleich am Anfang", "Right at the start", RIGHT),
                    ("Wenn jemand danach fragt", "When somebody asks", WRONG),
                    ("Nach der Empfehlung", "After the recommendation", WRONG),
                ),
            ),
            Question(
                (
                    "Du hast die Mahl Two kostenlos getestet. Jemand fragt nach ihr.",
                    "You tested the Mahl Two for free. Somebody asks about it.",
                ),
                ("Auch ein Testgerät, das zurückging, war kostenlos.", "A sample that went back was free as well."),
                (
                    ("Ich sage es, bevor ich etwas über sie sage", "I say so before I say anything about it", RIGHT),
                    ("Ich sage es, wenn ich sie empfehle", "I say so if I recommend it", WRONG),
                    ("Sie ging zurück, also muss ich nichts sagen", "It went back, so there is nothing to say", WRONG),
                ),
            ),
            Question(
                ("Was fragst du, bevor du etwas empfiehlst?", "What do you ask before you recommend anything?"),
                (
                    "Der Alltag entscheidet. Das Budget nennen Menschen von selbst.",
                    "The day decides. People name their budget by themselves.",
                ),
                (
                    ("Wie viele Tassen und wann", "How many cups and when", RIGHT),
                    ("Wer mittrinkt", "Who drinks with them", RIGHT),
                    ("Was sie höchstens ausgeben wollen", "The most they want to spend", WRONG),
                ),
            ),
            Question(
                ("Die kleinere Maschine reicht. Was tust du?", "The smaller machine is enough. What do you do?"),
                ("Dein Honorar hängt nie davon ab, was gekauft wird.", "Your fee never depends on what is bought."),
                (
                    ("Ich rate zur kleineren", "I recommend the smaller one", RIGHT),
                    ("Ich zeige zuerst die größere", "I show the larger one first", WRONG),
                    ("Ich gebe das Gespräch ab", "I hand the talk over", WRONG),
                ),
            ),
        ),
    ),
    Lesson(
        slug="what-to-leave-to-the-team",
        minutes=15,
        is_required=True,
        for_team=False,
        title=("Was du dem Team überlässt", "What to leave to the team"),
        summary=(
            "Bestellungen, Rechnungen, Gewährleistung: wie du gut abgibst.",
            "Orders, invoices, warranty: how to hand over well.",
        ),
        body=(
            """## Drei Themen gehören dir nicht
**Bestellung und Lieferung**, **Rechnung und Geld zurück**, **Gewährleistung**. Dafür braucht man Einblick in
das Kundenkonto, und den hast du mit Absicht nicht.

## So gibst du ab
1. Sag, was jetzt passiert: *Das sieht sich Ben aus dem Team an, er ist gleich da.*
2. Schreib zwei Sätze Übergabe: worum es geht, was du schon gefragt hast.
3. Drück auf **Übergeben**. Fertig.

Gib lieber früh ab als spät. Wer seine Geschichte zweimal erzählen muss, ist zu Recht verstimmt.

## Wenn etwas gefährlich klingt
Riecht es verbrannt, tropft Wasser in die Steckdose: erst *Stecker ziehen*, dann abgeben. Keine Ferndiagnose.

## Daten
Frag nie nach Adresse, Bestellnummer oder Kartendaten. Schickt sie dir jemand ungefragt, bitte darum, sie dem
Team zu geben, und wiederhole sie nicht.""",
            """## Three things are not yours
**Orders and delivery**, **invoices and refunds**, **warranty**. They need a look into the customer's account,
and you do not have that on purpose.

## How to hand over
1. Say what happens now: *Ben from the team looks at that, he is here in a moment.*
2. Write two sentences: what it is about, and what you have asked already.
3. Press **Hand over**. Done.

Rather hand over early than late. Whoever has to tell their story twice is right to be annoyed.

## When it sounds dangerous
A smell of burning, water dripping into the socket: first *pull the plug*, then hand over. No diagnosis from afar.

## Data
Never ask for an address, an order number or a card. If somebody sends them unasked, ask them to give them to
the team, and do not repeat them.""",
        ),
        questions=(
            Question(
                ("Was gibst du immer ab?", "What do you always hand over?"),
                (
                    "Alles, wofür man das Kundenkonto sehen müsste.",
                    "Everything that needs a look into the customer's account.",
                ),
                (
                    ("Wo bleibt mein Paket?", "Where is my parcel?", RIGHT),
                    ("Ich will mein Geld zurück", "I want my money back", RIGHT),
                    ("Wie fein mahle ich für Filter?", "How fine do I grind for filter?", WRONG),
                ),
            ),
            Question(
                ("Die Maschine riecht verbrannt. Was zuerst?", "The machine smells of burning. What comes first?"),
                ("Sicherheit vor allem anderen.", "Safety before anything else."),
                (
                    ("Stecker ziehen lassen", "Have them pull the plug", RIGHT),
                    ("Nach dem Kaufdatum fragen", "Ask for the date of purchase", WRONG),
                    ("Um ein Foto bitten", "Ask for a photo", WRONG),
                ),
            ),
            Question(
                ("Jemand schickt dir seine Kartennummer.", "Somebody sends you their card number."),
                ("Wiederholen macht es schlimmer.", "Repeating makes it worse."),
                (
                    ("Nicht wiederholen, ans Team abgeben", "Do not repeat it, hand over to the team", RIGHT),
                    ("Zur Sicherheit noch einmal vorlesen", "Read it back to be sure", WRONG),
                    ("Für später notieren", "Write it down for later", WRONG),
                ),
            ),
        ),
    ),
    Lesson(
        slug="reading-a-cart",
        minutes=20,
        is_required=True,
        for_team=False,
        title=("Einen Warenkorb lesen", "Reading a cart"),
        summary=(
            "Was darin liegt, was fehlt, und was dich nichts angeht.",
            "What is in it, what is missing, and what is none of your business.",
        ),
        body=(
            """## Was du siehst
Nur was jemand geteilt hat: die Seite, das Produkt und, nach einem Klick auf *Zeigen*, den Warenkorb. Nie Namen,
Adresse oder frühere Käufe.

## Drei Muster
- **Maschine ohne Mühle.** Frag, womit gemahlen wird. Vorgemahlener Kaffee und Siebträger sind selten ein Glück.
- **Zwei ähnliche Maschinen.** Da will jemand nicht beide, sondern eine Entscheidung. Nenn *einen* Unterschied,
der im Alltag zählt.
- **Alles auf einmal.** Tamper, Waage, Kännchen, Reiniger. Sag, was warten kann. Das ist der Satz, an den man
sich erinnert.

## Was du nicht tust
Nichts dazulegen, was nicht gefragt ist. Nicht über die Summe reden. Und nie raten, warum jemand zögert: frag.""",
            """## What you see
Only what somebody has shared: the page, the product and, after a press on *Show*, the cart. Never names,
addresses or earlier purchases.

## Three patterns
- **A machine without a grinder.** Ask what they grind with. Ground coffee and a portafilter are rarely happy
together.
- **Two similar machines.** They do not want both, they want a decision. Name *one* difference that counts in
daily life.
- **Everything at once.** Tamper, scale, jug, cleaner. Say what can wait. That is the sentence people remember.

## What you do not do
Add what nobody asked for. Talk about the sum. And never guess why somebody hesitates: ask.""",
        ),
        questions=(
            Question(
                (
                    "Im Korb liegt eine S1 und keine Mühle. Was tust du?",
                    "There is an S1 in the cart and no grinder. What do you do?",
                ),
                (
                    "Vielleicht steht längst eine Mühle daneben.",
                    "Perhaps there has been a grinder beside it for years.",
                ),
                (
                    ("Fragen, womit gemahlen wird", "Ask what they grind with", RIGHT),
                    ("Die Mahl Two empfehlen", "Recommend the Mahl Two", WRONG),
                    ("Nichts", "Nothing", WRONG),
                ),
            ),
            Question(
                ("Was kannst du von Besuchern nie sehen?", "What can you never see of visitors?"),
                ("Auch nicht, wenn sie den Korb zeigen.", "Not even when they show the cart."),
                (
                    ("Ihre Adresse", "Their address", RIGHT),
                    ("Frühere Käufe", "Earlier purchases", RIGHT),
                    ("Die Seite, von der sie kommen", "The page they come from", WRONG),
                ),
            ),
            Question(
                (
                    "Tamper, Waage, Kännchen und Reiniger liegen im Korb.",
                    "A tamper, a scale, a jug and a cleaner are in the cart.",
                ),
                ("Weniger verkauft heute bringt mehr Vertrauen morgen.", "Less sold today is more trust tomorrow."),
                (
                    ("Sagen, was warten kann", "Say what can wait", RIGHT),
                    ("Ein Set vorschlagen", "Suggest a set", WRONG),
                    ("Zur Kasse führen", "Lead them to the till", WRONG),
                ),
            ),
        ),
    ),
)
