"""The rules as members see them."""

from __future__ import annotations

from django.db.models import QuerySet

from gamification.models import RuleVersion


def in_force() -> QuerySet[RuleVersion]:
    """The active versions, what earns most first."""
    return RuleVersion.objects.filter(retired_at=None).select_related("rule").order_by("-reputation", "rule__slug")
