"""A small set of rules, badges and levels with round numbers, in place of those that the migrations bring."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from community.models import Member
from gamification.models import Badge, Grade, Level, Metric, Rule, RuleVersion
from gamification.services import rules
from tests import factories

BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
#: (level, reputation from), as ``rules.level_at`` takes it.
LEVELS = ((1, 0), (2, 20), (3, 50))
#: The thresholds of each badge by the metric that it counts.
GRADES = {"accepted_answers": (1, 3), "helpful_votes": (2, 4)}
#: Reputation and credits by verb.
REWARDS = {"answer.accepted": (10, 7), "answer.found_helpful": (4, 3)}


def build() -> None:
    """Store it; nothing may be booked yet."""
    for model in (Grade, Badge, RuleVersion, Rule, Level):
        model._default_manager.all().delete()
    for verb, (reputation, credits_) in REWARDS.items():
        rule(verb.replace(".", "-").replace("_", "-"), verb=verb, reputation=reputation, credits=credits_)
    for number, threshold in LEVELS:
        Level.objects.create(number=number, name=f"Level {number}", threshold=threshold)
    for metric, thresholds in GRADES.items():
        badge(metric, thresholds)


def rule(slug: str, *, verb: str, reputation: int, credits: int = 0, recipient: str = "beneficiary") -> Rule:
    """Store a rule whose first version is in force since the beginning."""
    made = Rule.objects.create(slug=slug, name=slug, reason=f"Because of {verb}.")
    RuleVersion.objects.create(
        rule=made,
        number=1,
        verb=verb,
        recipient=recipient,
        reputation=reputation,
        credits=credits,
        state=RuleVersion.State.ACTIVE,
        active_from=BEGINNING,
    )
    return made


def revise(of: Rule, *, at: datetime, **terms: Any) -> RuleVersion:
    """Let the rule say something else from ``at`` on: one person writes it, another approves."""
    newest = of.versions.order_by("-number").first()
    said = replace(rules.terms_of(newest), **terms) if newest else rules.Terms(**terms)
    ada = Member.objects.filter(is_superuser=True).first()
    ada = ada or factories.member("Ada Admin", is_staff=True, is_superuser=True)
    return rules.activate(version=rules.write(rule=of, terms=said, by=None), by=ada, at=at)


def badge(metric: str, thresholds: tuple[int, ...]) -> Badge:
    """Store a badge with a grade for each threshold, bronze first."""
    made = Badge.objects.create(slug=metric.replace("_", "-"), name=metric, metric=Metric(metric))
    for tier, threshold in zip(Grade.Tier, thresholds, strict=False):
        Grade.objects.create(badge=made, tier=tier, threshold=threshold)
    return made
