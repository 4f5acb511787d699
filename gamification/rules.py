"""What a deed earns and moves: arithmetic on plain data, without Django or a database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

CurrencyName = Literal["reputation", "credits"]
Span = Literal["week", "month", "season", "all"]

#: The verbs that move a metric of the deed's beneficiary by one.
METRICS: Final[Mapping[str, str]] = {
    "answer.accepted": "accepted_answers",
    "answer.found_helpful": "helpful_votes",
    "review.found_helpful": "helpful_reviews",
    "idea.found_good": "good_ideas",
    "thread.me_too": "same_questions",
}

#: The first day of the board of all times.
BEGINNING: Final = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Deed:
    """An activity, reduced to what decides."""

    id: int
    verb: str
    actor: int
    beneficiary: int | None
    at: datetime

    @property
    def is_selfish(self) -> bool:
        """Nobody earns anything by a deed to themselves."""
        return self.actor == self.beneficiary


@dataclass(frozen=True, slots=True)
class Terms:
    """One version of a rule: from ``active_from`` until ``retired_at`` (exclusive)."""

    version: int
    verb: str
    recipient: Literal["actor", "beneficiary"]
    reputation: int
    credits: int
    active_from: datetime
    retired_at: datetime | None

    def cover(self, deed: Deed) -> bool:
        """Whether this version was in force when the deed was done."""
        in_force = self.active_from <= deed.at and (self.retired_at is None or deed.at < self.retired_at)
        return in_force and deed.verb == self.verb


@dataclass(frozen=True, slots=True)
class Grant:
    """An amount of one currency for one member, by one rule version, for one deed."""

    version: int
    deed: int
    member: int
    currency: CurrencyName
    amount: int


def grants(deed: Deed, terms: Iterable[Terms]) -> Iterator[Grant]:
    """Yield what ``deed`` earns under ``terms``."""
    if deed.is_selfish:
        return
    for rule in terms:
        member = deed.actor if rule.recipient == "actor" else deed.beneficiary
        if member is None or not rule.cover(deed):
            continue
        if rule.reputation:
            yield Grant(rule.version, deed.id, member, "reputation", rule.reputation)
        if rule.credits:
            yield Grant(rule.version, deed.id, member, "credits", rule.credits)


def moved_metric(deed: Deed) -> tuple[int, str] | None:
    """Return the (member, metric) that ``deed`` moves by one, or ``None``."""
    metric = METRICS.get(deed.verb)
    if metric is None or deed.beneficiary is None or deed.is_selfish:
        return None
    return deed.beneficiary, metric


def crossed(thresholds: Iterable[int], before: int, after: int) -> tuple[list[int], list[int]]:
    """Return the thresholds reached and those lost on the way from ``before`` to ``after``."""
    ordered = sorted(thresholds)
    reached = [threshold for threshold in ordered if before < threshold <= after]
    lost = [threshold for threshold in ordered if after < threshold <= before]
    return reached, lost


def period_start(span: Span, day: date) -> date:
    """Return the first day of the week (ISO 8601: Monday), month or of all times that contains ``day``.

    When a season begins is known to the database only.
    """
    if span == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if span == "month" else BEGINNING


def level_at(reputation: int, thresholds: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """Return the level reached with ``reputation`` and the way to the next in percent (100 at the top).

    ``thresholds`` are (level number, reputation from).
    """
    ladder = sorted(thresholds, key=lambda step: step[1])
    reached = [step for step in ladder if step[1] <= reputation]
    ahead = [step for step in ladder if step[1] > reputation]
    number, floor = reached[-1] if reached else (0, 0)
    if not ahead:
        return number, 100 if ladder else 0
    # Below zero (after a correction) even a first level from zero is still ahead, and no step of the way is done.
    return number, max(0, 100 * (reputation - floor) // max(1, ahead[0][1] - floor))
