"""A community of any size in bulk, with words that are as unequal as those of a language.

Texts come from pools that are rendered, and read for the index, once; titles are new for every question. Answers are
made by the database itself. Rows and index are what the services would have left.
"""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.db import connection, transaction
from django.utils import timezone

from bench import data
from community import markdown
from community.models import Answer, Phase, Product, Thread, Topic
from community.search import analysis, postgresql, sqlite

CHUNK = 5_000
#: Questions of which one in six waits; the others have twelve answers, so ten on average.
ANSWERS = 12
BODIES, REPLIES = 500, 3_000
ALONE = (
    "entkalken reinigen tropft klemmt laut einstellen Röstung bitter sauer Crema Garantie Versand Lieferung Rückgabe "
    "grind descale leak pump pressure froth boiler warranty shipping refund kettle scale tamper recipe sour timer "
    "morning office holiday winter yesterday brauche finde kaufe passt fehlt blinkt riecht zischt dauert hält lohnt"
)
FIRST = "Wasser Milch Filter Pumpen Dampf Kaffee Bohnen Mahl Brüh Tank Kessel Tassen Druck Siebträger Ventil Kalk"
THEN = "druck schlauch reiniger deckel halter wechsel anzeige menge grad ring pflege behälter sensor taste"
NAMES = "Lu Ka Mo Ze Fi"


@dataclass(frozen=True, slots=True)
class Text:
    """A post of a pool: as written, as shown, and the words that the index keeps of it."""

    body: str
    html: str
    words: tuple[str, ...]


def say(chance: random.Random, count: int) -> str:
    """Return ``count`` words, each as often as its place in the vocabulary says."""
    return " ".join(chance.choices(_vocabulary(), cum_weights=_weights(), k=count))


def grow(threads: int) -> None:
    """Add questions and answers until there are ``threads`` questions."""
    data.members()
    known, now = set[str](), timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE bench_reply (n integer PRIMARY KEY, body text, html text)")
        cursor.executemany(
            "INSERT INTO bench_reply VALUES (%s, %s, %s)",
            [(n, text.body, text.html) for n, text in enumerate(_replies())],
        )
    for start in range(Thread.objects.count(), threads, CHUNK):
        known |= _chunk(
            [_thread(n, now - timedelta(minutes=3 * (threads - n))) for n in range(start, min(start + CHUNK, threads))]
        )
    (postgresql if connection.vendor == "postgresql" else sqlite).learn(sorted(known))
    data.settle_counters()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bench_reply")
        cursor.execute("ANALYZE")


@transaction.atomic
def _chunk(threads: list[Thread]) -> set[str]:
    """Store questions with their answers and put them into the index; return their words."""
    Thread.objects.bulk_create(threads)
    first, last = threads[0].pk, threads[-1].pk
    _answer(first, last)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE community_thread SET accepted_answer_id = (SELECT min(answer.id) FROM community_answer AS answer"
            " WHERE answer.thread_id = community_thread.id) WHERE state = 'solved' AND id BETWEEN %s AND %s",
            [first, last],
        )
    return _index(threads)


def _answer(first: int, last: int) -> None:
    """Let the database write the answers; what is not said here is as the model has it."""
    minutes = (
        "thread.created_at + place.n * interval '1 minute'"
        if connection.vendor == "postgresql"
        else "strftime('%%Y-%%m-%%d %%H:%%M:%%S', thread.created_at, '+' || place.n || ' minutes')"
    )
    people = data.members()
    said = {
        "thread_id": "thread.id",
        "author_id": f"{people[0].pk} + (thread.id + place.n) %% {len(people)}",
        "body": "reply.body",
        "html": "reply.html",
        "created_at": minutes,
    }
    usual, columns, values, parameters = Answer(), [], [], []
    for field in Answer._meta.concrete_fields:
        if field.primary_key:
            continue
        columns.append(f'"{field.column}"')
        values.append(said.get(str(field.column), "%s"))
        if field.column not in said:
            parameters.append(field.get_db_prep_save(getattr(usual, field.attname), connection))
    with connection.cursor() as cursor:
        # Columns and numbers of our own.
        cursor.execute(
            f"WITH RECURSIVE place(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM place WHERE n < {ANSWERS})"  # noqa: S608 - see above
            f" INSERT INTO community_answer ({', '.join(columns)}) SELECT {', '.join(values)}"
            " FROM community_thread AS thread CROSS JOIN place"
            f" JOIN bench_reply AS reply ON reply.n = (thread.id * 31 + place.n * 17) %% {REPLIES}"
            " WHERE thread.answer_count > 0 AND thread.id BETWEEN %s AND %s",
            [*parameters, first, last],
        )


