"""Reads of contests: those that run, those that ended, a member's ballot, the jury's sheet, the result."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from community import keyset
from community.models import Ballot, Contest, Idea, JuryScore, Member, Placing, visible

ORDER = ("-ends_at", "-id")


def page(contests: QuerySet[Contest], *, cursor: str | None, size: int = 20) -> keyset.Page[Contest]:
    """One page of contests, those that end last first."""
    return keyset.paginate(contests, order=ORDER, cursor=cursor, size=size)


def with_toolkits(contests: QuerySet[Contest]) -> QuerySet[Contest]:
    """Fetch what can be composed along with the contests, in a fixed number of queries."""
    return contests.select_related("toolkit").prefetch_related("toolkit__options__choices", "toolkit__constraints")


def spent(member: Member, contests: list[Contest]) -> dict[int, int]:
    """How many votes the member has given in each of ``contests``."""
    return dict(Ballot.objects.filter(member=member, contest__in=contests).values_list("contest_id", "spent"))


def running(contests: QuerySet[Contest], *, at: datetime) -> list[Contest]:
    """Those that take ideas, votes or points now, the one that ends next first."""
    return list(contests.filter(submit_from__lte=at, ends_at__gt=at).order_by("ends_at", "id")[:5])


def ended(contests: QuerySet[Contest], *, count: int = 3) -> list[Contest]:
    """Those whose result is out, the latest first."""
    return list(contests.filter(closed_at__isnull=False).order_by("-ends_at", "-id")[:count])


def votes_left(contest: Contest, member: Member) -> int:
    """How many votes the member can still give."""
    spent = Ballot.objects.filter(contest=contest, member=member).values_list("spent", flat=True).first() or 0
    return max(0, contest.vote_budget - spent)


def sheet(contest: Contest, juror: Member, *, cursor: str | None, size: int = 30) -> keyset.Page[Idea]:
    """The entries that a member of the jury scores, in the order in which they came."""
    rows = Idea.objects.visible().filter(contest=contest, merged_into=None).exclude(author=juror)
    rows = rows.select_related("author__standing", "configuration")
    return keyset.paginate(rows, order=("created_at", "id"), cursor=cursor, size=size)


def points_of(juror: Member, ideas: list[Idea]) -> dict[int, int]:
    """What the member of the jury gave each of ``ideas``."""
    return dict(JuryScore.objects.filter(juror=juror, idea__in=ideas).values_list("idea_id", "points"))


def result(contest: Contest, *, count: int = 50) -> list[Placing]:
    """The places, as far as their ideas may still be read; a merged one has none."""
    rows = Placing.objects.filter(Q(contest=contest), visible("idea"))
    return list(rows.select_related("idea__author__standing", "idea__product").order_by("place")[:count])
