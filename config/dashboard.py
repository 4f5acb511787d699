"""The admin's start page: a few figures and charts, from bounded queries, kept for half a minute."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from chat.queries import contacts
from community.admin import charts, waits
from community.models import Thread
from community.queries import pulse, waiting
from gamification.queries import boards, replays
from gamification.queries.days import site_day

KEY = "dashboard"
KEPT = 30


def figures(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Add the figures to the start page's context, for those who may see threads."""
    if not request.user.has_perm("community.view_thread"):
        return context
    measured = cache.get(KEY)
    if measured is None:
        measured = _measure(timezone.now())
        cache.set(KEY, measured, KEPT)
    # What is worded for the reader is not kept.
    worded = {
        "charts": _charts(measured["weeks"]),
        "wait": waits.told(measured["first_answer"]),
        "lag_told": waits.told(measured["lag"].oldest),
    }
    return {**context, **measured, **worded}


def _measure(at: datetime) -> dict[str, Any]:
    weeks = pulse.weeks(at=at)
    asked, solved = sum(week.asked for week in weeks), sum(week.solved for week in weeks)
    return {
        "weeks": weeks,
        "asked": asked,
        "solved_share": round(100 * solved / asked) if asked else None,
        "first_answer": pulse.first_answer(at=at),
        "avoided": pulse.avoided(at=at, talked=contacts.soon_after("member", "at", within=pulse.AGAIN)),
        "unanswered": pulse.unanswered(),
        "waiting": list(waiting.most_urgent(Thread.objects.visible(), at=at).select_related("author", "product")[:5]),
        "joined": pulse.joined(at=at),
        "lag": pulse.journal_lag(at=at),
        "drift": replays.drift(),
        "helpers": boards.best(boards.week(site_day(at)), limit=5),
    }


def _charts(weeks: list[pulse.Week]) -> dict[str, str]:
    rows = [
        charts.bars(_("Solved"), [week.solved for week in weeks], charts.STRONG),
        charts.bars(_("Not solved yet"), [week.asked - week.solved for week in weeks], charts.QUIETER),
    ]
    labels = [date_format(week.start, "j. M") for week in weeks]
    return charts.chart(labels, rows, x=charts.NAMES | charts.STACKED, y=charts.COUNTS | charts.STACKED)
