"""The queue of the demo: a little of everything that moderators see, made through the services, once."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from community.models import Case, Member, Phase, Sanction, Thread, WatchedWord
from community.services import answers, appeals, comments, members, moderation, notices, screening, threads

HOUR = timedelta(hours=1)
#: How far the people of the demo have come; whoever is not named is new.
TRUST = {"mara": 4, "ben": 3, "clara": 3, "priya": 3, "sofia": 3, "jonas": 2, "lukas": 2, "tomasz": 2, "lena": 1}
WORDS = (
    ("casino*", WatchedWord.Effect.REFUSE, "Werbung, nie etwas anderes"),
    ("graumarkt*", WatchedWord.Effect.REVIEW, "Hehlerware, oft im guten Glauben gefragt"),
    ("explodier*", WatchedWord.Effect.FLAG, "Kann ein Sicherheitsfall sein: Technik dazuholen"),
)
SPAM = "Warum so teuer? Bohnen 80 % billiger, nur heute, Code im Profil: www.bohnen-blitz.example"
RUDE = "Wer so fragt, sollte bei Filterkaffee aus der Kapsel bleiben. Peinlich."
ODD = "Aurora S1 ohne Rechnung, lohnt sich das?"
ODD_BODY = "Auf dem Graumarkt gibt es sie für die Hälfte. Hat das jemand gemacht, und wie ist es mit der Garantie?"
DANGER = "Just bridge the thermostat with a piece of wire. Runs hotter, costs nothing."


@transaction.atomic
def play(people: dict[str, Member], now: datetime) -> None:
    """Report, hold back, decide and appeal, in the last two days."""
    if Case.objects.exists():
        return
    for key, level in TRUST.items():
        Member.objects.filter(pk=people[key].pk).update(trust=level, active_days=level * 40)
        people[key].refresh_from_db()
    for word, effect, note in WORDS:
        WatchedWord.objects.create(pattern=word, effect=effect, note=note)
    screening.words_changed()
    busy, other = Thread.objects.visible().filter(answer_count__gt=0).order_by("-created_at", "-id")[:2]
    scout = members.create(
        email="scout@demo.example", password=None, display_name="Bohnen-Blitz", language="de", at=now - 30 * HOUR
    )
    _decided(scout, other, people, now)
    spam = answers.create(thread=busy, author=scout, body=SPAM, at=now - 5 * HOUR)
    for number, key in enumerate(("priya", "sofia"), start=1):
        _report("answer", spam, people[key], "spam", now - 5 * HOUR + number * HOUR)
    rude = comments.create(thread=busy, answer=None, author=people["hannes"], body=RUDE, at=now - 4 * HOUR)
    _report("comment", rude, people["tomasz"], "rude", now - 3 * HOUR, "Das muss doch nicht sein.")
    threads.create(author=people["felix"], title=ODD, body=ODD_BODY, phase=Phase.BEFORE, at=now - 2 * HOUR)
    danger = answers.create(thread=other, author=scout, body=DANGER, at=now - 2 * HOUR)
    notices.receive(
        kind="product",
        url=danger.get_absolute_url(),
        explanation="This tells people to bridge a safety part. Somebody will burn their kitchen down.",
        name="Nora Beck",
        email="nora.beck@demo.example",
        language="en",
        about=("answer", danger),
        at=now - HOUR,
    )


def _report(kind: str, post: object, by: Member, reason: str, at: datetime, note: str = "") -> None:
    moderation.flag(kind=kind, post=post, member=by, reason=reason, note=note, at=at)


def _decided(scout: Member, thread: Thread, people: dict[str, Member], now: datetime) -> None:
    """Yesterday's case: removed by Clara, and appealed, so that somebody else has to look."""
    first = comments.create(
        thread=thread, answer=None, author=scout, body="Billiger: www.bohnen-blitz.example", at=now - 28 * HOUR
    )
    _report("comment", first, people["lukas"], "spam", now - 27 * HOUR)
    moderation.decide(
        case=Case.objects.get(subject_id=first.pk, kind="comment"), by=people["clara"], remove=True, at=now - 26 * HOUR
    )
    sanction = Sanction.objects.get(member=scout)
    appeals.file(sanction=sanction, text="Das war ein Tipp unter Freunden und keine Werbung.", at=now - 20 * HOUR)
