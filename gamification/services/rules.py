"""Rules: give a rule its next version, or retire it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gamification.models import Rule, RuleVersion


@transaction.atomic
def revise(*, rule: Rule, verb: str, recipient: str, reputation: int, credits: int, at: datetime) -> RuleVersion:
    """Retire the active version at ``at`` and open the next one from then on.

    Deeds done before keep what the old version said. Unchanged terms open nothing.
    """
    Rule.objects.select_for_update().get(pk=rule.pk)
    newest = rule.versions.order_by("-number").first()
    terms = {"verb": verb, "recipient": recipient, "reputation": reputation, "credits": credits}
    if newest and newest.retired_at is None:
        if all(getattr(newest, name) == value for name, value in terms.items()):
            return newest
        retire(rule=rule, at=at)
    return RuleVersion.objects.create(rule=rule, number=newest.number + 1 if newest else 1, active_from=at, **terms)


def retire(*, rule: Rule, at: datetime) -> None:
    """End the active version: deeds from ``at`` on earn nothing by this rule. Twice is once."""
    rule.versions.filter(retired_at=None).update(retired_at=at)
