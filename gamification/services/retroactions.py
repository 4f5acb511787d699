"""Retroactions: a version that was approved for the recorded past as well takes effect, in one transaction.

Killed anywhere, nothing of it has happened, and the next worker does it from the start; done, it is not done again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community import activity, freshness
from community.models import Member, Notification
from community.refusals import Refusal
from community.services import notifications
from gamification import engine
from gamification.models import CapUse, Currency, Decision, Due, Entry, Evaluation, Retroaction, Rule, RuleVersion
from gamification.queries import history
from gamification.services import drift, falls, rerun, rules, runs, settling, turns
from gamification.services.drift import Drift
from gamification.state import State
from gamification.words import in_all_languages

POINTS_REVISED = "points.revised"
BATCH = 500


class UnderWay(Refusal):
    """Somebody approved it already."""

    code = "retroaction_under_way"
    message = _("This version is being activated for the past already.")


@dataclass(slots=True)
class Plan:
    """What has to be done, and the moment of the journal and the ledger for which that holds."""

    drifts: list[Drift]
    state: State
    decisions: list[engine.Decision]
    deeds: int
    stamp: tuple[int, int, int]


@transaction.atomic
def ask(*, version: RuleVersion, by: Member, at: datetime, revision: int | None = None) -> Retroaction:
    """Let a worker activate the draft for the past. Raises as ``rules.activate``, and ``UnderWay``."""
    draft = rules.approvable(version=version, by=by, revision=revision)
    asked = {"asked_by": by, "asked_at": at, "result": {"revision": draft.revision}}
    failed = Retroaction.objects.filter(version=draft, state=Retroaction.State.FAILED)
    if failed.update(state=Retroaction.State.WAITING, attempts=0, **asked):
        return Retroaction.objects.get(version=draft)
    try:
        with transaction.atomic():
            return Retroaction.objects.create(version=draft, **asked)
    except IntegrityError as error:
        raise UnderWay from error


def work_off(*, at: datetime) -> int:
    """Do what was approved; return how much it was."""
    waiting = list(runs.due(Retroaction, at=at).select_related("version__rule"))
    return sum(runs.work(retroaction, do=_activate, at=at) for retroaction in waiting)


def _activate(retroaction: Retroaction, at: datetime) -> None:
    version = RuleVersion.objects.select_related("rule").get(pk=retroaction.version_id)
    # The long part is done while deeds go on; only what happened meanwhile makes it be done again.
    with rerun.snapshot():
        plan = _plan(version)
    with transaction.atomic():
        turns.alone()
        Rule.objects.select_for_update().get(pk=version.rule_id)
        if plan.stamp != _stamp():
            plan = _plan(version)
        _open(version, retroaction, at)
        with falls.softened((row.member for row in plan.drifts if row.member), because="rule", at=at):
            entries = settling.book(plan.drifts, kind=Entry.Kind.GRANT, at=at)
        _rewrite(version, plan, at)
        told = _tell(version, entries, at)
        result = {"members": told, "entries": len(entries), **_sums(entries)}
        if not runs.finish(retroaction, at=timezone.now(), deeds=plan.deeds, result=result):
            raise RuntimeError("Another worker has taken this over.")
        transaction.on_commit(freshness.changed, robust=True)


def _plan(version: RuleVersion) -> Plan:
    stamp, last = _stamp(), history.end()
    pays = drift.Pays(watched=version.pk)
    state, deeds = rerun.run(rerun.rules(instead=version), pays, up_to=last, until=timezone.now())
    drifts = list(drift.ledger(pays, up_to=last, decided=version.rule_id))
    return Plan(drifts, state, list(pays.decisions.values()), deeds, stamp)


def _stamp() -> tuple[int, int, int]:
    """Moves with each deed that takes effect, and with each entry."""
    newest = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    return Evaluation.objects.count(), history.end(), newest


def _open(version: RuleVersion, retroaction: Retroaction, at: datetime) -> None:
    """From the beginning on this version is in force, and the others of its rule never were."""
    others = version.rule.versions.exclude(active_from=None)
    others.update(state=RuleVersion.State.RETIRED, retired_at=F("active_from"))
    draft = RuleVersion.objects.filter(pk=version.pk, state__in=rules.OPEN, revision=retroaction.result["revision"])
    approved = {"active_from": rerun.BEGINNING, "approved_by": retroaction.asked_by}
    if not draft.update(state=RuleVersion.State.ACTIVE, **approved):
        raise rules.Outdated
    if retroaction.asked_by:
        rules.note(activity.RULE_ACTIVATED, version=version, by=retroaction.asked_by, at=at)


def _rewrite(version: RuleVersion, plan: Plan, at: datetime) -> None:
    """Put the uses of the rule's caps, what waits and why it was decided so in place of what the old terms left."""
    rule = version.rule_id
    CapUse.objects.filter(rule=rule).delete()
    CapUse.objects.bulk_create(
        (
            CapUse(rule_id=rule, scope=scope, start=date.fromordinal(start), times=times, amount=amount)
            for (own, scope, start), (times, amount) in sorted(plan.state.caps.items())
            if own == rule and (times or amount)
        ),
        batch_size=BATCH,
    )
    Due.objects.filter(rule_version__rule=rule).delete()
    Due.objects.bulk_create(
        (
            Due(activity_id=deed, rule_version=version, at=until)
            for until, deed, own, _deed in plan.state.dues
            if own == version.pk
        ),
        batch_size=BATCH,
    )
    # An undo gives back the caps that the decisions about its deed name, so each deed keeps those of one version.
    former = Decision.objects.filter(rule_version__rule=rule).exclude(rule_version=version)
    held = set(former.filter(outcome=Decision.Outcome.HELD).values_list("activity_id", flat=True))
    former.exclude(outcome=Decision.Outcome.HELD).delete()
    Decision.objects.bulk_create(
        (
            Decision(
                rule_version=version,
                activity_id=decision.deed,
                member_id=decision.member,
                outcome=decision.outcome,
                facts=decision.facts,
                at=at,
            )
            for decision in plan.decisions
            if decision.deed not in held
        ),
        batch_size=BATCH,
        ignore_conflicts=True,
    )


def _tell(version: RuleVersion, entries: Iterable[Entry], at: datetime) -> int:
    """One notice for each member whose points moved, whatever the number of deeds; return how many."""
    own: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        own[entry.member_id].append(entry)
    sums = {member: _sums(booked) for member, booked in sorted(own.items())}
    told = [_notice(version, member, moved, at) for member, moved in sums.items() if any(moved.values())]
    notifications.tell(told)
    return len(told)


def _notice(version: RuleVersion, member: int, moved: Mapping[str, int], at: datetime) -> Notification:
    return Notification(
        member_id=member,
        kind=POINTS_REVISED,
        key=f"{POINTS_REVISED}:{version.pk}",
        facts={**moved, **in_all_languages(version.rule, "name")},
        created_at=at,
    )


def _sums(entries: Iterable[Entry]) -> dict[str, int]:
    sums = dict.fromkeys(Currency.values, 0)
    for entry in entries:
        sums[str(entry.currency)] += entry.amount
    return sums
