"""``python -m bench.time_machine``: what a dry run costs over a short and over a long journal.

10,000 and then a million deeds by default, on the database that the environment names, with the ledger that they would
have left. A draft of the rule for helpful answers, as it comes with its caps, is simulated as the worker does it.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import django

from bench import environment

SHORT = 10_000
CHUNK = 10_000
#: Of so many deeds one is taken back, and one is an acceptance.
UNDONE_IN, ACCEPTED_IN = 25, 8
DAYS = 600


def main() -> int:
    """Fill, simulate, fill up, simulate, compare."""
    parser = argparse.ArgumentParser(prog="python -m bench.time_machine", description=__doc__)
    parser.add_argument("--deeds", type=int, default=1_000_000, help="deeds of the long journal")
    parser.add_argument("--rounds", type=int, default=3, help="dry runs of each journal, of which the fastest counts")
    arguments = parser.parse_args()
    with environment.private():
        django.setup()
        from django.core.management import call_command

        from bench import report

        conditions = report.conditions()
        call_command("migrate", verbosity=0, interactive=False)
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
    """Add deeds of the last ``DAYS`` days until there are so many, and what the active rules paid for them."""
    from django.db import connection, transaction
    from django.utils import timezone

    from bench import data
    from community.models import Activity
    from gamification.models import Entry, Evaluation

    people = [member.pk for member in data.members()]
    first, now = Activity.objects.count(), timezone.now()
    with transaction.atomic():
        for some in _chunks(_deeds(first, deeds, people, now)):
            Activity.objects.bulk_create(some)
        with connection.cursor() as cursor:
            journal, marks, ledger = (model._meta.db_table for model in (Activity, Evaluation, Entry))
            # Only names of our own tables are put together here.
            cursor.execute(f"INSERT INTO {marks} (activity_id, at) SELECT id, at FROM {journal} WHERE id > %s", [first])  # noqa: S608 - see above
            for currency in ("reputation", "credits"):
                cursor.execute(
                    f"INSERT INTO {ledger} "  # noqa: S608 - see above
                    "(member_id, currency, amount, kind, rule_version_id, activity_id, booked_on, at) "
                    f"SELECT beneficiary_id, %s, 5, 'grant', v.id, a.id, date(a.at), a.at FROM {journal} a "
                    "JOIN gamification_ruleversion v ON v.verb = a.verb AND v.state = 'active' "
                    "WHERE a.id > %s AND a.beneficiary_id <> a.actor_id",
                    [currency, first],
                )
            cursor.execute("ANALYZE")


def _deeds(first: int, last: int, people: list[int], now: datetime) -> Iterator[Any]:
    from community import activity
    from community.models import Activity

    chance, recent = random.Random(first), list[Any]()
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
        facts = {"thread": number // 20, "topic": number % 8, "product": number % 12, "phase": "before"}
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


def _chunks(rows: Iterator[Any]) -> Iterator[list[Any]]:
    from itertools import islice

    while some := list(islice(rows, CHUNK)):
        yield some


if __name__ == "__main__":
    sys.exit(main())
