"""Pull the plug in the middle of many acceptances: afterwards every deed has exactly one effect.

In one process on the suite's run with SQLite; on its other run with processes of Celery, PostgreSQL, and a Redis that
forgets everything half way.
"""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from redis import Redis

from tests import databases, services
from tests.recovery.product import Product, product

pytestmark = pytest.mark.django_db(transaction=True)
EFFECT = ["credits grant", "reputation grant"]
#: A killed worker's lease ends after a third of a minute; then the next sweep finds its batch.
PATIENCE = 120
DRAINED = 10.0
Start = Callable[[], None]
Events = Mapping[float, Callable[[], None]]


@contextmanager
def embedded(folder: Path, database: str) -> Iterator[tuple[Product, Start, Events]]:
    """Yield the product, what starts it as one process, and what happens to it after which share of the acceptances."""
    with product(folder, DATABASE_URL=database) as running:

        def killed() -> None:
            running.kill("serve")
            running.serve()

        def drained() -> None:
            ends_in_time(running, "serve")
            running.serve()

        yield running, running.serve, {0.2: killed, 0.5: killed, 0.8: drained}
        ends_in_time(running, "serve")


@contextmanager
def grown(folder: Path, database: str) -> Iterator[tuple[Product, Start, Events]]:
    """Yield the product, what starts it as web node, worker and beat, and what happens to them after which share."""
    with services.redis(folder) as redis, product(folder, DATABASE_URL=database, REDIS_URL=redis) as running:

        def start() -> None:
            running.worker()
            running.beat()
            running.web()

        def killed() -> None:
            running.kill("worker")
            running.worker()

        def drained() -> None:
            ends_in_time(running, "worker")
            running.worker()

        def forgotten() -> None:
            with Redis.from_url(redis) as broker:
                broker.flushall()

        yield running, start, {0.2: killed, 0.4: forgotten, 0.6: killed, 0.8: drained}
        for name in ("worker", "beat"):
            ends_in_time(running, name)
        _code, seconds = running.terminate("web")
        assert seconds <= DRAINED * overbooked()


SHAPE = grown if settings.REDIS_URL else embedded


def ends_in_time(running: Product, name: str) -> None:
    """SIGTERM: what is under way is finished, exit code 0, within ten seconds."""
    code, seconds = running.terminate(name)
    assert (name, code, seconds <= DRAINED * overbooked()) == (name, 0, True)


def overbooked() -> float:
    """How many times more work there is than processors: so much longer everything takes, an orderly end too."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def accept_all(running: Product, posts: list[tuple[str, str]], events: Events) -> None:
    """Accept over HTTP while ``events`` happen; who was cut off asks again, as people do."""
    waiting = [(int(share * len(posts)), event) for share, event in sorted(events.items())]
    lock, done = threading.Lock(), [0]

    def answered(_number: int) -> None:
        with lock:
            done[0] += 1
            if waiting and done[0] >= waiting[0][0]:
                waiting.pop(0)[1]()

    left = posts
    for _attempt in range(20):
        statuses = running.post_all(left, after=answered)
        assert set(statuses) <= {0, 303}
        left = [post for post, status in zip(left, statuses, strict=True) if status == 0]
        if not left:
            break
    assert (left, waiting) == ([], [])


def crash_and_recover(number: int) -> None:
    with tempfile.TemporaryDirectory(prefix="kundenkreis-recovery-") as name:
        folder = Path(name)
        with SHAPE(folder, databases.fresh(folder)) as (running, start, events):
            prepared = running.run("-m", "tests.recovery.deeds", "prepare", str(number))
            start()

            accept_all(running, prepared["accepting"], events)
            running.await_rest(seconds=PATIENCE)

            counted = running.run("-m", "tests.recovery.deeds", "effects")
            assert (counted["waiting"], counted["not_evaluated"]) == (0, 0)
            assert len(counted["accepted"]) == number
            assert {key: effect for key, effect in counted["accepted"].items() if effect != EFFECT} == {}
            assert running.run("manage.py", "verify", "--json") == {"differences": []}


def test_every_deed_has_one_effect_after_crashes() -> None:
    crash_and_recover(60)


@pytest.mark.soak
def test_every_one_of_a_thousand_deeds_has_one_effect_after_crashes() -> None:
    crash_and_recover(1000)
