"""What the demo's ambassadors sign, German first."""

from __future__ import annotations

from dataclasses import dataclass

Both = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Text:
    """An agreement."""

    key: str
    kind: str
    position: int
    is_required: bool
    title: Both
    body: Both


AGREEMENTS = (
    Text(
        key="ambassador-contract",
        kind="contract",
        position=1,
        is_required=True,
        title=("Vereinbarung für Botschafter", "Ambassador agreement"),
        body=(
            """## Was du tust
Du berätst Menschen, die überlegen, etwas von Nordlicht Kaffee zu kaufen, oder die schon etwas haben. Wann und
wie viel, entscheidest du. Niemand schreibt dir vor, was du sagst.

## Was wir zahlen
Für jede Beratung, die zählt, bekommst du das feste Honorar deiner Stufe, ob gekauft wird oder nicht. Sterne
ändern daran nichts. Einmal im Monat bekommst du eine Abrechnung, in der jedes Gespräch einzeln steht.

## Was du zusagst
1. Du sagst in jedem Gespräch, dass du Kundin oder Kunde bist und für das Gespräch bezahlt wirst.
2. Du nennst jedes Produkt, das du kostenlos bekommen hast.
3. Was dir Menschen erzählen, bleibt im Gespräch.
4. Fragen zu Bestellung, Rechnung und Gewährleistung gibst du an das Team ab.

## Wie es endet
Du kannst jederzeit aufhören, ohne Frist. Was dir zusteht, wird bis auf den letzten Cent gezahlt. Wir können die
Zusammenarbeit mit zwei Wochen Frist und mit Begründung beenden.""",
            """## What you do
You advise people who think of buying something from Nordlicht Kaffee, or who have something already. When and
how much is up to you. Nobody tells you what to say.

## What we pay
For each consultation that counts you get the fixed fee of your tier, sale or no sale. Stars change nothing
about that. Once a month you get a statement that lists every talk.

## What you promise
1. You say in every talk that you are a customer and are paid for the talk.
2. You name every product that you got for free.
3. What people tell you stays in the talk.
4. Questions about orders, invoices and warranty go to the team.

## How it ends
You can stop at any time, without notice. What you are owed is paid to the last cent. We can end it with two
weeks' notice and with a reason.""",
        ),
    ),
    Text(
        key="ambassador-data",
        kind="consent",
        position=2,
        is_required=True,
        title=("Einwilligung: Gespräche und Bewertungen", "Consent: talks and ratings"),
        body=(
            """Wir speichern deine Beratungen, ihre Bewertungen und wann du erreichbar warst, um abzurechnen, um
Fragen an die passende Person zu leiten und um Stufen zu vergeben. Dein Team sieht Summen, keine
einzelnen Gespräche, außer du erhebst Einspruch oder jemand meldet eines.

Du kannst die Einwilligung zurückziehen. Dann pausierst du, denn ohne diese Daten können wir weder vermitteln
noch abrechnen.""",
            """We keep your consultations, their ratings and when you were available, to pay you, to lead
questions to the right person and to give tiers. The team sees sums and no single talks, unless you
object to a decision or somebody reports one.

You can take this consent back. Then you pause, as without this data we can neither lead people to you nor pay
you.""",
        ),
    ),
    Text(
        key="ambassador-portrait",
        kind="consent",
        position=3,
        is_required=False,
        title=("Einwilligung: dein Bild auf unseren Seiten", "Consent: your portrait on our pages"),
        body=(
            (
                "Wir dürfen deinen Namen, dein Bild und einen Satz von dir auf der Seite des Programms zeigen. "
                "Freiwillig, und jederzeit zurückzuziehen."
            ),
            (
                "We may show your name, your portrait and a sentence of yours on the programme's page. "
                "Voluntary, and you can take it back at any time."
            ),
        ),
    ),
)
