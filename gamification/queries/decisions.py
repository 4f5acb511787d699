"""What the rules decided, as its member reads it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from community.activity import QUEST_COMPLETED
from community.keyset import Page, paginate
from community.models import Member
from gamification import explaining
from gamification.models import Decision, Entry
from gamification.queries import rules

ORDER = ("-id",)


@dataclass(frozen=True, slots=True)
class Told:
    """A decision with the sentences that explain it."""

    decision: Decision
    sentences: list[str]


def without_points(member: Member) -> QuerySet[Decision]:
    """Whatever earned ``member`` less than the rule says or nothing (yet), latest first.

    Each quest has its rule; that a rule pays for its own quest and no other tells nobody anything.
    """
    rows = Decision.objects.filter(member=member).exclude(outcome=Decision.Outcome.GRANTED)
    rows = rows.exclude(rule_version__verb=QUEST_COMPLETED, facts__because="condition")
    return rows.select_related("rule_version__rule", "activity").order_by(*ORDER)


def page_of(member: Member, *, cursor: str | None, size: int = 20) -> Page[Decision]:
    """One page of them."""
    return paginate(without_points(member), order=ORDER, cursor=cursor, size=size)


def explained(decisions: Sequence[Decision]) -> list[Told]:
    """The decisions with their reasons in the language that is active."""
    names = rules.names_in(
        [decision.rule_version for decision in decisions], found=(row for one in decisions for row in _found(one))
    )
    return [Told(decision, explaining.told(decision, names)) for decision in decisions]


def _found(decision: Decision) -> Iterator[tuple[str, int]]:
    """The rows that the deed was about, where the rule looked at them: mostly others than it asks for."""
    for looked_up in decision.facts.get("found", ()):
        match looked_up:
            case ["fact", str(name), int(row)] if name in rules.ROWS:
                yield name, row


def behind(entry: Entry) -> Told | None:
    """The decision that led to a ledger entry, or to the one that it takes back."""
    deed = entry.reverses.activity_id if entry.reverses else entry.activity_id
    rows = Decision.objects.filter(activity=deed, rule_version=entry.rule_version_id, member=entry.member_id)
    return next(iter(explained(list(rows.select_related("rule_version__rule", "activity")))), None)
