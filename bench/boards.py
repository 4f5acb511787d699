"""``python -m bench.boards``: what a board and one's own place cost with 1,000 and with 100,000 members.

On the database that the environment names, in this process, without pages around it. Scores are as unequal as they are:
most members have few points, and thousands share one score.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Sequence
from statistics import median, quantiles
from typing import Any

from bench import environment, report

SMALL = 1_000
BATCH = 5_000


def main() -> int:
    """Measure small, grow, measure large; fail when a place far down is not the one that counting finds."""
    parser = argparse.ArgumentParser(prog="python -m bench.boards", description=__doc__)
    parser.add_argument("--members", type=int, default=100_000, help="members of the large community")
    parser.add_argument("--rounds", type=int, default=200, help="readings of each line")
    arguments = parser.parse_args()
    with environment.ready() as conditions:
        rows: dict[str, list[str | float]] = {}
        for members in (SMALL, arguments.members):
            _grow(members)
            for name, figures in _measure(arguments.rounds).items():
                rows.setdefault(name, [name]).extend(round(figure, 1) for figure in figures)
        many = f"{arguments.members:,}"
        columns = ("reading", f"{SMALL:,}: CPU ms", "p50 ms", "p95 ms", f"{many}: CPU ms", "p50 ms", "p95 ms")
        table = report.Section(
            f"Board of the week, {many} members", columns, tuple(tuple(row) for row in rows.values())
        )
        print(report.as_text(conditions, [table]))
        return 0 if _is_right() else 1


def _grow(count: int) -> None:
    """Add members with a score until there are ``count``, written past the services: reading is measured."""
    from django.db import connection
    from django.utils import timezone

    from community.models import Member, Standing
    from gamification.models import BoardScore
    from gamification.queries import boards
    from gamification.services import boards as services

    chance = random.Random(count)
    now = timezone.now()
    week = boards.week(timezone.localdate(now))
    for start in range(Member.objects.count(), count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        members = Member.objects.bulk_create(
            Member(email=f"m{n}@example.com", handle=f"m{n}", display_name=f"Member {n}") for n in numbers
        )
        Standing.objects.bulk_create(Standing(member=member) for member in members)
        BoardScore.objects.bulk_create(
            BoardScore(span="week", start=week.start, member=member, score=5 * int(chance.paretovariate(0.7)))
            for member in members
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    services.mark(at=now)


def _measure(rounds: int) -> dict[str, tuple[float, float, float]]:
    from django.utils import timezone

    from community.models import Member
    from gamification.queries import boards

    week = boards.week(timezone.localdate())
    members = list(Member.objects.order_by("?")[:rounds])
    last = week.rows.order_by("score", "-member_id")[0].member
    last_place = boards.place_of(last, week)

    def around(_member: Member) -> object:
        return boards.around(last_place, week) if last_place else None

    readings: dict[str, Callable[[Member], object]] = {
        "first 50 places": lambda _member: boards.best(week),
        "place of anybody": lambda member: boards.place_of(member, week),
        "place of the last": lambda _member: boards.place_of(last, week),
        "neighbours of the last": around,
    }
    return {name: _cost(reading, members) for name, reading in readings.items()}


def _cost(reading: Callable[[Any], object], readers: Sequence[Any]) -> tuple[float, float, float]:
    """Milliseconds: this process's CPU, typical; by the clock, typical and 95 of 100."""
    clocks, cpus = [], []
    for reader in readers:
        clock, cpu = time.perf_counter(), time.process_time()
        reading(reader)
        clocks.append(1000 * (time.perf_counter() - clock))
        cpus.append(1000 * (time.process_time() - cpu))
    return median(cpus), median(clocks), quantiles(clocks, n=20)[-1]


def _is_right() -> bool:
    """Whether the last place is the number of those who have one."""
    from django.utils import timezone

    from gamification.queries import boards

    week = boards.week(timezone.localdate())
    own = boards.place_of(week.rows.order_by("score", "-member_id")[0].member, week)
    return own is not None and own.place == week.rows.count()


if __name__ == "__main__":
    raise SystemExit(main())
