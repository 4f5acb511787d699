"""Rules: give a rule its next version, or retire it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from community.models import Activity
from gamification.models import Rule, RuleVersion
from gamification.services import turns


@transaction.atomic
def revise(*, rule: Rule, verb: str, recipient: str, reputation: int, credits: int, at: datetime) -> RuleVersion:
    """Retire the active version at ``at`` and open the next one from then on.

    Deeds recorded before keep what the old version said. Unchanged terms open nothing.
    """
    turns.alone()
    Rule.objects.select_for_update().get(pk=rule.pk)
    newest = rule.versions.order_by("-number").first()
    terms = {"verb": verb, "recipient": recipient, "reputation": reputation, "credits": credits}
    active = newest if newest and newest.state == RuleVersion.State.ACTIVE else None
    if active and all(getattr(active, name) == value for name, value in terms.items()):
        return active
    at = _after_what_was_done({verb, newest.verb} if newest else {verb}, at)
    if active:
        _end(active, at)
    return RuleVersion.objects.create(
        rule=rule,
        number=newest.number + 1 if newest else 1,
        state=RuleVersion.State.ACTIVE,
        active_from=at,
        **terms,
    )


@transaction.atomic
def retire(*, rule: Rule, at: datetime) -> None:
    """End the active version: deeds from ``at`` on earn nothing by this rule. Twice is once."""
    turns.alone()
    active = rule.versions.select_for_update().filter(state=RuleVersion.State.ACTIVE).first()
    if active:
        _end(active, _after_what_was_done({active.verb}, at))


def _end(version: RuleVersion, at: datetime) -> None:
    RuleVersion.objects.filter(pk=version.pk).update(state=RuleVersion.State.RETIRED, retired_at=at)


def _after_what_was_done(verbs: set[str], at: datetime) -> datetime:
    """Move ``at`` behind every recorded deed: what was paid under a version must not fall out of its time."""
    latest: datetime | None = Activity.objects.filter(verb__in=verbs).aggregate(latest=Max("at"))["latest"]
    return at if latest is None else max(at, latest + timedelta(microseconds=1))
