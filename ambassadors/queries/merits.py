"""What a member has done in the community, in the numbers that campaigns ask for."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Min

from ambassadors import scoring
from ambassadors.models import Campaign, Criterion
from community.models import Idea, Member, Ownership, Review

Metric = Criterion.Metric
#: What the brand decided about an idea that it took up.
TAKEN_UP = (Idea.Status.PLANNED, Idea.Status.BUILDING, Idea.Status.SHIPPED)


def terms_for(campaign: Campaign, member: Member | None, at: datetime) -> tuple[scoring.Term, ...]:
    """The campaign's criteria with what ``member`` has of each; for a visitor nothing of any."""
    wanted = [
        scoring.Wanted(row.metric, row.needed, row.full_at, row.weight)
        for row in campaign.criteria.order_by("position", "id")
    ]
    return scoring.terms(wanted, values_of(member, at) if member else {})


def missing(campaign: Campaign, terms: tuple[scoring.Term, ...]) -> list[str]:
    """Names of the criteria without which nobody applies and which are not met."""
    needed = set(campaign.criteria.filter(must=True).order_by().values_list("metric", flat=True))
    return [term.wanted.name for term in terms if term.wanted.name in needed and not term.is_met]


def values_of(member: Member, at: datetime) -> dict[str, int]:
    """Each metric with what ``member`` has of it."""
    owns_since = Ownership.objects.filter(member=member).aggregate(first=Min("since"))["first"]
    return {
        Metric.ACCEPTED: member.accepted_count,
        Metric.HELPFUL: member.helpful_count,
        Metric.OWNED: _months(owns_since, at) if owns_since else 0,
        Metric.JOINED: _months(member.joined_at, at),
        Metric.REVIEWS: Review.objects.visible().filter(author=member).count(),
        Metric.IDEAS: Idea.objects.visible().filter(author=member, status__in=TAKEN_UP).count(),
        Metric.CLEAR: int(not _is_restricted(member, at)),
    }


def _months(since: datetime, at: datetime) -> int:
    """Whole months that have passed, counted by the calendar."""
    passed = (at.year - since.year) * 12 + at.month - since.month
    return max(0, passed - (at.day < since.day))


def _is_restricted(member: Member, at: datetime) -> bool:
    return any(until is not None and until > at for until in (member.silenced_until, member.suspended_until))
