"""A journal of the past in bulk, below the services: helpful answers, acceptances, and what was taken back of them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from community import activity
from community.models import Activity

CHUNK = 10_000
#: Of so many deeds one is taken back, and one is an acceptance.
UNDONE_IN, ACCEPTED_IN = 25, 8
DAYS = 600


def chunks(
    first: int, last: int, people: list[int], now: datetime, *, threads: int = 1_000_000
) -> Iterator[list[Activity]]:
    """The deeds with the numbers behind ``first`` up to ``last``, spread over the ``DAYS`` before ``now``.

    They happen in the threads up to the number ``threads``; whoever tells members of them needs these to be there.
    """
    deeds = _deeds(first, last, people, now, threads)
    while some := list(islice(deeds, CHUNK)):
        yield some


def _deeds(first: int, last: int, people: list[int], now: datetime, threads: int) -> Iterator[Activity]:
    chance, recent = random.Random(first), list[Activity]()
    for number in range(first + 1, last + 1):
        at = now - timedelta(days=DAYS) * (last - number) / last
        common = {"id": number, "subject_kind": "answer", "at": at}
        if recent and number % UNDONE_IN == 0:
            done = recent.pop(chance.randrange(len(recent)))
            verb = activity.ANSWER_HELPFUL_WITHDRAWN
            same = {name: getattr(done, name) for name in ("actor_id", "beneficiary_id", "subject_id", "facts")}
            yield Activity(verb=verb, key=f"{verb}:{done.pk}", undoes_id=done.pk, **common, **same)
            continue
        verb = activity.ANSWER_FOUND_HELPFUL if number % ACCEPTED_IN else activity.ANSWER_ACCEPTED
        facts = {
            "thread": 1 + number // 20 % threads,
            "topic": 1 + number % 8,
            "product": 1 + number % 12,
            "phase": "before",
        }
        helper = people[min(int(chance.expovariate(1) * 30), len(people) - 1)]
        row = Activity(
            verb=verb,
            key=f"{verb}:{number}",
            actor_id=chance.choice(people),
            beneficiary_id=helper,
            subject_id=number // 6,
            facts=facts,
            **common,
        )
        if verb == activity.ANSWER_FOUND_HELPFUL:
            recent = [*recent[-500:], row]
        yield row
