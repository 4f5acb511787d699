"""Votes that look arranged: nine accounts of yesterday and one answer that all of them love, held until Clara looks."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction

from community.models import Member, Thread
from community.services import answers, members, votes
from gamification.models import HoldCase
from gamification.services import watching

HOUR = timedelta(hours=1)
HELPER = ("jonte", "Jonte Wiebe")
FANS = (
    "Kaja Thoms", "Malte Vogt", "Enno Reimers", "Svea Karlsen", "Bele Hinrichs", "Arne Paulsen", "Wiebke Lorenz",
    "Tjark Möller", "Silja Brandt",
)  # fmt: skip
TEXT = "Sieb einmal mit heißem Wasser durchspülen, dann neu mahlen. Bei mir war es danach weg."


@transaction.atomic
def play(now: datetime) -> None:
    """Let them vote, once."""
    if Member.objects.filter(handle=HELPER[0]).exists():
        return
    helper = _member(*HELPER, now - timedelta(days=70))
    thread = Thread.objects.visible().filter(answer_count__gt=0, language="de").order_by("created_at", "id")[0]
    answer = answers.create(thread=thread, author=helper, body=TEXT, at=now - 22 * HOUR)
    for number, name in enumerate(FANS):
        fan = _member(f"fan-{number + 1}", name, now - 30 * HOUR)
        votes.cast(answer=answer, voter=fan, value=1, at=now - 20 * HOUR + number * timedelta(minutes=37))


def look(now: datetime) -> None:
    """What the search of the night would find, once the votes took effect."""
    if not HoldCase.objects.exists():
        watching.search(at=now)


def _member(handle: str, name: str, joined: datetime) -> Member:
    member = members.create(
        email=f"{handle}@demo.example", password=None, display_name=name, language="de", at=joined, handle=handle
    )
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    return member
