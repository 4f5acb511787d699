"""``python -m bench.drift``: a million random deeds, one in 25 of them taken back, and whether anything drifts.

The deeds are written into the journal, a worker evaluates them batch by batch, and then the journal is evaluated anew
and everything that is kept is checked against it. It ends with 1 where anything differs.
"""

from __future__ import annotations

import argparse
import sys
import time

from bench import environment, report

THREADS = 500


def main() -> int:
    """Write, evaluate, compare."""
    parser = argparse.ArgumentParser(prog="python -m bench.drift", description=__doc__)
    parser.add_argument("--deeds", type=int, default=1_000_000, help="deeds to write and evaluate")
    arguments = parser.parse_args()
    with environment.ready() as conditions:
        from gamification.models import Award, Entry

        _fill(arguments.deeds)
        start = time.perf_counter()
        evaluated = _evaluate()
        seconds = time.perf_counter() - start
        differences = _differences()
        columns = ("deeds", "a second", "entries", "awards", "differences")
        row = (evaluated, round(evaluated / seconds), Entry.objects.count(), Award.objects.count(), differences)
        print(report.as_text(conditions, [report.Section("Drift after random deeds", columns, (row,))]))
    return 1 if differences else 0


def _fill(deeds: int) -> None:
    from django.db import connection, transaction
    from django.utils import timezone

    from bench import data, journal
    from community.models import Activity, Delivery

    data.fill(THREADS)
    people, now = [member.pk for member in data.members()], timezone.now()
    with transaction.atomic():
        for some in journal.chunks(0, deeds, people, now, threads=THREADS):
            Activity.objects.bulk_create(some)
            Delivery.objects.bulk_create(
                Delivery(consumer="gamification", activity=one, leased_until=now) for one in some
            )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _evaluate() -> int:
    from django.utils import timezone

    from community.services import deliveries

    evaluated = 0
    while count := deliveries.consume(consumer="gamification", at=timezone.now()):
        evaluated += count
    return evaluated


def _differences() -> int:
    from community.registry import registry
    from gamification import verification
    from gamification.services import replays

    drifted, _deeds = replays.compare()
    checks = [check for check in registry.verify_checks.values() if check.__module__ == verification.__name__]
    return len(drifted) + sum(1 for check in checks for _difference in check())


if __name__ == "__main__":
    sys.exit(main())
