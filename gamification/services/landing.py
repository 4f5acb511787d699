"""Soft landing: before something is lost, its owner is told once until when, and what keeps it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Exists, F, OuterRef, TextField, Value
from django.db.models.functions import Cast, Concat

from community import hours
from community.models import Notification
from community.services import notifications
from gamification import coupon_states as states
from gamification import streaks as pure
from gamification.models import Coupon, Quest, QuestCompletion, QuestProgress, Season, StreakRun
from gamification.queries import boards
from gamification.queries.days import last_day, site_day
from gamification.words import in_all_languages

STREAK_ENDING = "streak.ending"
SEASON_ENDING = "season.ending"
QUEST_ENDING = "quest.ending"
CODE_ENDING = "code.ending"
#: On the last day of a streak it is told from this hour on: early enough for a deed, late enough for many to be done.
EVENING = time(17)
#: So long before its end the leaders of a season are told, and whoever has begun a quest.
AHEAD = timedelta(days=3)
#: So long before its end a code is told of, but not on the day on which it was given.
CODE_AHEAD = timedelta(days=7)
BATCH = 500
DAY = timedelta(days=1)


def warn(*, at: datetime) -> None:
    """Tell of streaks that end today, of seasons, quests and codes that end soon. Who was told is not told again."""
    _each(partial(_warn_of_streaks, at))
    _each(partial(_warn_of_codes, at))
    for quest in Quest.objects.filter(first_day__lte=site_day(at), last_day__range=_soon(at)):
        _each(partial(_warn_of_quest, quest, at))
    for season in Season.objects.filter(warned_at=None, last_day__range=_soon(at)):
        _warn_of_season(season, at)


def _each(some: Callable[[int], int | None]) -> None:
    after: int | None = 0
    while after is not None:
        after = some(after)


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
def _warn_of_codes(at: datetime, after: int) -> int | None:
    """Tell the next who hold a code that ends soon and lies in no basket; return where to go on."""
    key = Concat(Value(f"{CODE_ENDING}:"), Cast(OuterRef("pk"), TextField()))
    told = Notification.objects.filter(member=OuterRef("member"), key=key)
    going = Coupon.objects.filter(state__in=states.USABLE, expires_at__gt=at, expires_at__lte=at + CODE_AHEAD)
    due = going.filter(assigned_at__lte=at - DAY, member__is_active=True, pk__gt=after).exclude(Exists(told))
    batch = list(due.select_related("pool").order_by("pk")[:BATCH])
    holders = ((coupon, coupon.member_id, coupon.expires_at) for coupon in batch)
    notifications.tell([_code(coupon, member, end, at) for coupon, member, end in holders if member and end])
    return batch[-1].pk if len(batch) == BATCH else None


def _code(coupon: Coupon, member: int, end: datetime, at: datetime) -> Notification:
    return Notification(
        member_id=member,
        kind=CODE_ENDING,
        key=f"{CODE_ENDING}:{coupon.pk}",
        facts={"until": str(last_day(end)), "last4": coupon.last4, **in_all_languages(coupon.pool, "name")},
        created_at=at,
    )


@transaction.atomic
def _warn_of_quest(quest: Quest, at: datetime, after: int) -> int | None:
    """Tell the next members who have begun the quest and are not through; return where to go on."""
    key = f"{QUEST_ENDING}:{quest.pk}"
    own = QuestProgress.objects.filter(step__quest=quest)
    through = QuestCompletion.objects.filter(quest=quest, member=OuterRef("member"), stands=True)
    told = Notification.objects.filter(member=OuterRef("member"), key=key)
    due = own.filter(value__gt=0, member__gt=after, member__is_active=True).exclude(Exists(through) | Exists(told))
    members = list(due.order_by("member_id").values_list("member_id", flat=True).distinct()[:BATCH])
    values = {(m, step): n for m, step, n in own.filter(member__in=members).values_list("member_id", "step", "value")}
    steps = list(quest.steps.all())
    rows = [
        Notification(
            member_id=member,
            kind=QUEST_ENDING,
            key=key,
            facts={
                "missing": [
                    [step.metric, step.count - value]
                    for step in steps
                    if (value := max(0, values.get((member, step.pk), 0))) < step.count
                ],
                "until": str(quest.last_day),
                **in_all_languages(quest, "name"),
            },
            created_at=at,
        )
        for member in members
    ]
    notifications.tell(rows)
    return members[-1] if len(members) == BATCH else None


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
