"""``python -m bench.time_machine``: what a dry run costs over a short and over a long journal.

10,000 and then a million deeds by default, on the database that the environment names, with the ledger that they would
have left. A draft of the rule for helpful answers, as it comes with its caps, is simulated as the worker does it.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from dataclasses import replace
from typing import Any

from bench import environment, report

SHORT = 10_000


def main() -> int:
    """Fill, simulate, fill up, simulate, compare."""
    parser = argparse.ArgumentParser(prog="python -m bench.time_machine", description=__doc__)
    parser.add_argument("--deeds", type=int, default=1_000_000, help="deeds of the long journal")
    parser.add_argument("--rounds", type=int, default=3, help="dry runs of each journal, of which the fastest counts")
    arguments = parser.parse_args()
    with environment.ready() as conditions:
        draft = _draft()
        _fill(SHORT)
        rows = [_row(draft, arguments.rounds)]
        start = time.perf_counter()
        _fill(arguments.deeds)
        print(f"… filled in {time.perf_counter() - start:.0f} s", file=sys.stderr)
        rows.append(_row(draft, arguments.rounds))
        columns = ("journal", "seconds", "CPU seconds", "µs/deed", "CPU µs/deed", "peak MB")
        ratios = [round(float(late) / float(early), 2) for early, late in zip(rows[0][3:5], rows[1][3:5], strict=True)]
        section = report.Section("Dry run of a draft", columns, (*rows, ("long ÷ short", "", "", *ratios, "")))
        print(report.as_text(conditions, [section]))
    return 0


def _row(draft: Any, rounds: int) -> tuple[str | float, ...]:
    from decimal import Decimal

    from gamification.models import Simulation
    from gamification.services import rerun, simulations

    clocks, cpus, deeds = [], [], 0
    for _round in range(rounds):
        clock, cpu = time.perf_counter(), time.process_time()
        with rerun.snapshot():
            _result, deeds = simulations.compare(draft, Simulation(version=draft, credit_cents=Decimal(1)))
        clocks.append(time.perf_counter() - clock)
        cpus.append(time.process_time() - cpu)
    best, busy = min(clocks), min(cpus)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    each = (round(1e6 * best / deeds, 1), round(1e6 * busy / deeds, 1))
    return f"{deeds:,} deeds", round(best, 2), round(busy, 2), *each, peak


def _draft() -> Any:
    from gamification.models import Rule
    from gamification.services import rules

    rule = Rule.objects.get(slug="answer-found-helpful")
    terms = rules.terms_of(rule.versions.order_by("-number")[0])
    return rules.write(rule=rule, terms=replace(terms, reputation=terms.reputation + 1), by=None)


def _fill(deeds: int) -> None:
    """Add deeds of the past until there are so many, and what the active rules paid for them."""
    from django.db import connection, transaction
    from django.utils import timezone

    from bench import data, journal
    from community.models import Activity
    from gamification.models import Entry, Evaluation

    people = [member.pk for member in data.members()]
    first, now = Activity.objects.count(), timezone.now()
    with transaction.atomic():
        for some in journal.chunks(first, deeds, people, now):
            Activity.objects.bulk_create(some)
        with connection.cursor() as cursor:
            log, marks, ledger = (model._meta.db_table for model in (Activity, Evaluation, Entry))
            # Only names of our own tables are put together here.
            cursor.execute(f"INSERT INTO {marks} (activity_id, at) SELECT id, at FROM {log} WHERE id > %s", [first])  # noqa: S608 - see above
            for currency in ("reputation", "credits"):
                cursor.execute(
                    f"INSERT INTO {ledger} "  # noqa: S608 - see above
                    "(member_id, currency, amount, kind, rule_version_id, activity_id, booked_on, at) "
                    f"SELECT beneficiary_id, %s, 5, 'grant', v.id, a.id, date(a.at), a.at FROM {log} a "
                    "JOIN gamification_ruleversion v ON v.verb = a.verb AND v.state = 'active' "
                    "WHERE a.id > %s AND a.beneficiary_id <> a.actor_id",
                    [currency, first],
                )
            cursor.execute("ANALYZE")


if __name__ == "__main__":
    sys.exit(main())
