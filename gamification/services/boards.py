"""Boards: reputation by week, month, season and of all times, of everything and by topic, kept by increments."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q, Window
from django.db.models.functions import Mod, RowNumber

from community import freshness
from community.models import Activity, Member, Topic
from gamification.models import BoardMark, BoardScore, Currency, Entry, Quiet, Season, SeasonDay, TopicScore
from gamification.queries.boards import listed, periods
from gamification.queries.days import site_day
from gamification.services import increments

#: Every so many places somebody is marked.
STEP = 500


def book(entries: Iterable[Entry]) -> None:
    """Add the reputation among ``entries`` to the boards of the days that they are booked on."""
    booked = [entry for entry in entries if entry.currency == Currency.REPUTATION]
    if not booked:
        return
    seasons = dict(
        SeasonDay.objects.filter(day__in={entry.booked_on for entry in booked}).values_list("day", "season__first_day")
    )
    topics = _topics(booked)
    steps: Tally[tuple[str, date, int]] = Tally()
    topical: Tally[tuple[int, str, date, int]] = Tally()
    for entry, topic in zip(booked, topics, strict=True):
        for span, start in periods(entry.booked_on, seasons.get(entry.booked_on)):
            steps[span, start, entry.member_id] += entry.amount
            if topic:
                topical[topic, span, start, entry.member_id] += entry.amount
    increments.add(BoardScore, steps, key=("span", "start", "member"), value="score")
    increments.add(TopicScore, topical, key=("topic", "span", "start", "member"), value="score")


@transaction.atomic
def mark(*, at: datetime) -> None:
    """Note who stands in every 500th place of the boards that run, so that a place far down is found from there."""
    today = site_day(at)
    season = Season.objects.filter(first_day__lte=today, last_day__gte=today).first()
    running = Q(pk__in=())
    for span, start in periods(today, season.first_day if season else None):
        running |= Q(span=span, start=start)
    BoardMark.objects.filter(running).delete()
    rows = (("span", "start"), listed(BoardScore.objects.filter(running)))
    topical = (("topic", "span", "start"), listed(TopicScore.objects.filter(running)))
    for parts, scores in (rows, topical):
        place = Window(RowNumber(), partition_by=[F(part) for part in parts], order_by=[F("score").desc(), F("member")])
        marks = scores.annotate(place=place).annotate(rest=Mod("place", STEP)).filter(rest=0)
        BoardMark.objects.bulk_create(
            BoardMark(**row) for row in marks.values("span", "start", "place", "score", "member_id", *_topic(parts))
        )


@transaction.atomic
def show(*, member: Member, shown: bool, at: datetime) -> None:
    """Show the member on boards, or hide them there. Points, badges, level and rewards stay as they are."""
    if shown:
        Quiet.objects.filter(member=member).delete()
    else:
        Quiet.objects.get_or_create(member=member, defaults={"since": at})
    transaction.on_commit(freshness.changed, robust=True)


def _topic(parts: tuple[str, ...]) -> tuple[str, ...]:
    return ("topic_id",) if "topic" in parts else ()


def _topics(entries: Sequence[Entry]) -> list[int | None]:
    """The topic of the deed behind each entry, as the journal kept it."""
    deed = Entry._meta.get_field("activity")
    unread = {entry.activity_id for entry in entries if entry.activity_id and not deed.is_cached(entry)}
    deeds = dict(Activity.objects.filter(pk__in=unread).values_list("pk", "facts")) if unread else {}
    known = set(Topic.objects.values_list("pk", flat=True))
    found = [_facts(entry, deeds).get("topic") for entry in entries]
    return [topic if topic in known else None for topic in found]


def _facts(entry: Entry, deeds: Mapping[int, Mapping[str, Any]]) -> Mapping[str, Any]:
    return deeds.get(entry.activity_id) or (entry.activity.facts if entry.activity_id else {})
