"""Boards: the best of a period and one's own place, at a cost that does not grow with the number of members."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet, Sum

from community.models import Member, Role, Topic
from gamification.models import BoardMark, BoardScore, Quiet, Season, TopicScore
from gamification.rules import Span, period_start

SHOWN = 50
#: How many are shown before and after one's own place.
NEIGHBOURS = 2
#: Who is paid to answer does not compete with those who are not.
TEAM = (Role.AGENT, Role.MANAGER)
ORDER = ("-score", "member_id")
#: The periods that every day belongs to.
SPANS: tuple[Span, ...] = ("week", "month", "all")


@dataclass(frozen=True, slots=True)
class Place:
    """A member on a board; place 1 is best, and of equal scores the longer member leads."""

    place: int
    member: Member
    score: int


@dataclass(frozen=True, slots=True)
class Board:
    """One board: of a period from its first day on, of everything or of one topic."""

    span: Span
    start: date
    topic: Topic | None = None
    season: Season | None = None

    @property
    def rows(self) -> QuerySet[Any]:
        """The scores of everybody who is shown on boards."""
        own = {"span": self.span, "start": self.start}
        scores = TopicScore.objects.filter(topic=self.topic, **own) if self.topic else BoardScore.objects.filter(**own)
        return listed(scores)


def listed(scores: QuerySet[Any]) -> QuerySet[Any]:
    """Only those of ``scores`` that boards show: not of the team, of former members, or of who wants to be quiet."""
    shown = scores.filter(score__gt=0, member__is_active=True, member__quiet=None)
    return shown.exclude(member__standing__role__in=TEAM)


def board(span: Span, *, today: date, topic: Topic | None = None, season: Season | None = None) -> Board | None:
    """The board of the period that contains ``today``; of ``season``, or of the one that runs.

    Nothing where no season runs and none was named.
    """
    if span != "season":
        return Board(span, period_start(span, today), topic)
    season = season or season_on(today)
    return Board(span, season.first_day, topic, season) if season else None


def week(today: date, *, topic: Topic | None = None) -> Board:
    """The board of this week."""
    return Board("week", period_start("week", today), topic)


def season_on(day: date) -> Season | None:
    """The season that ``day`` belongs to."""
    return Season.objects.filter(first_day__lte=day, last_day__gte=day).first()


def best(board: Board, *, limit: int = SHOWN) -> list[Place]:
    """The first ``limit`` places."""
    rows = board.rows.select_related("member__standing").order_by(*ORDER)[:limit]
    return [Place(rank, row.member, row.score) for rank, row in enumerate(rows, start=1)]


def is_quiet(member: Member) -> bool:
    """Whether the member is hidden from boards."""
    return Quiet.objects.filter(member=member).exists()


def place_of(member: Member, board: Board) -> Place | None:
    """The member's own place, or ``None`` without any score; who is hidden is told the place they would have.

    Beyond the first 500 it is counted from the nearest mark, and as exact as that: a few minutes old.
    """
    scores = TopicScore.objects.filter(topic=board.topic) if board.topic else BoardScore.objects
    rows = scores.filter(span=board.span, start=board.start, member=member, score__gt=0)
    own = rows.exclude(member__standing__role__in=TEAM).select_related("member__standing").first()
    if own is None:
        return None
    mark = _mark(board, own.score, member.pk)
    return Place((mark.place if mark else 0) + _between(board, mark, own.score, member.pk) + 1, own.member, own.score)


def around(own: Place, board: Board, *, neighbours: int = NEIGHBOURS) -> list[Place]:
    """The own place with those just before and after it."""
    rows = board.rows.select_related("member__standing").exclude(member=own.member)
    ahead = rows.filter(_ahead(own.score, own.member.pk)).order_by("score", "-member_id")[:neighbours]
    behind = rows.filter(_behind(own.score, own.member.pk)).order_by(*ORDER)[:neighbours]
    before = [Place(own.place - n, row.member, row.score) for n, row in enumerate(ahead, start=1)]
    after = [Place(own.place + n, row.member, row.score) for n, row in enumerate(behind, start=1)]
    return [*reversed(before), own, *after]


def periods(day: date, season: date | None) -> list[tuple[Span, date]]:
    """The periods that ``day`` belongs to, by their first days; ``season`` is that of its season."""
    found: list[tuple[Span, date]] = [(span, period_start(span, day)) for span in SPANS]
    return [*found, ("season", season)] if season else found


def topic_sums(booked: Any, *by: str) -> dict[tuple[Any, ...], int]:
    """What the entries come to by the topic of the deed behind them and by the fields ``by``."""
    rows = booked.filter(activity__facts__topic__isnull=False).order_by()
    found = rows.values_list("activity__facts__topic", *by).annotate(total=Sum("amount"))
    return {(topic, *rest): total for topic, *rest, total in found if topic is not None}


def _mark(board: Board, score: int, member: int) -> BoardMark | None:
    """The mark next ahead of a score."""
    marks = BoardMark.objects.filter(span=board.span, start=board.start, topic=board.topic)
    return marks.filter(_ahead(score, member)).order_by("-place").first()


def _between(board: Board, mark: BoardMark | None, score: int, member: int) -> int:
    """How many stand between the mark, or the top, and a score. Each part is a range of the index."""
    rows = board.rows.order_by()
    if mark is None:
        return rows.filter(score__gt=score).count() + rows.filter(score=score, member_id__lt=member).count()
    if mark.score == score:
        return rows.filter(score=score, member_id__gt=mark.member_id, member_id__lt=member).count()
    return (
        rows.filter(score=mark.score, member_id__gt=mark.member_id).count()
        + rows.filter(score__lt=mark.score, score__gt=score).count()
        + rows.filter(score=score, member_id__lt=member).count()
    )


def _ahead(score: int, member: int) -> Q:
    return Q(score__gt=score) | Q(score=score, member_id__lt=member)


def _behind(score: int, member: int) -> Q:
    return Q(score__lt=score) | Q(score=score, member_id__gt=member)
