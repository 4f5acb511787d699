"""``python -m bench.scale``: what pages, search and similar questions cost in a small and in a large community.

100,000 questions with a million answers by default, on the database that the environment names; it takes some minutes
and two gigabytes of disk, and leaves nothing behind. Every page is made anew for a visitor, in this process.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from bench import environment, report

SMALL = 1_000
#: So many requests of a page are asked for their queries; what one page shows decides how many it makes.
COUNTED = 20
#: What a search reads depends on what it finds; a page makes the same queries in a community of any size.
SEARCHES = ("search", "similar questions")


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of one page, typical and 95 of 100: by clock and CPU, the database's too; and the most queries."""

    clock: float
    clock_p95: float
    cpu: float
    cpu_p95: float
    queries: int


def main() -> int:
    """Measure small, grow, measure large, compare."""
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__)
    parser.add_argument("--threads", type=int, default=100_000, help="questions of the large community")
    parser.add_argument("--rounds", type=int, default=100, help="requests of each page")
    arguments = parser.parse_args()
    with environment.ready() as conditions:
        from django.core.management import call_command

        from bench import crowd

        call_command("collectstatic", verbosity=0, interactive=False)
        crowd.grow(SMALL)
        small, small_size = _measure(arguments.rounds), _size()
        start = time.perf_counter()
        crowd.grow(arguments.threads)
        print(f"… grown in {time.perf_counter() - start:.0f} s", file=sys.stderr)
        large, large_size = _measure(arguments.rounds), _size()
        print(report.as_text(conditions, [_section(f"{small_size} → {large_size}", small, large)]))
        return 1 if any(small[name].queries != large[name].queries for name in small if name not in SEARCHES) else 0


def _size() -> str:
    from community.models import Answer, Thread

    return f"{Thread.objects.count():,} threads, {Answer.objects.count():,} answers"


def _section(title: str, small: dict[str, Cost], large: dict[str, Cost]):  # type: ignore[no-untyped-def] # loads late
    from bench.report import Section

    rows: list[tuple[str | float, ...]] = []
    for name, before in small.items():
        after = large[name]
        figures = (before.clock, after.clock, after.clock_p95, before.cpu, after.cpu, after.cpu_p95)
        ratio = round(after.cpu / before.cpu, 2)
        rows.append((name, f"{before.queries}/{after.queries}", *(round(value, 1) for value in figures), ratio))
    columns = ("page", "queries", "p50 ms", "large", "p95 large", "CPU ms", "large", "p95 large", "CPU ×")
    return Section(title, columns, tuple(rows))


def _measure(rounds: int) -> dict[str, Cost]:
    from bench import crowd
    from community.models import Thread
    from community.queries import threads

    # Solved, in either community: an accepted answer is one query more.
    newest = Thread.objects.filter(answer_count=crowd.ANSWERS).exclude(accepted_answer=None).order_by("-id").first()
    if newest is None:
        raise SystemExit("There are no questions.")
    deep = _deep(threads.page(Thread.objects.visible()).next or "")
    chance = random.Random(7)
    searches = [_search(crowd.say(chance, chance.randint(1, 4)), n) for n in range(rounds)]
    titles = [crowd.say(chance, chance.randint(3, 6)) for _ in range(rounds)]
    wanted: dict[str, Callable[[int], tuple[str, dict[str, str]]]] = {
        "thread list": lambda _n: ("/threads/", {}),
        "thread list, deep page": lambda _n: ("/threads/", {"cursor": deep}),
        "thread list, one product": lambda n: ("/threads/", {"product": f"product-{n % 12}"}),
        "thread, 12 answers": lambda _n: (newest.get_absolute_url(), {}),
        "product": lambda n: (f"/products/product-{n % 12}/", {}),
        "search": lambda n: ("/search/", {"q": searches[n]}),
        "similar questions": lambda n: ("/threads/similar/", {"title": titles[n]}),
    }
    return {name: _cost(address, rounds) for name, address in wanted.items()}


def _search(words: str, number: int) -> str:
    """Every third search has a slip in it, every fourth a filter."""
    if number % 3 == 0 and len(words) > 8:
        words = words[:4] + words[5] + words[4] + words[6:]
    return f"{words} product:product-{number % 12}" if number % 4 == 0 else words


def _deep(cursor: str) -> str:
    """The cursor of a page near the end of the list."""
    from community import keyset
    from community.models import Thread

    count = Thread.objects.count()
    row = Thread.objects.order_by("created_at", "id")[count // 20]
    return keyset._encode(row, ("-created_at", "-id"), backwards=False) if cursor else ""  # noqa: SLF001 - as a page would


def _cost(address: Callable[[int], tuple[str, dict[str, str]]], rounds: int) -> Cost:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from bench.client import ANEW

    client = Client(headers={"host": "localhost", "user-agent": "bench", **ANEW})

    def ask(number: int) -> None:
        path, query = address(number)
        response = client.get(path, query, REMOTE_ADDR=f"10.0.{number // 200}.{number % 200}")
        if response.status_code != 200:
            raise SystemExit(f"{path} was answered with {response.status_code}.")

    ask(0)

    def counted(number: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            ask(number)
        return len(queries)

    # The fewer of two: now and then one reads again what the process keeps for some seconds.
    most = max(min(counted(number), counted(number)) for number in range(min(COUNTED, rounds)))
    clocks, cpus, server = [], [], _server()
    for number in range(rounds):
        clock, cpu = time.perf_counter(), _spent(server)
        ask(number)
        cpus.append(1000 * (_spent(server) - cpu))
        clocks.append(1000 * (time.perf_counter() - clock))
    return Cost(median(clocks), _p95(clocks), median(cpus), _p95(cpus), most)


def _server() -> Path | None:
    """Where the kernel says how long PostgreSQL has worked for this connection, where it runs on this machine."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        found = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    return found if found.exists() else None


def _spent(server: Path | None) -> float:
    """Seconds of CPU of this process and of the database's."""
    return time.process_time() + (int(server.read_text().split()[0]) / 1e9 if server else 0)


def _p95(values: Sequence[float]) -> float:
    return quantiles(values, n=20)[-1]


if __name__ == "__main__":
    sys.exit(main())