def _index(threads: Sequence[Thread]) -> set[str]:
    replies, questions = _replies(), {text.body: text.words for text in _bodies()}
    rows, known = [], set[str]()
    for thread in threads:
        places = range(1, thread.answer_count + 1)
        said = [replies[(thread.pk * 31 + place * 17) % REPLIES].words for place in places]
        answers = list(dict.fromkeys(itertools.chain(*said)))[: analysis.ANSWER_WORDS]
        title, body = analysis.document(thread.title, "").title, questions[thread.body]
        rows.append((thread.pk, title, body, answers))
        known.update(title, body, answers)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(
                "INSERT INTO community_search (rowid, title, body, answers) VALUES (%s, %s, %s, %s)",
                [(pk, *(" ".join(words) for words in column)) for pk, *column in rows],
            )
        else:
            arrays = ", ".join(
                f"array_to_tsvector(array(SELECT jsonb_array_elements_text(r->{place})))" for place in (1, 2, 3)
            )
            cursor.execute(
                "INSERT INTO community_search (thread_id, title, body, answers)"  # noqa: S608 - numbers of our own
                f" SELECT (r->>0)::bigint, {arrays} FROM jsonb_array_elements(%s::jsonb) AS r",
                [json.dumps(rows)],
            )
            cursor.execute(
                "INSERT INTO community_search_titled (word, thread_id)"
                " SELECT unnest(tsvector_to_array(title)), thread_id FROM community_search"
                " WHERE thread_id BETWEEN %s AND %s",
                [threads[0].pk, threads[-1].pk],
            )
    return known


def _thread(number: int, at: datetime) -> Thread:
    chance = random.Random(number)
    text = chance.choice(_bodies())
    answers = ANSWERS if number % 6 else 0
    state = Thread.State.OPEN if answers else Thread.State.UNANSWERED
    return Thread(
        author=chance.choice(data.members()),
        title=f"{say(chance, chance.randint(3, 7))} {number}",
        body=text.body,
        html=text.html,
        phase=chance.choice(Phase.values),
        topic=chance.choice(_topics()),
        product=chance.choice(_products()),
        state=Thread.State.SOLVED if number % 3 == 1 else state,
        answer_count=answers,
        view_count=chance.randint(0, 300),
        created_at=at,
        active_at=at + timedelta(minutes=answers),
    )


@cache
def _topics() -> list[Topic]:
    return list(Topic.objects.all())


@cache
def _products() -> list[Product]:
    return list(Product.objects.all())


@cache
def _vocabulary() -> list[str]:
    """The most frequent first: simple words, compounds, and names that hardly anybody says twice."""
    compounds = [first + then for first, then in itertools.product(FIRST.split(), THEN.split())]
    names = [f"{first}{then}{n}" for n, first, then in itertools.product(range(12), NAMES.split(), THEN.split())]
    return [*ALONE.split(), *compounds, *names]


@cache
def _weights() -> list[float]:
    return list(itertools.accumulate(1 / (place + 3) for place in range(len(_vocabulary()))))


def _pool(count: int, length: int, seed: int) -> list[Text]:
    chance = random.Random(seed)
    made = []
    for _ in range(count):
        body = f"{say(chance, length)}.\n\n{say(chance, length)}: `{chance.randint(1, 99)}` **{say(chance, 2)}**"
        made.append(Text(body, markdown.render(body), analysis.document("", body).body))
    return made


@cache
def _bodies() -> list[Text]:
    return _pool(BODIES, 20, 1)


@cache
def _replies() -> list[Text]:
    return _pool(REPLIES, 14, 2)
