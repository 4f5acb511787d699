"""The rule that thanks whoever wins a contest: the first of the demo that a manager wrote and an admin approved."""

from __future__ import annotations

from datetime import datetime, timedelta

from community.models import Member
from gamification.models import Rule
from gamification.services import rules
from gamification.services.rules import Terms

#: Before the first contest of the demo ended.
BEFORE = timedelta(days=90)


def thank(now: datetime) -> None:
    """Write and approve it, once."""
    rule, created = Rule.objects.get_or_create(
        slug="idea-won",
        defaults={
            "name_de": "Idee gewinnt",
            "name_en": "Idea wins",
            "reason_de": "Deine Idee hat einen Wettbewerb gewonnen.",
            "reason_en": "Your idea won a contest.",
        },
    )
    if not created:
        return
    terms = Terms(
        verb="idea.won",
        recipient="beneficiary",
        reputation=50,
        credits=100,
        condition={},
        limits=[{"per": "member", "period": "month", "times": 2}],
        delay_days=0,
    )
    draft = rules.write(rule=rule, terms=terms, by=Member.objects.get(email="clara@demo.example"))
    rules.activate(version=draft, by=Member.objects.get(email="admin@demo.example"), at=now - BEFORE)
