"""What pages cost beside the simplest view: requests a second and CPU, in rounds that take turns."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from statistics import median

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import client
from bench.client import Connection
from bench.report import Section
from community.models import Member, Thread

BASELINE = "trivial view, one query"


@dataclass(frozen=True, slots=True)
class Page:
    """A page to ask for, and by whose session if not by a visitor; ``anew`` goes past the pages kept for visitors."""

    name: str
    path: str
    session: str = ""
    anew: bool = False

    @property
    def request(self) -> bytes:
        """The request as it goes over the wire."""
        return client.request(self.path, session=self.session, anew=self.anew)


@dataclass(frozen=True, slots=True)
class Speed:
    """One round of one page: requests a second, and milliseconds of the server's CPU for each."""

    rate: float
    cpu: float


def pages(thread: Thread, reader: Member, *, everything: bool = True) -> list[Page]:
    """Return the pages to measure: made for a visitor, made for ``reader``, kept from an earlier visitor."""
    session = session_of(reader)
    found = [("thread list", "/threads/"), ("thread, 20 answers", thread.get_absolute_url())]
    if everything:
        found = [("home", "/"), *found, ("profile", thread.author.get_absolute_url())]
    wanted = []
    for name, path in found:
        wanted += [Page(name, path, anew=True), Page(f"{name}, signed in", path, session)]
        if everything and name != "profile":
            wanted.append(Page(f"{name}, kept", path))
    return wanted


def session_of(member: Member) -> str:
    """Sign ``member`` in and return the key of the session."""
    browser = Client()
    browser.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    return browser.cookies["sessionid"].value


def query_counts(wanted: list[Page]) -> dict[str, int]:
    """How many queries each page makes once what is cached is in the cache."""
    counts = {}
    for page in wanted:
        browser = Client(headers={"host": "localhost", "user-agent": "bench", **(client.ANEW if page.anew else {})})
        if page.session:
            browser.cookies["sessionid"] = page.session
        browser.get(page.path)
        with CaptureQueriesContext(connection) as queries:
            browser.get(page.path)
        counts[page.name] = len(queries)
    return counts


def measure(port: int, wanted: list[Page], *, rounds: int, seconds: float) -> dict[str, list[Speed]]:
    """Load every page in turn, ``rounds`` times; a first short turn warms caches and templates."""
    return asyncio.run(_measure(port, [Page(BASELINE, "/bench/trivial/"), *wanted], rounds, seconds))


def section(title: str, found: dict[str, list[Speed]], counts: dict[str, int]) -> Section:
    """The speeds as ratios to the simplest view of the same round; the median of the rounds counts."""
    baseline = found[BASELINE]
    rows = []
    for name, speeds in found.items():
        rates = [speed.rate / base.rate for speed, base in zip(speeds, baseline, strict=True)]
        costs = [speed.cpu / base.cpu for speed, base in zip(speeds, baseline, strict=True)]
        rows.append(
            (
                name,
                counts.get(name, 1),
                round(median(speed.rate for speed in speeds)),
                round(median(rates), 3),
                round(median(speed.cpu for speed in speeds), 2),
                round(median(costs), 1),
            )
        )
    return Section(title, ("page", "queries", "requests/s", "of trivial", "CPU ms", "× trivial"), tuple(rows))


async def _measure(port: int, wanted: list[Page], rounds: int, seconds: float) -> dict[str, list[Speed]]:
    clock = await Connection.open(port)
    for page in wanted:
        await client.load(port, page.request, min(seconds, 0.3))
    found: dict[str, list[Speed]] = {page.name: [] for page in wanted}
    for _round in range(rounds):
        for page in wanted:
            before = await _cpu(clock)
            rate = await client.load(port, page.request, seconds)
            spent = await _cpu(clock) - before
            found[page.name].append(Speed(rate, 1000 * spent / (rate * seconds)))
    clock.close()
    return found


async def _cpu(clock: Connection) -> float:
    answer = await clock.send(client.request("/bench/cpu/"))
    return float(answer.body)
