"""From the journal to the ledger: one batch of deliveries in, entries and everything derived from them out.

What is decided here is decided by ``gamification.engine``, as in a dry run or a replay. Everything runs in the
transaction that also deletes the deliveries, so it happens exactly once or not yet.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from community import freshness
from community.models import Activity, Delivery
from gamification import engine
from gamification.models import Due, Evaluation
from gamification.services import (
    adjustments,
    badges,
    boards,
    holds,
    keeping,
    ledger,
    locks,
    messages,
    preparation,
    quests,
    rows,
    standing,
    streaks,
    turns,
)
from gamification.state import Measure

#: So many decisions that waited are made with one batch.
DUE = 500


def handle(deliveries: list[Delivery]) -> None:
    """Let the activities of one batch take effect; an activity that already did is left out."""
    now = timezone.now()
    activities = _claim([delivery.activity for delivery in deliveries], now)
    if activities:
        _work(activities, at=now, until=None)


@transaction.atomic
def settle(*, at: datetime) -> int:
    """Make decisions that waited until ``at``; return how many were due."""
    if not Due.objects.filter(at__lte=at).exists():
        return 0
    transaction.on_commit(freshness.changed, robust=True)
    return _work([], at=at, until=at)


def _work(activities: Sequence[Activity], *, at: datetime, until: datetime | None) -> int:
    """Let activities take effect, and before each the decisions that waited until then."""
    turns.together()
    undos = [activity for activity in activities if activity.undoes_id is not None]
    dues = _dues({undo.undoes_id for undo in undos}, until or max(activity.at for activity in activities))
    people = _people(activities, dues)
    locks.members(people)
    adjustments.catch_up(people, at=at)
    batch = preparation.prepare(activities, dues)
    zone = timezone.get_default_timezone()
    effects = engine.run(batch.deeds, batch.rules, batch.state, zone=zone, until=until)
    deeds = {a.pk: a for a in (*activities, *(due.activity for due in dues)) if a.undoes_id is None}
    entries = ledger.grant(effects.granted, deeds=deeds, versions=batch.versions, at=at)
    reversals = ledger.reverse(undos, at=at)
    booked = [*entries, *reversals]
    ledger.balance(booked)
    boards.book(booked)
    keeping.keep(effects, at=at)
    streaks.fill(activities)
    quests.count(effects.moves, at=at)
    awards = badges.count(keeping.steps(effects), last=_last_movers(activities, batch))
    standing.refresh({entry.member_id for entry in booked} | awards.members)
    taken_back = {reversal.reverses_id for reversal in reversals}
    stay = [entry for entry in entries if entry.pk not in taken_back]
    # Only of a decision that waited can the deed be held by now.
    held = holds.follow(stay, at=at) if dues else set()
    messages.tell([entry for entry in stay if entry.pk not in held], awards.earned, at=at)
    return len(dues)


def _claim(activities: list[Activity], at: datetime) -> list[Activity]:
    """Mark the activities as evaluated and return those that were not before."""
    # Two workers with the same activity meet here: the second waits for the first, then gets no row of it.
    marked = rows.insert(
        Evaluation,
        ("activity", "at"),
        ((activity.pk, at) for activity in activities),
        ending="ON CONFLICT (activity_id) DO NOTHING",
        returning=("activity",),
    )
    fresh = {pk for (pk,) in marked}
    return [activity for activity in activities if activity.pk in fresh]


def _dues(undone: Collection[int | None], until: datetime) -> list[Due]:
    """What waits to be decided of the ``undone`` deeds, and whatever is due by ``until``: locked.

    The rows that must be waited for come first. All come before any member's, so nobody waits in a circle.
    """
    waiting = Due.objects.select_related("activity").order_by("at", "activity_id", "rule_version_id")
    own = waiting.select_for_update(of=("self",)).filter(activity__in=undone) if undone else []
    found = {due.pk: due for due in own}
    others = waiting.select_for_update(of=("self",), skip_locked=True).filter(at__lte=until)[:DUE]
    return [*found.values(), *(due for due in others if due.pk not in found)]


def _people(activities: Iterable[Activity], dues: Iterable[Due]) -> set[int]:
    deeds = [*activities, *(due.activity for due in dues)]
    return {member for deed in deeds for member in (deed.actor_id, deed.beneficiary_id) if member}


def _last_movers(activities: Iterable[Activity], batch: preparation.Batch) -> dict[Measure, Activity]:
    """The last deed that moved each (member, metric) forward and was not taken back at once."""
    moved: dict[Measure, Activity] = {}
    for activity in activities:
        done = batch.state.done.get(activity.pk)
        if done and done.move:
            moved[done.move.member, done.move.metric] = activity
    return moved
