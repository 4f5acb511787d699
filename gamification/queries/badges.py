"""Badges as the gallery and the profile show them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from community.models import Member
from gamification.drawing import drawing
from gamification.models import Award, Counter, Grade


@dataclass(frozen=True, slots=True)
class Step:
    """A grade that a member has not earned yet, with the exact progress towards it."""

    grade: Grade
    value: int

    @property
    def missing(self) -> int:
        """How much is left to do."""
        return self.grade.threshold - self.value


def awards_of(member: Member) -> list[Award]:
    """Everything that the member earned, newest first."""
    return list(Award.objects.filter(member=member).select_related("grade__badge").order_by("-at", "-id"))


def within_reach(member: Member) -> list[Step]:
    """The next grade of each badge for the member, nearest first."""
    values = dict(Counter.objects.filter(member=member).values_list("metric", "value"))
    ahead: dict[int, Step] = {}
    for grade in Grade.objects.select_related("badge").order_by("badge__position", "badge_id", "threshold"):
        value = values.get(grade.badge.metric, 0)
        if grade.threshold > value:
            ahead.setdefault(grade.badge_id, Step(grade, value))
    return sorted(ahead.values(), key=lambda step: step.missing)


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A grade in the gallery: how many hold it, and how far ``value`` the reader is (``None`` for visitors)."""

    slug: str
    pin: dict[str, str]
    name: str
    description: str
    tier: str
    threshold: int
    holders: int
    value: int | None

    @property
    def state(self) -> str:
        """How the pin is drawn: in full once earned, as unfired enamel before."""
        return "next" if self.value is not None and self.value < self.threshold else ""


def gallery(member: Member | None) -> list[Exhibit]:
    """Every grade of every badge."""
    holders = dict(Award.objects.order_by().values_list("grade").annotate(n=Count("pk")))
    values = dict(Counter.objects.filter(member=member).values_list("metric", "value")) if member else {}
    grades = Grade.objects.select_related("badge").order_by("badge__position", "badge_id", "threshold")
    return [
        Exhibit(
            slug=grade.badge.slug,
            pin=drawing(grade),
            name=grade.badge.name,
            description=grade.badge.description,
            tier=grade.get_tier_display(),
            threshold=grade.threshold,
            holders=holders.get(grade.pk, 0),
            value=min(values.get(grade.badge.metric, 0), grade.threshold) if member else None,
        )
        for grade in grades
    ]
