"""How many deeds a second the background works off, and whether a long history slows it down."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.utils import timezone

from bench import data, past
from bench.report import Section
from community.models import Activity, Answer, Member, Thread
from community.registry import registry
from community.services import answers, deliveries, votes
from config.celery import app

#: Of so many deeds one is an acceptance, the others are votes.
ACCEPTED_IN = 25
#: So much of a history is worked off; a longer one repeats what came of it.
PILE = 10_000
EVALUATION = "gamification"


@dataclass(frozen=True, slots=True)
class Run:
    """One pile of deeds: how many a second were recorded, worked off and evaluated, and what one cost (milliseconds).

    ``evaluated`` is gamification's share: rules, ledger, boards, badges and everything else that points bring.
    ``cpu`` is this process's own time; ``best`` comes from the fastest full batch evaluated, database included,
    so that neighbours on the machine do not pass for growth.
    """

    history: int
    recorded: float
    handled: float
    evaluated: float
    cpu: float
    best: float


def measure(events: int, histories: Sequence[int]) -> Section:
    """Record ``events`` deeds through the services and work them off, on nothing and on each of ``histories``.

    The first history is compared with none, each longer one with the first.
    """
    runs, pile = [_run(events)], None
    for history in sorted(histories):
        if missing := max(0, history - Activity.objects.count()):
            pile = pile or past.pile(lambda: _live(min(missing, PILE)))
            past.repeat(pile, up_to=history)
        runs.append(_run(events))
    rows = tuple(
        (
            f"{run.history:,} deeds before",
            events,
            round(run.recorded),
            round(run.handled),
            round(run.evaluated),
            run.cpu,
            run.best,
        )
        for run in runs
    )
    pairs = ((long, runs[min(number, 1)]) for number, long in enumerate(runs[1:]))
    return Section(
        "Worker: accepted and helpful deeds, one worker",
        ("journal", "deeds", "recorded/s", "handled/s", "evaluated/s", "CPU ms/deed", "best ms/deed"),
        (*rows, *(_ratios(long, short) for long, short in pairs)),
    )


def _ratios(long: Run, short: Run) -> tuple[str | float, ...]:
    name = f"{long.history:,} ÷ {short.history:,}"
    pairs = (
        (long.recorded, short.recorded),
        (long.handled, short.handled),
        (long.evaluated, short.evaluated),
        (long.cpu, short.cpu),
        (long.best, short.best),
    )
    return (name, "", *(round(late / early, 2) for late, early in pairs))


def _live(deeds: int) -> None:
    """Let deeds of the past take effect."""
    data.history(deeds)
    deque(_handle(), maxlen=0)


def threads_needed(events: int, runs: int) -> int:
    """How many questions must stand there for the deeds: two in three can be solved, each once."""
    return runs * events * 3 // (ACCEPTED_IN * 2) + 100


def _run(events: int) -> Run:
    history = Activity.objects.count()
    start = time.perf_counter()
    _record(events)
    recorded = time.perf_counter() - start
    app.control.purge()
    cpu = time.process_time()
    batches = list(_handle())
    cpu = time.process_time() - cpu
    evaluated = [(count, seconds) for name, count, seconds in batches if name == EVALUATION]
    full = [1000 * seconds / count for count, seconds in evaluated if count == deliveries.BATCH]
    return Run(
        history,
        events / recorded,
        events / sum(seconds for _name, _count, seconds in batches),
        events / sum(seconds for _count, seconds in evaluated),
        round(1000 * cpu / events, 3),
        round(min(full), 3),
    )


def _record(events: int) -> None:
    """Do the deeds as people would: each answer is accepted by its asker and found helpful by others."""
    left = events
    people = list(data.members())
    for answer in _unsolved():
        now = timezone.now()
        answers.accept(answer=answer, by=answer.thread.author, at=now)
        voters = (member for member in _from(people, answer.pk) if member.pk != answer.author_id)
        left -= 1
        for voter in islice(voters, min(left, ACCEPTED_IN - 1)):
            votes.cast(answer=answer, voter=voter, value=1, at=now)
            left -= 1
        if not left:
            return
    raise SystemExit("There are too few unsolved questions for so many deeds.")


def _unsolved() -> Iterator[Answer]:
    """The first answer of each question that has one and is not solved."""
    threads = Thread.objects.filter(state=Thread.State.OPEN).order_by("id").values_list("pk", flat=True)
    for pk in list(threads):
        yield Answer.objects.select_related("thread__author").filter(thread=pk).order_by("id")[0]


def _from(people: list[Member], start: int) -> list[Member]:
    place = start % len(people)
    return people[place:] + people[:place]


def _handle() -> Iterator[tuple[str, int, float]]:
    """Work everything off as a worker does; yield consumer, size and seconds of each batch."""
    for consumer in sorted(registry.consumers):
        while True:
            start = time.perf_counter()
            count = deliveries.consume(consumer=consumer, at=timezone.now())
            if not count:
                break
            yield consumer, count, time.perf_counter() - start
