"""Who follows what in the demo, who has the same question, what the brand says, and a question asked twice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from community.models import Answer, Member, Product, Thread, Topic
from community.services import follows, merging, metoos, official, reading, threads

#: The beginning of a title, and who has the same question.
SAME = {
    "Steam wand drips": "lena priya jonas sofia",
    "My S1 shows 4 bar": "lukas nele hannes",
    "Descaling light stays on": "jonas felix",
}
#: The beginning of a title, and who wrote the answer that the team made official.
OFFICIAL = {"My S1 shows 4 bar": "ben", "Duo takes 20 minutes": "ben", "Portafilter handle": "mara"}
TOPICS = {"lena": "dialling-in", "mara": "water", "ben": "parts"}
PRODUCTS = {"lena": "aurora-s1", "mara": "aurora-s1", "priya": "aurora-duo"}
#: Asked by whom, about what, and the beginning of the title of the question that it was merged into.
TWICE = (
    "lukas",
    "Low pressure on the gauge after the first descaling",
    "Four bar, and the pump hums. Descaled on Sunday with the powder from the shop.",
    "My S1 shows 4 bar",
)


@transaction.atomic
def play(
    people: Mapping[str, Member], topics: Mapping[str, Topic], products: Mapping[str, Product], at: datetime
) -> None:
    """Do all of it, once: what members chose since then stands."""
    if Thread.objects.filter(title=TWICE[1]).exists():
        return
    for title, names in SAME.items():
        if thread := _thread(title):
            for name in names.split():
                if people[name].pk != thread.author_id:
                    metoos.say(thread=thread, member=people[name], value=1, at=at)
    for title, name in OFFICIAL.items():
        answer = Answer.objects.visible().filter(thread__title__startswith=title, author=people[name]).first()
        if answer and answer.thread.official_answer_id is None:
            official.choose(answer=answer, by=people["clara"], at=at)
    _follow(people, topics, products, at)
    _merge(people, products, at)
    _leave_unread(people["lena"], at)


def _follow(
    people: Mapping[str, Member], topics: Mapping[str, Topic], products: Mapping[str, Product], at: datetime
) -> None:
    for name, slug in TOPICS.items():
        follows.follow(member=people[name], target=topics[slug], at=at)
    for name, slug in PRODUCTS.items():
        follows.follow(member=people[name], target=products[slug], at=at)


def _merge(people: Mapping[str, Member], products: Mapping[str, Product], at: datetime) -> None:
    name, title, body, stays = TWICE
    into = _thread(stays)
    if into is None:
        return
    source = threads.create(
        author=people[name],
        title=title,
        body=body,
        phase="after",
        product=products["aurora-s1"],
        at=at - timedelta(hours=3),
    )
    merging.merge(source=source, into=into, by=people["clara"], moderator=True, at=at)


def _leave_unread(member: Member, at: datetime) -> None:
    """The busiest thread, read up to the second answer: a list marks it, and leads to the third."""
    thread = _thread("My S1 shows 4 bar")
    shown = list(Answer.objects.visible().filter(thread=thread).order_by("pk")[:2]) if thread else []
    if thread and len(shown) > 1:
        reading.advance(member=member, thread=thread, position=shown[-1].pk, at=at)


def _thread(title: str) -> Thread | None:
    return Thread.objects.visible().filter(title__startswith=title).first()
