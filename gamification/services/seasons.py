"""Seasons: a manager names a stretch of days, and its boards are counted from the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from community import freshness
from community.models import Topic
from community.refusals import Refusal
from gamification.models import BoardMark, BoardScore, Currency, Entry, Season, SeasonDay, TopicScore
from gamification.queries.boards import topic_sums
from gamification.services import turns

DAY = timedelta(days=1)
BATCH = 1_000


class Overlaps(Refusal):
    """A day belongs to one season only."""

    code = "season_overlaps"
    message = _("Another season has some of these days. Choose days that no season has yet.")
    field = "first_day"
    status = 422


class BadDays(Refusal):
    """A season begins before it ends and lasts a year at most."""

    code = "season_days"
    message = _("A season ends on or after its first day and lasts a year at most.")
    field = "last_day"
    status = 422


def check(*, season: Season) -> None:
    """Say whether the season's days are possible and free. Raises ``BadDays`` and ``Overlaps``."""
    if not 0 <= (season.last_day - season.first_day).days < Season.LONGEST:
        raise BadDays
    taken = SeasonDay.objects.filter(day__range=(season.first_day, season.last_day))
    if taken.exclude(season=season.pk).exists():
        raise Overlaps


@transaction.atomic
def keep(*, season: Season, at: datetime) -> None:
    """Store a new or changed season and count its boards. Raises ``BadDays`` and ``Overlaps``."""
    turns.alone()
    check(season=season)
    former = Season.objects.filter(pk=season.pk).values_list("first_day", flat=True).first()
    try:
        with transaction.atomic():
            season.save()
            SeasonDay.objects.filter(season=season).delete()
            days = range((season.last_day - season.first_day).days + 1)
            SeasonDay.objects.bulk_create(SeasonDay(season=season, day=season.first_day + DAY * n) for n in days)
    except IntegrityError as error:
        raise Overlaps from error
    for start in {season.first_day, former or season.first_day}:
        for model in (BoardScore, TopicScore, BoardMark):
            model._default_manager.filter(span="season", start=start).delete()
    _count(season)
    transaction.on_commit(freshness.changed, robust=True)


def _count(season: Season) -> None:
    """Sum up what the ledger booked on the season's days."""
    booked = Entry.objects.filter(
        currency=Currency.REPUTATION, booked_on__range=(season.first_day, season.last_day)
    ).order_by()
    sums = booked.values_list("member").annotate(total=Sum("amount"))
    own = {"span": "season", "start": season.first_day}
    _store(BoardScore(**own, member_id=member, score=total) for member, total in sums.iterator())
    topics = set(Topic.objects.values_list("pk", flat=True))
    topical = topic_sums(booked, "member")
    _store(
        TopicScore(**own, topic_id=topic, member_id=member, score=total)
        for (topic, member), total in topical.items()
        if topic in topics
    )


def _store(rows: Iterable[Any]) -> None:
    batch = list(rows)
    if batch:
        type(batch[0])._default_manager.bulk_create(batch, batch_size=BATCH)
