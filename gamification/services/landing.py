"""Soft landing: before something is lost, its owner is told once until when, and what keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import F

from community import hours
from community.models import Notification
from community.services import notifications
from gamification import streaks as pure
from gamification.models import Season, StreakRun
from gamification.queries import boards
from gamification.queries.days import site_day
from gamification.words import in_all_languages

STREAK_ENDING = "streak.ending"
SEASON_ENDING = "season.ending"
#: On the last day of a streak it is told from this hour on: early enough for a deed, late enough for many to be done.
EVENING = time(17)
#: So long before its end the leaders of a season are told.
AHEAD = timedelta(days=3)
BATCH = 500
DAY = timedelta(days=1)


def warn(*, at: datetime) -> None:
    """Tell of streaks that end today and of a season that ends soon. Who was told is not told again."""
    after: int | None = 0
    while after is not None:
        after = _warn_of_streaks(at, after)
    for season in Season.objects.filter(warned_at=None, last_day__range=_soon(at)):
        _warn_of_season(season, at)


@transaction.atomic
def _warn_of_streaks(at: datetime, after: int) -> int | None:
    """Tell the next members in the order of the rows; return where to go on."""
    days = [at.date() + DAY * n for n in (-1, 0, 1)]
    rows = StreakRun.objects.filter(holds_until__in=days, length__gte=pure.WORTH_A_WARNING, pk__gt=after)
    due = rows.exclude(warned_for=F("holds_until")).filter(member__is_active=True)
    batch = list(due.select_related("streak", "member").order_by("pk")[:BATCH])
    told = [row for row in batch if _is_last_evening(row, at)]
    notifications.tell([_streak(row, at) for row in told])
    StreakRun.objects.filter(pk__in=[row.pk for row in told]).update(warned_for=F("holds_until"))
    return batch[-1].pk if len(batch) == BATCH else None


def _is_last_evening(row: StreakRun, at: datetime) -> bool:
    """Whether it is the evening of the last day, on the member's clock."""
    local = at.astimezone(hours.zone(row.member.timezone))
    return local.date() == row.holds_until and local.time() >= EVENING


def _streak(row: StreakRun, at: datetime) -> Notification:
    return Notification(
        member_id=row.member_id,
        kind=STREAK_ENDING,
        key=f"{STREAK_ENDING}:{row.streak_id}:{row.holds_until}",
        facts={"days": row.length, "until": str(row.holds_until), **in_all_languages(row.streak, "name")},
        created_at=at,
    )


@transaction.atomic
def _warn_of_season(season: Season, at: datetime) -> None:
    """Tell everybody whom the season's board shows their place, and what is missing for the next one."""
    if not Season.objects.filter(pk=season.pk, warned_at=None).update(warned_at=at):
        return
    places = boards.best(boards.Board("season", season.first_day, season=season))
    rows = [
        Notification(
            member=place.member,
            kind=SEASON_ENDING,
            key=f"{SEASON_ENDING}:{season.pk}",
            facts={
                "place": place.place,
                "missing": before.score - place.score + 1 if before else 0,
                "until": str(season.last_day),
                **in_all_languages(season, "name"),
            },
            created_at=at,
        )
        for before, place in _with_the_one_before(places)
    ]
    notifications.tell(rows)


def _with_the_one_before(places: list[boards.Place]) -> Iterator[tuple[boards.Place | None, boards.Place]]:
    return zip([None, *places], places, strict=False)


def _soon(at: datetime) -> tuple[date, date]:
    today = site_day(at)
    return today, today + AHEAD
