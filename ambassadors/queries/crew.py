"""What can be said of the ambassadors together, for those who think of becoming one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Sum

from chat.models import Rating, Responder

WINDOW = timedelta(days=30)
#: Below these numbers a figure would tell of single people.
FEWEST_PEOPLE, FEWEST_RATINGS = 3, 5


@dataclass(frozen=True, slots=True)
class Figures:
    """How many ambassadors there are, and how their talks of the last month were rated; nothing of too few."""

    people: int
    ratings: int
    mean: float | None


def figures(at: datetime) -> Figures:
    """In two queries."""
    people = Responder.objects.filter(group=Responder.Group.AMBASSADORS, is_enabled=True).count()
    rated = Rating.objects.filter(
        responder__group=Responder.Group.AMBASSADORS, counts=True, at__gt=at - WINDOW, at__lte=at
    ).aggregate(n=Count("pk"), stars=Sum("stars"))
    ratings = rated["n"] if rated["n"] >= FEWEST_RATINGS else 0
    mean = round(rated["stars"] / ratings, 1) if ratings else None
    return Figures(people if people >= FEWEST_PEOPLE else 0, ratings, mean)
