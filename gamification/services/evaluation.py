"""From the journal to the ledger: one batch of deliveries in, entries and everything derived from them out.

Everything here runs in the transaction that also deletes the deliveries, so it happens exactly once or not yet.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.utils import timezone

from community.models import Activity, Delivery, Standing
from gamification import rules
from gamification.models import Entry, Evaluation, RuleVersion
from gamification.services import badges, boards, ledger, messages, standing, turns


def handle(deliveries: list[Delivery]) -> None:
    """Let the activities of one batch take effect; an activity that already did is left out."""
    now = timezone.now()
    activities = _claim([delivery.activity for delivery in deliveries], now)
    if not activities:
        return
    turns.together()
    _lock({member for a in activities for member in (a.actor_id, a.beneficiary_id) if member})
    deeds = {activity.pk: activity for activity in activities if activity.undoes_id is None}
    undos = [activity for activity in activities if activity.undoes_id is not None]
    entries = _grant(deeds, now)
    reversals = ledger.reverse(undos, at=now)
    balances = ledger.balance([*entries, *reversals])
    boards.book([*entries, *reversals])
    awards = badges.count(_steps(activities), last=_last_movers(activities))
    standing.refresh({member for member, _currency in balances} | awards.members)
    taken_back = {reversal.reverses_id for reversal in reversals}
    messages.tell([entry for entry in entries if entry.pk not in taken_back], awards.earned, at=now)


def _claim(activities: list[Activity], at: datetime) -> list[Activity]:
    """Mark the activities as evaluated and return those that were not before."""
    done = set(Evaluation.objects.filter(activity__in=activities).values_list("activity_id", flat=True))
    fresh = [activity for activity in activities if activity.pk not in done]
    # Two workers with the same activity meet here: the second fails on the primary key and finds the mark next time.
    Evaluation.objects.bulk_create(Evaluation(activity=activity, at=at) for activity in fresh)
    return fresh


def _lock(members: set[int]) -> None:
    """Make other workers wait that handle the same members; everything below reads and writes under this lock."""
    Standing.objects.bulk_create((Standing(member_id=member) for member in sorted(members)), ignore_conflicts=True)
    list(Standing.objects.select_for_update().filter(member__in=members).order_by("member_id"))


def _grant(deeds: Mapping[int, Activity], at: datetime) -> list[Entry]:
    """Book what the deeds earn under the rule versions that were in force when they were done."""
    versions = {
        version.pk: version
        for version in RuleVersion.objects.filter(
            verb__in={deed.verb for deed in deeds.values()}, active_from__isnull=False
        )
        .select_related("rule")
        .order_by("id")
    }
    terms = [_terms(version) for version in versions.values()]
    granted = [grant for deed in deeds.values() for grant in rules.grants(_deed(deed), terms)]
    return ledger.grant(granted, deeds=deeds, versions=versions, at=at)


def _terms(version: RuleVersion) -> rules.Terms:
    if version.active_from is None:
        raise ValueError("A draft grants nothing.")
    return rules.Terms(
        version=version.pk,
        verb=version.verb,
        recipient="actor" if version.recipient == RuleVersion.Recipient.ACTOR else "beneficiary",
        reputation=version.reputation,
        credits=version.credits,
        active_from=version.active_from,
        retired_at=version.retired_at,
    )


def _deed(activity: Activity) -> rules.Deed:
    return rules.Deed(activity.pk, activity.verb, activity.actor_id, activity.beneficiary_id, activity.at)


def _steps(activities: Iterable[Activity]) -> dict[tuple[int, str], int]:
    """How far each (member, metric) moves: forward by deeds, back by undos of them."""
    steps: Tally[tuple[int, str]] = Tally()
    for activity in activities:
        if moved := _moved(activity):
            steps[moved] += -1 if activity.undoes_id else 1
    return dict(steps)


def _last_movers(activities: Sequence[Activity]) -> dict[tuple[int, str], Activity]:
    """The last deed that moved each (member, metric) forward and was not taken back at once."""
    undone = {activity.undoes_id for activity in activities}
    deeds = [activity for activity in activities if not activity.undoes_id and activity.pk not in undone]
    return {moved: deed for deed in deeds if (moved := _moved(deed))}


def _moved(activity: Activity) -> tuple[int, str] | None:
    """The metric that the activity, or the deed that it takes back, moves."""
    return rules.moved_metric(_deed(activity.undoes or activity))
