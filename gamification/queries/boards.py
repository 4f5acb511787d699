"""Boards: the best of a period and one's own place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from community.models import Member, Role
from gamification.models import BoardScore
from gamification.rules import Span, period_start

SHOWN = 50
#: Who is paid to answer does not compete with those who are not.
TEAM = (Role.AGENT, Role.MANAGER)


@dataclass(frozen=True, slots=True)
class Place:
    """A member on a board; place 1 is best, and of equal scores the longer member leads."""

    place: int
    member: Member
    score: int


def best(span: Span, *, today: date, limit: int = SHOWN) -> list[Place]:
    """The first ``limit`` places of the period that contains ``today``."""
    rows = _board(span, today).select_related("member__standing").order_by("-score", "member_id")[:limit]
    return [Place(rank, row.member, row.score) for rank, row in enumerate(rows, start=1)]


def place_of(member: Member, span: Span, *, today: date) -> Place | None:
    """The member's own place, or ``None`` without any score in the period."""
    board = _board(span, today)
    own = board.filter(member=member).first()
    if own is None:
        return None
    ahead = board.filter(Q(score__gt=own.score) | Q(score=own.score, member_id__lt=member.pk)).count()
    return Place(ahead + 1, member, own.score)


def _board(span: Span, today: date) -> QuerySet[BoardScore]:
    scores = BoardScore.objects.filter(span=span, start=period_start(span, today), score__gt=0, member__is_active=True)
    return scores.exclude(member__standing__role__in=TEAM)
