"""Plays what the demo's people write to each other, through the services; a second run adds nothing."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.db import transaction

from chat.models import Conversation, Participant
from chat.services import conversations, groups, messages
from community.models import Member

#: Who, how many minutes ago, what.
Said = tuple[str, int, str]

ABOUT_PRESSURE: tuple[Said, ...] = (
    ("felix", 2_960, "Hallo Mara, deine Antwort zum Entkalken hat mir geholfen. Darf ich noch etwas fragen?"),
    ("mara", 2_950, "Klar, immer."),
    ("felix", 2_948, "Nach dem Spülen bleibt das Manometer bei 6 bar stehen. Ist das noch Luft?"),
    ("mara", 2_930, "Ziemlich sicher. Lass den Heißwasserhahn zwei Minuten laufen, erst dann die Brühgruppe."),
    ("mara", 2_929, "Wenn es danach noch so ist, schau nach dem Tankventil. Das klemmt bei der S1 gern."),
    ("felix", 185, "Danke! Die Entlüftung hat funktioniert."),
    ("felix", 184, "9 bar, und der erste Bezug seit einer Woche, der schmeckt."),
)
ABOUT_COURIER: tuple[Said, ...] = (
    ("mara", 4_400, "Hi Ben, Lena asked me about her courier. That is yours, is it not?"),
    ("ben", 4_390, "It is, thanks for not guessing. I sent her the courier form."),
)
ABOUT_TASTING: tuple[Said, ...] = (
    ("lena", 1_500, "Hallo Mara, ich überlege mir die S1 zu kaufen. Wie laut ist sie wirklich?"),
    ("mara", 1_480, "58 dB beim Brühen, 64 dB mit Dampf. Etwa wie ein Wasserkocher."),
    ("lena", 1_470, "Das ginge. Und passt sie unter einen Hängeschrank mit 40 cm?"),
    ("mara", 1_455, "Ja, mit 3 cm Luft. Zum Nachfüllen ziehst du sie aber ein Stück vor."),
    ("lena", 1_450, "Perfekt, danke dir."),
)
ROUND: tuple[Said, ...] = (
    ("mara", 700, "Samstag um elf bei mir? Ich habe drei Bohnen aus dem Norden da."),
    ("lena", 690, "Ich bin dabei und bringe Kuchen."),
    ("felix", 640, "Ich auch. Soll ich die Handmühle mitbringen?"),
)
A_REQUEST: tuple[Said, ...] = (
    ("nele", 95, "Hallo Mara, wir kennen uns noch nicht. Du hast die S1 seit zwei Jahren? Ich hätte eine Frage dazu."),
)


@transaction.atomic
def play(people: dict[str, Member], now: datetime) -> None:
    """Let them talk, once."""
    if Conversation.objects.exclude(kind=Conversation.Kind.HELP).exists():
        return
    for by, to, said in (
        ("mara", "ben", ABOUT_COURIER), ("felix", "mara", ABOUT_PRESSURE), ("lena", "mara", ABOUT_TASTING),
        ("nele", "mara", A_REQUEST),
    ):  # fmt: skip
        if by in people and to in people:
            talk = conversations.with_member(by=people[by], to=people[to], at=now - timedelta(minutes=said[0][1]))
            _say_all(talk, said, people, now)
    friends = [people[name] for name in ("lena", "felix") if name in people]
    if len(friends) > 1:
        at = now - timedelta(minutes=710)
        _say_all(groups.begin(by=people["mara"], title="Kaffeerunde Kiel", people=friends, at=at), ROUND, people, now)


def _say_all(talk: Conversation, said: tuple[Said, ...], people: dict[str, Member], now: datetime) -> None:
    places = {
        place.member_id: place for place in Participant.objects.select_related("member").filter(conversation=talk)
    }
    for number, (who, minutes, body) in enumerate(said):
        messages.send(
            participant=places[people[who].pk], client_id=uuid.uuid5(uuid.NAMESPACE_URL, f"demo:{talk.pk}:{number}"),
            body=body, at=now - timedelta(minutes=minutes),
        )  # fmt: skip
