"""Badges as the gallery and the profile show them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import QuerySet

from community.models import Member
from gamification.drawing import drawing
from gamification.models import Award, Badge, Census, Counter, Grade, Revocation
from gamification.words import more


@dataclass(frozen=True, slots=True)
class Step:
    """A grade that a member has not earned yet, with the exact progress towards it."""

    grade: Grade
    value: int

    @property
    def missing(self) -> int:
        """How much is left to do."""
        return self.grade.threshold - self.value

    @property
    def words(self) -> str:
        """What is left to do, as in "2 more accepted answers"."""
        return more(self.grade.badge.metric, self.missing)


def awards_of(member: Member) -> list[Award]:
    """Everything that the member earned, newest first."""
    return list(Award.objects.filter(member=member).select_related("grade__badge").order_by("-at", "-id"))


def revoked_from(member: Member) -> QuerySet[Revocation]:
    """What a manager took back from the member and did not give back, newest first."""
    rows = Revocation.objects.filter(member=member, lifted_at=None).select_related("grade__badge")
    return rows.order_by("-at", "-id")


def within_reach(member: Member, *, closed: Collection[int]) -> list[Step]:
    """The next grade of each badge for the member, nearest first; the ``closed`` grades were taken back."""
    values = dict(Counter.objects.filter(member=member).values_list("metric", "value"))
    ahead: dict[int, Step] = {}
    for grade in Grade.objects.select_related("badge").order_by("badge__position", "badge_id", "threshold"):
        value = values.get(grade.badge.metric, 0)
        if grade.threshold > value and grade.pk not in closed:
            ahead.setdefault(grade.badge_id, Step(grade, value))
    return sorted(ahead.values(), key=lambda step: step.missing / step.grade.threshold)


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A grade in the gallery: how many hold it, and how far ``value`` the reader is (``None`` for visitors).

    ``percent`` is the share of the active members who hold it, as counted last night. ``kept_until`` is the last day of
    one that the reader holds although something is missing.
    """

    badge: Badge
    pin: dict[str, str]
    tier: str
    threshold: int
    holders: int
    percent: float | None
    value: int | None
    earned: datetime | None
    kept_until: date | None
    revocation: Revocation | None

    @property
    def state(self) -> str:
        """How the pin is drawn: in full once earned and for visitors, as unfired enamel before."""
        return "" if self.earned or self.value is None else "next"

    @property
    def words(self) -> str:
        """What is left to do; nothing once it is earned for good."""
        held = self.earned and not self.kept_until
        if self.value is None or held or self.revocation or self.value >= self.threshold:
            return ""
        return more(self.badge.metric, self.threshold - self.value)

    @property
    def slug(self) -> str:
        """The badge's."""
        return self.badge.slug

    @property
    def name(self) -> str:
        """The badge's."""
        return self.badge.name

    @property
    def description(self) -> str:
        """What the badge is given for."""
        return self.badge.description


def gallery(member: Member | None) -> list[Exhibit]:
    """Every grade of every badge."""
    values = dict(Counter.objects.filter(member=member).values_list("metric", "value")) if member else {}
    awards = {award.grade_id: award for award in awards_of(member)} if member else {}
    revoked = {row.grade_id: row for row in revoked_from(member)} if member else {}
    active = Census.objects.order_by("-day").values_list("active", flat=True).first()
    grades = Grade.objects.select_related("badge", "rarity").order_by("badge__position", "badge_id", "threshold")
    return [
        Exhibit(
            badge=grade.badge,
            pin=drawing(grade),
            tier=grade.get_tier_display(),
            threshold=grade.threshold,
            holders=grade.rarity.holders if hasattr(grade, "rarity") else 0,
            percent=_percent(grade, active),
            value=min(values.get(grade.badge.metric, 0), grade.threshold) if member else None,
            earned=awards[grade.pk].at if grade.pk in awards else None,
            kept_until=awards[grade.pk].kept_until if grade.pk in awards else None,
            revocation=revoked.get(grade.pk),
        )
        for grade in grades
    ]


def cabinet(member: Member | None) -> list[tuple[Badge, list[Exhibit]]]:
    """The gallery with the grades of each badge side by side."""
    return [(badge, list(exhibits)) for badge, exhibits in groupby(gallery(member), key=lambda item: item.badge)]


def _percent(grade: Grade, active: int | None) -> float | None:
    """With one digit below ten: what is rare should be told apart."""
    if not active or not hasattr(grade, "rarity"):
        return None
    share = 100 * min(grade.rarity.active, active) / active
    return round(share, 1) if share < 10 else round(share)
