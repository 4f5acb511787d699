"""Rows in bulk, below the services on purpose: what is measured afterwards is reading, not how the rows came.

They are what the services would have left: rendered, searchable, with their counters. The journal knows of the past
that ``history`` writes; the deeds that ``bench.worker`` measures are done through the services.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import cache
from itertools import cycle

from django.db import connection, transaction
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from community import markdown
from community.activity import ANSWER_FOUND_HELPFUL
from community.models import Activity, Answer, Comment, Delivery, Member, Phase, Product, Standing, Thread, Topic
from community.registry import registry
from community.search import index
from community.services.answers import facts

MEMBERS = 200
CHUNK = 1_000
#: A million deeds so far apart fill not quite 600 days, so that caps of a day leave most of them their points.
APART = timedelta(seconds=50)
THINGS = ("Mühle", "Brühgruppe", "Dampflanze", "Dichtung", "grinder", "portafilter", "kettle", "milk jug", "scale")
TROUBLES = ("tropft", "klemmt", "entkalken", "reinigen", "einstellen", "leaks", "is too loud", "descale", "adjust")
TIMES = ("am Morgen", "nach dem Umzug", "bei Besuch", "since Monday", "with new beans", "in winter", "at the office")
BODIES = (
    "Sie läuft seit **drei Wochen**, und heute fing es an.\n\n- Wasser ist gefiltert\n- Bohnen sind frisch",
    "I tried two things so far:\n\n1. a finer grind\n2. less water\n\nNeither helped. What would you try next?",
    "Eine Stufe feiner und `18 g` statt 16. Danach zwei Bezüge wegschütten, dann schmeckt es wieder.",
    "> It took me a while too.\n\nTake the screen off, soak it *overnight* and rinse it well before the next shot.",
)


def fill(threads: int) -> None:
    """Add questions with none to five answers until there are ``threads``."""
    people, now = members(), timezone.now()
    for start in range(Thread.objects.count(), threads, CHUNK):
        numbers = range(start, min(start + CHUNK, threads))
        rows = [_thread(n, people[n % MEMBERS], now - timedelta(minutes=10 * (threads - n))) for n in numbers]
        _store(rows, lambda n: n % 6, solved=lambda n: n % 6 == 5)
    settle_counters()
    with connection.cursor() as cursor:
        # A database that grew by and by knows its statistics.
        cursor.execute("ANALYZE")


def full() -> Thread:
    """Return a new question with twenty answers, the first one accepted, and ten comments."""
    people, now = members(), timezone.now()
    [thread] = _store([_thread(0, people[0], now)], lambda _: 20, solved=lambda _: True)
    answers = list(thread.answers.order_by("id")[:10])
    Comment.objects.bulk_create(
        Comment(
            thread=thread,
            answer=answer,
            author=people[-1],
            body="Danke, das war es.",
            html=_html("Danke, das war es."),
            created_at=now,
        )
        for answer in answers
    )
    return thread


def waiting(count: int, *, helper: Member) -> list[Answer]:
    """Return answers of ``helper`` to questions of one member after the other, who could accept them.

    What the same two do for each other counts three times a week.
    """
    now = timezone.now()
    threads = _store([_thread(n, members()[n % MEMBERS], now) for n in range(count)], lambda _: 1, helpers=[helper])
    return list(Answer.objects.filter(thread__in=threads).select_related("thread__author").order_by("id"))


@transaction.atomic
def history(deeds: int) -> None:
    """Add ``deeds`` helpful votes of the past to the journal and its outbox, up to a million ``APART`` each."""
    people, begun = members(), timezone.now() - timedelta(days=600)
    answers = cycle(list(Answer.objects.order_by("id").select_related("thread")[:CHUNK]))
    first = Activity.objects.count()
    past = Activity.objects.bulk_create(
        Activity(
            verb=ANSWER_FOUND_HELPFUL,
            key=f"{ANSWER_FOUND_HELPFUL}:{answer.pk}:past:{number}",
            actor=people[(answer.author_id + number) % MEMBERS],
            beneficiary_id=answer.author_id,
            subject_kind="answer",
            subject_id=answer.pk,
            facts=facts(answer),
            at=begun + number * APART,
        )
        for number, answer in zip(range(first, first + deeds), answers, strict=False)
    )
    Delivery.objects.bulk_create(
        Delivery(consumer=consumer.name, activity=activity, leased_until=activity.at)
        for activity in past
        for consumer in registry.consumers_of(activity.verb)
    )


@cache
def members() -> Sequence[Member]:
    """The members, the topics and the products, made by the first call."""
    if not Member.objects.exists():
        Member.objects.bulk_create(
            # Trusted, as the deeds of unverified newcomers count for nothing.
            Member(email=f"{n}@bench.example", handle=f"bench-{n}", display_name=f"Mara Lindqvist {n}", trust=1)
            for n in range(MEMBERS)
        )
        begun = registry.beginning()
        Standing.objects.bulk_create(Standing(member=member, **begun) for member in Member.objects.all())
        Topic.objects.bulk_create(Topic(slug=f"topic-{n}", name_de=f"Thema {n}", position=n) for n in range(8))
        Product.objects.bulk_create(
            Product(
                sku=f"P{n}",
                slug=f"product-{n}",
                name=f"Aurora {n}",
                picture="demo/aurora-s1.svg",
                price=10 * n,
                position=n,
            )
            for n in range(12)
        )
    return list(Member.objects.order_by("id")[:MEMBERS])


def _thread(number: int, author: Member, at: datetime) -> Thread:
    chance = random.Random(number)
    body = BODIES[number % 2]
    return Thread(
        author=author,
        title=f"{chance.choice(THINGS)} {chance.choice(TROUBLES)} {chance.choice(TIMES)} ({number})",
        body=body,
        html=_html(body),
        phase=chance.choice(Phase.values),
        topic=chance.choice(_topics()),
        product=chance.choice(_products()),
        created_at=at,
        active_at=at,
    )


@transaction.atomic
def _store(
    threads: list[Thread],
    answers_of: Callable[[int], int],
    *,
    solved: Callable[[int], bool] = lambda _: False,
    helpers: Sequence[Member] = (),
) -> list[Thread]:
    """Store ``threads`` with as many answers as ``answers_of`` their place says; ``helpers`` write them in turn."""
    helpers = helpers or members()
    answers: list[Answer] = []
    for place, thread in enumerate(threads):
        thread.answer_count = answers_of(place)
        thread.state = Thread.State.OPEN if thread.answer_count else Thread.State.UNANSWERED
        thread.state = Thread.State.SOLVED if solved(place) else thread.state
    Thread.objects.bulk_create(threads)
    for thread in threads:
        index.put(thread)
        answers += [_answer(thread, helpers[(thread.pk + n) % len(helpers)], n) for n in range(thread.answer_count)]
    first = {answer.thread_id: answer for answer in reversed(Answer.objects.bulk_create(answers))}
    for thread in threads:
        thread.accepted_answer = first[thread.pk] if thread.state == Thread.State.SOLVED else None
    Thread.objects.bulk_update(threads, ["accepted_answer"])
    return threads


def _answer(thread: Thread, author: Member, place: int) -> Answer:
    body = BODIES[2 + place % 2]
    at = thread.created_at + timedelta(minutes=place)
    return Answer(thread=thread, author=author, body=body, html=_html(body), created_at=at)


def settle_counters() -> None:
    """Bring the kept counters of members, topics and products in line with what was stored past the services."""
    for model, kept, rows, key in (
        (Member, "thread_count", Thread, "author"),
        (Member, "answer_count", Answer, "author"),
        (Topic, "thread_count", Thread, "topic"),
        (Product, "thread_count", Thread, "product"),
    ):
        counted = rows.objects.filter(**{key: OuterRef("pk")}).order_by().values(key).annotate(n=Count("pk"))
        model.objects.update(**{kept: Coalesce(Subquery(counted.values("n")), 0)})


@cache
def _html(body: str) -> str:
    return markdown.render(body)


@cache
def _topics() -> list[Topic]:
    return list(Topic.objects.all())


@cache
def _products() -> list[Product]:
    return list(Product.objects.all())
