"""The rules as members see them."""

from __future__ import annotations

from django.db.models import QuerySet

from gamification.models import RuleVersion


def in_force() -> QuerySet[RuleVersion]:
    """The active versions, what earns most first."""
    active = RuleVersion.objects.filter(state=RuleVersion.State.ACTIVE).select_related("rule")
    return active.order_by("-reputation", "rule__slug")
