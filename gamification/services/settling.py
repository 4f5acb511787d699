"""Settling: bring the ledger and what is counted in line with a replay. Entries are added, never changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from community.models import Activity
from gamification.models import Badge, CapUse, Entry, Grade, RuleVersion
from gamification.queries import paid
from gamification.queries.days import site_day
from gamification.services import booking, drift, increments, locks, rarity, regrading, rows, standing
from gamification.services.drift import Drift, Key, Part

BATCH = 400
#: Fields of keys that come back from JSON as text.
DAYS = frozenset({"day", "start"})


def book(drifts: Iterable[Drift], *, kind: Entry.Kind, at: datetime) -> list[Entry]:
    """Let each deed pay what the replay says: what it pays now is taken back, and the right amount is booked anew.

    What is held stays held, and a deed that was taken back meanwhile is left alone.
    """
    booked: list[Entry] = []
    lacking = [(row.member, row) for row in drifts if row.part == Part.LEDGER and row.member is not None]
    for some in rows.batches(sorted(lacking), BATCH):
        locks.members(member for member, _row in some)
        entries = list(_entries(some, kind=kind, at=at))
        booking.book(entries, at=at)
        booked += entries
    return booked


def count(drifts: Sequence[Drift], *, at: datetime) -> None:
    """Move balances, counters, days, boards and caps by what they lack; derive awards and levels from them anew.

    Only where nobody evaluates.
    """
    for table, moves in sorted(_steps(drifts).items()):
        model, names, value = drift.TABLES[table]
        for some in rows.batches(sorted(moves.items()), BATCH):
            increments.add(model, dict(some), key=names, value=value)
    for use in rows.batches(sorted(_uses(drifts).items()), BATCH):
        increments.move(CapUse, dict(use), key=("rule", "scope", "start"), values=("times", "amount"))
    if counted := {row.member for row in drifts if row.part in {Part.COUNTERS, Part.AWARDS} and row.member is not None}:
        every = set(Badge.objects.values_list("pk", flat=True))
        regrading.regrade(members=counted, only=every, because="correction", at=at)
        rarity.recount(Grade.objects.values_list("pk", flat=True), at=at)
    for people in rows.batches(sorted({row.member for row in drifts if row.member is not None}), BATCH):
        standing.refresh(people)


def _steps(drifts: Iterable[Drift]) -> dict[tuple[str, int], dict[Key, int]]:
    steps: dict[tuple[str, int], dict[Key, int]] = defaultdict(dict)
    for row in drifts:
        if (row.part, len(row.key)) in drift.TABLES:
            steps[row.part, len(row.key)][_key(row)] = row.replayed - row.kept
    return steps


def _uses(drifts: Iterable[Drift]) -> dict[Key, tuple[int, int]]:
    uses: dict[Key, tuple[int, int]] = {}
    for row in drifts:
        if row.part == Part.CAPS:
            rule, scope, start, name = row.key
            times, amount = uses.get((rule, scope, date.fromisoformat(start)), (0, 0))
            lack = row.replayed - row.kept
            step = (times + lack, amount) if name == "times" else (times, amount + lack)
            uses[rule, scope, date.fromisoformat(start)] = step
    return uses


def _entries(drifts: Sequence[tuple[int, Drift]], *, kind: Entry.Kind, at: datetime) -> Iterator[Entry]:
    deeds = Activity.objects.in_bulk({row.key[0] for _member, row in drifts})
    versions = RuleVersion.objects.in_bulk({row.key[3] for _member, row in drifts if row.key[3]})
    gone = set(Activity.objects.filter(undoes__in=deeds).values_list("undoes_id", flat=True))
    live: dict[tuple[int | None, int, int, str], list[Entry]] = defaultdict(list)
    for entry in paid.standing().filter(activity__in=deeds).select_related("rule_version").order_by("id"):
        rule = entry.rule_version.rule_id if entry.rule_version else 0
        live[entry.activity_id, entry.member_id, rule, entry.currency].append(entry)
    for member, row in drifts:
        deed, rule, currency, version = row.key
        paying = live[deed, member, rule, currency]
        if deed in gone or any(entry.kind == Entry.Kind.HOLD for entry in paying):
            continue
        yield from (booking.counter_entry(entry, kind=Entry.Kind.REVERSAL, at=at) for entry in paying)
        if row.replayed:
            yield Entry(
                member_id=member,
                currency=currency,
                amount=row.replayed,
                kind=kind,
                rule_version=versions.get(version),
                activity=deeds[deed],
                booked_on=site_day(deeds[deed].at),
                at=at,
            )


def _key(row: Drift) -> tuple[Any, ...]:
    names = drift.TABLES[row.part, len(row.key)][1]
    return tuple(date.fromisoformat(part) if name in DAYS else part for name, part in zip(names, row.key, strict=True))
