"""Thresholds that were moved while a worker still brings members in line with them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Max

from gamification.models import Adjustment, Badge

OPEN = (Adjustment.State.WAITING, Adjustment.State.RUNNING)


@dataclass(frozen=True, slots=True)
class Moving:
    """Which thresholds are being moved: those of some badges, and of the levels or not."""

    badges: frozenset[int]
    levels: bool

    def __bool__(self) -> bool:
        """Whether any are."""
        return self.levels or bool(self.badges)


def moving() -> Moving:
    """What is under way, in one query."""
    found = set(Adjustment.objects.filter(state__in=OPEN).order_by().values_list("badge", flat=True))
    return Moving(frozenset(badge for badge in found if badge), None in found)


def failed() -> list[Adjustment]:
    """The newest of each badge, and of the levels, where it failed: members are not in line until it is asked again."""
    newest = Adjustment.objects.order_by().values("badge").annotate(newest=Max("pk")).values("newest")
    return list(Adjustment.objects.filter(pk__in=newest, state=Adjustment.State.FAILED).order_by("pk"))


def last(badge: Badge | None) -> Adjustment | None:
    """The newest of the badge, or of the levels."""
    return Adjustment.objects.filter(badge=badge).order_by("-pk").first()
