"""Rules: the life of a version, from the draft that somebody writes to the end that somebody sets.

A draft may change as often as its writers like; a version that was active once never does. Whoever approves a version
is somebody else than who wrote it, as soon as there are two people who may.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from community import activity, freshness
from community.models import Activity, Member
from community.refusals import Refusal
from gamification import facts, sentences
from gamification.models import Rule, RuleVersion
from gamification.parsing import Malformed, parse, parse_limits
from gamification.queries import rules as queries
from gamification.services import turns

OPEN = (RuleVersion.State.DRAFT, RuleVersion.State.SIMULATED)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a version says: for which deed, for whom, on which condition, how much and how often."""

    verb: str
    recipient: str
    reputation: int
    credits: int
    condition: dict[str, Any] = field(default_factory=dict)
    limits: list[dict[str, Any]] = field(default_factory=list)
    delay_days: int = 0


class NotADraft(Refusal):
    code = "not_a_draft"
    message = _("This version is not a draft any more. Write a new one.")


class Outdated(Refusal):
    code = "draft_changed"
    message = _("Somebody changed this draft in the meantime. Look at it again, then decide.")


class NeedsAnother(Refusal):
    code = "second_person_needed"
    status = 403

    def __init__(self, others: Sequence[Member]) -> None:
        names = ", ".join(str(member) for member in others)
        super().__init__(
            _("You wrote this draft, so somebody else has to approve it. Ask: %(names)s.") % {"names": names}
        )


class MalformedRule(Refusal):
    code = "malformed_rule"
    status = 422

    def __init__(self, wrong: Malformed, field: str) -> None:
        self.field, self.where = field, wrong.where
        super().__init__(sentences.problem(wrong))


def terms_of(version: RuleVersion) -> Terms:
    """What ``version`` says."""
    return Terms(
        verb=version.verb,
        recipient=version.recipient,
        reputation=version.reputation,
        credits=version.credits,
        condition=version.condition,
        limits=version.limits,
        delay_days=version.delay_days,
    )


@transaction.atomic
def write(*, rule: Rule, terms: Terms, by: Member | None, revision: int | None = None) -> RuleVersion:
    """Write the draft of the rule's next version, or change the one that there is; what is active stays.

    ``revision`` is that of the draft which the writer saw; if somebody changed it since, nothing is written. A changed
    draft has to be simulated anew.
    """
    check(terms)
    Rule.objects.select_for_update().get(pk=rule.pk)
    newest = rule.versions.order_by("-number").first()
    if newest is None or newest.state not in OPEN:
        if revision is not None:
            raise NotADraft
        number = newest.number + 1 if newest else 1
        return RuleVersion.objects.create(rule=rule, number=number, written_by=by, **asdict(terms))
    if revision not in {None, newest.revision}:
        raise Outdated
    if terms_of(newest) != terms:
        for name, value in asdict(terms).items():
            setattr(newest, name, value)
        newest.state, newest.written_by = RuleVersion.State.DRAFT, by
        newest.revision += 1
        newest.save()
    return newest


@transaction.atomic
def discard(*, version: RuleVersion) -> None:
    """Throw a draft away, with its simulations."""
    deleted, _rows = RuleVersion.objects.filter(pk=version.pk, state__in=OPEN).delete()
    if not deleted:
        raise NotADraft


@transaction.atomic
def note_simulation(*, version: RuleVersion, revision: int) -> bool:
    """The draft was simulated as it was at ``revision``; ``False`` if it has changed since or is none any more."""
    draft = RuleVersion.objects.filter(pk=version.pk, revision=revision, state__in=OPEN)
    return bool(draft.update(state=RuleVersion.State.SIMULATED))


@transaction.atomic
def activate(*, version: RuleVersion, by: Member, at: datetime, revision: int | None = None) -> RuleVersion:
    """Let the draft be in force from ``at`` on, and retire the version that it follows at the same moment.

    Deeds recorded before keep what the old version said. ``revision`` is what ``by`` has seen.
    """
    turns.alone()
    Rule.objects.select_for_update().get(pk=version.rule_id)
    draft = approvable(version=version, by=by, revision=revision)
    active = draft.rule.versions.filter(state=RuleVersion.State.ACTIVE).first()
    at = _after_what_was_done({draft.verb, active.verb} if active else {draft.verb}, at)
    if active:
        _end(active, at)
    draft.state, draft.active_from, draft.approved_by = RuleVersion.State.ACTIVE, at, by
    draft.save(update_fields=("state", "active_from", "approved_by"))
    note(activity.RULE_ACTIVATED, version=draft, by=by, at=at)
    # Visitors read the rules in force beside the boards.
    transaction.on_commit(freshness.changed, robust=True)
    return draft


@transaction.atomic
def retire(*, rule: Rule, by: Member, at: datetime) -> None:
    """End the active version: deeds from ``at`` on earn nothing by this rule. Twice is once."""
    turns.alone()
    active = rule.versions.select_for_update().filter(state=RuleVersion.State.ACTIVE).first()
    if active:
        at = _after_what_was_done({active.verb}, at)
        _end(active, at)
        note(activity.RULE_RETIRED, version=active, by=by, at=at)
        transaction.on_commit(freshness.changed, robust=True)


def note(verb: str, *, version: RuleVersion, by: Member, at: datetime) -> None:
    """Write into the journal who put the version in force, or ended it."""
    activity.record(
        verb=verb,
        key=f"{verb}:{version.pk}",
        actor=by,
        subject=("rule", version.rule_id),
        at=at,
        facts={"version": version.number},
    )


def check(terms: Terms) -> None:
    """Refuse terms that cannot be evaluated or name what is not there."""
    if terms.verb not in facts.EARNING:
        raise MalformedRule(Malformed((), "unknown_verb"), "verb")
    try:
        parse(terms.condition, queries.known())
    except Malformed as wrong:
        raise MalformedRule(wrong, "condition") from wrong
    try:
        parse_limits(terms.limits)
    except Malformed as wrong:
        raise MalformedRule(wrong, "limits") from wrong


def approvable(*, version: RuleVersion, by: Member, revision: int | None = None) -> RuleVersion:
    """The draft as it is now, if ``by`` may approve it. Raises why not."""
    draft = RuleVersion.objects.select_related("rule").get(pk=version.pk)
    if draft.state not in OPEN:
        raise NotADraft
    if revision not in {None, draft.revision}:
        raise Outdated
    check(terms_of(draft))
    _refuse_single_hand(draft, by)
    return draft


def _refuse_single_hand(draft: RuleVersion, by: Member) -> None:
    """Nobody approves what they wrote themselves, unless nobody else may approve anything."""
    if draft.written_by_id != by.pk:
        return
    others = list(queries.approvers().exclude(pk=by.pk)[:5])
    if others:
        raise NeedsAnother(others)


def _end(version: RuleVersion, at: datetime) -> None:
    RuleVersion.objects.filter(pk=version.pk).update(state=RuleVersion.State.RETIRED, retired_at=at)


def _after_what_was_done(verbs: set[str], at: datetime) -> datetime:
    """Move ``at`` behind every recorded deed: what was paid under a version must not fall out of its time."""
    latest: datetime | None = Activity.objects.filter(verb__in=verbs).aggregate(latest=Max("at"))["latest"]
    return at if latest is None else max(at, latest + timedelta(microseconds=1))
