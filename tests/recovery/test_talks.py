"""Twenty people talk while servers and Redis are killed: afterwards everybody has the identical log.

In one process on the suite's run with SQLite; on its other run over two nodes with PostgreSQL and a Redis that goes
away and comes back with nothing. ``make chaos`` runs the long forms.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from tests import databases, services
from tests.recovery.product import Product, product
from tests.recovery.talkers import talk

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 20
DRAINED = 10.0
Start = Callable[[], None]
Events = Mapping[float, Callable[[], None]]


@contextmanager
def embedded(folder: Path, database: str) -> Iterator[tuple[Product, Start, list[int], Events]]:
    """One process that is killed twice and then drained."""
    with product(folder, DATABASE_URL=database) as running:

        def killed() -> None:
            running.kill("serve")
            running.serve()

        def drained() -> None:
            code, seconds = running.terminate("serve")
            assert (code, seconds < DRAINED) == (0, True), f"{seconds} s\n{running.words()}"
            running.serve()

        yield running, running.serve, [running.port], {0.2: killed, 0.5: killed, 0.8: drained}


@contextmanager
def grown(folder: Path, database: str) -> Iterator[tuple[Product, Start, list[int], Events]]:
    """Two nodes of which one is killed, and a Redis that is."""
    redis_port = services.free_port()
    redis = (str(shutil.which("redis-server")), *["--bind", "127.0.0.1", "--save", "--appendonly", "no", "--port"])
    redis = (*redis[:4], "", *redis[4:], str(redis_port))
    addresses = {"DATABASE_URL": database, "REDIS_URL": f"redis://127.0.0.1:{redis_port}/0"}
    with product(folder, **addresses) as here, product(folder, **addresses) as there:

        def start() -> None:
            here.web()
            there.web()

        def node_killed() -> None:
            there.kill("web")
            there.web()

        def redis_killed() -> None:
            here.kill("redis")
            time.sleep(1)
            here.start("redis", *redis)

        here.start("redis", *redis)
        yield here, start, [here.port, there.port], {0.2: node_killed, 0.4: redis_killed, 0.7: node_killed}


SHAPE = grown if settings.REDIS_URL else embedded


def all_have_the_same(each: int, *, seconds: float) -> None:
    with (
        tempfile.TemporaryDirectory(prefix="kundenkreis-talks-") as name,
        SHAPE(Path(name), databases.fresh(Path(name))) as (running, start, ports, events),
    ):
        prepared = running.run("-m", "tests.recovery.talks", "prepare", str(PEOPLE))
        start()
        conversation = prepared["conversation"]

        talkers = talk(ports, conversation, prepared["sessions"], each=each, events=events, seconds=seconds)

        stored = running.run("-m", "tests.recovery.talks", "log", str(conversation))
        assert [seq for seq, _ in stored] == list(range(1, PEOPLE * each + 1))
        ids = [client_id for _, client_id in stored]
        assert len(set(ids)) == PEOPLE * each
        assert [talker.log == ids for talker in talkers] == [True] * PEOPLE
        assert running.run("manage.py", "verify", "--json") == {"differences": []}


def test_everybody_has_the_identical_log_after_crashes() -> None:
    all_have_the_same(10, seconds=300)


@pytest.mark.soak
def test_everybody_has_the_identical_log_of_five_thousand_after_crashes() -> None:
    all_have_the_same(250, seconds=1_200)
