"""The journal as the engine reads it: every deed that took effect, in recorded order, a million in a few seconds.

Rows come past the ORM's conversions, because only a few columns are asked for and most facts are never looked at.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from community.activity import INVERSES
from community.models import Activity
from gamification.models import Evaluation
from gamification.rules import METRICS
from gamification.state import Deed

CHUNK: Final = 5_000
NOTHING: Final[Mapping[str, object]] = {}
#: Facts that concern every deed, whatever the rules ask.
ALWAYS: Final = '"weightless"'


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which deeds matter, and for which verbs a rule looks at the facts."""

    verbs: frozenset[str]
    facts: frozenset[str]

    @classmethod
    def of(cls, earning: Collection[str], *, facts: Collection[str]) -> Wanted:
        """The deeds that earn by a rule or move a metric, and what takes them back."""
        forward = frozenset(earning) | METRICS.keys()
        back = {inverse for verb in forward if (inverse := INVERSES.get(verb))}
        return cls(forward | back, frozenset(facts))


def deeds(wanted: Wanted, *, after: int = 0, up_to: int | None = None) -> Iterator[Deed]:
    """Stream the deeds that were evaluated, with ids above ``after`` and up to ``up_to``."""
    verbs = sorted(wanted.verbs)
    last = " AND a.id <= %s" if up_to is not None else ""
    places = ", ".join(["%s"] * len(verbs))
    # Only names of our own tables are put together here; every value is a parameter.
    statement = (
        "SELECT a.id, a.verb, a.actor_id, a.beneficiary_id, a.subject_kind, a.subject_id, "  # noqa: S608 - see above
        f"{_plain('a.facts')}, a.undoes_id, {_moment('a.at')} FROM {Activity._meta.db_table} a "
        f"JOIN {Evaluation._meta.db_table} e ON e.activity_id = a.id "
        f"WHERE a.id > %s{last} AND a.verb IN ({places}) ORDER BY a.id"
    )
    parameters: list[int | str] = [after, *([] if up_to is None else [up_to]), *verbs]
    day_of, facts_of = days(timezone.get_default_timezone()), _facts(wanted.facts)
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, parameters)
        while rows := cursor.fetchmany(CHUNK):
            for pk, verb, actor, beneficiary, kind, subject, facts, undoes, at in rows:
                if isinstance(at, str):
                    at = datetime.fromisoformat(f"{at}+00:00")  # noqa: PLW2901 - SQLite keeps UTC without saying so
                yield Deed(pk, verb, actor, beneficiary, at, day_of(at), (kind, subject), facts_of(verb, facts), undoes)


def undone() -> frozenset[int]:
    """The deeds that were taken back: of all others nobody has to remember what they did."""
    rows = Evaluation.objects.exclude(activity__undoes=None).order_by().values_list("activity__undoes_id", flat=True)
    return frozenset(pk for pk in rows.iterator(chunk_size=CHUNK) if pk)


def end() -> int:
    """The last deed that took effect."""
    last = Evaluation.objects.order_by("-activity_id").values_list("activity_id", flat=True).first()
    return last or 0


def days(zone: tzinfo) -> Callable[[datetime], int]:
    """A function that finds the day of a moment in ``zone``, as an ordinal; near moments share the arithmetic."""
    found, first, last = 0, datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)

    def day_of(at: datetime) -> int:
        nonlocal found, first, last
        if not first <= at < last:
            local = at.astimezone(zone)
            found = local.toordinal()
            first = datetime.combine(local.date(), time.min, zone).astimezone(UTC)
            last = datetime.combine(local.date() + timedelta(days=1), time.min, zone).astimezone(UTC)
        return found

    return day_of


def _facts(wanted: Collection[str]) -> Callable[[str, str], Mapping[str, Any]]:
    def facts_of(verb: str, text: str) -> Mapping[str, Any]:
        return json.loads(text) if verb in wanted or ALWAYS in text else NOTHING

    return facts_of


def _moment(column: str) -> str:
    """The column as SQLite keeps it: to read its text with the zone costs a fifth of adding the zone afterwards."""
    return f"CAST({column} AS text)" if connection.vendor == "sqlite" else column


def _plain(column: str) -> str:
    """The column as text: PostgreSQL would read each JSON document, asked for or not."""
    return f"{column}::text" if connection.vendor == "postgresql" else column
