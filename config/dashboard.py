"""The admin's start page: a few figures and charts, from bounded queries, kept for half a minute."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from community.admin import waits
from community.models import Thread
from community.queries import pulse, waiting
from gamification.queries import boards, replays

KEY = "dashboard"
KEPT = 30
#: Readable on the light and on the dark page.
MUTED = "#7c7c76"


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
        "unanswered": pulse.unanswered(),
        "waiting": list(waiting.most_urgent(Thread.objects.visible(), at=at).select_related("author", "product")[:5]),
        "joined": pulse.joined(at=at),
        "lag": pulse.journal_lag(at=at),
        "drift": replays.drift(),
        "helpers": boards.best(boards.week(timezone.localdate(at)), limit=5),
    }


def _charts(weeks: list[pulse.Week]) -> dict[str, str]:
    labels = [date_format(week.start, "j. M") for week in weeks]
    bars = [
        _bars(_("Solved"), [week.solved for week in weeks], "var(--color-primary-600)"),
        _bars(_("Not solved yet"), [week.asked - week.solved for week in weeks], "var(--color-base-300)"),
    ]
    options = {
        "maintainAspectRatio": False,
        "plugins": {"legend": {"display": True, "position": "bottom", "align": "start", "labels": {"color": MUTED}}},
        "scales": {
            "x": {"stacked": True, "ticks": {"color": MUTED}, "grid": {"display": False}, "border": {"display": False}},
            "y": {
                "stacked": True,
                "beginAtZero": True,
                "border": {"display": False},
                "ticks": {"precision": 0, "color": MUTED},
            },
        },
    }
    return {"data": json.dumps({"labels": labels, "datasets": bars}), "options": json.dumps(options)}


def _bars(label: str, data: list[int], colour: str) -> dict[str, Any]:
    return {"label": label, "data": data, "backgroundColor": colour, "borderRadius": 4, "maxBarThickness": 28}
