"""The chat in figures: what the bot solves by itself, and whether people sell more than it does."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from chat.estimates import Estimate
from chat.queries import bot_figures, uplift
from community.admin import charts

COLOURS = {
    bot_figures.SOLVED: charts.STRONG,
    bot_figures.ASKED_AGAIN: charts.MIDDLE,
    bot_figures.NOTHING: charts.QUIET,
    bot_figures.HANDED: charts.QUIETER,
}


def of_bot(found: bot_figures.Figures) -> dict[str, Any]:
    """The bot's half of the page."""
    names = ends()
    rows = [
        charts.bars(names[end], [week.ends.get(end, 0) for week in found.weeks], colour)
        for end, colour in COLOURS.items()
    ]
    labels = [date_format(week.start, "j. M") for week in found.weeks]
    return {
        "judged": found.judged,
        "solved": percent(found.solved),
        "ends": [(names[end], found.ends[end]) for end in bot_figures.ENDS],
        "names": [names[end] for end in bot_figures.ENDS],
        "weeks": [(week.start, [week.ends.get(end, 0) for end in bot_figures.ENDS]) for week in found.weeks],
        "chart": charts.chart(labels, rows, x=charts.NAMES | charts.STACKED, y=charts.COUNTS | charts.STACKED),
    }


def of_people(found: uplift.Uplift, advised: list[uplift.Advised]) -> dict[str, Any]:
    """The half about people and the hold-out."""
    sides = [(_("Led to people"), found.people), (_("Hold-out: the bot first"), found.held_out)]
    shares = [round(100 * side.share.value, 1) if side.share else 0 for _name, side in sides]
    scale = {"beginAtZero": True, "border": {"display": False}, "ticks": {"color": charts.MUTED}}
    rows = [charts.bars(_("Ordered within 48 hours, in %"), shares, charts.STRONG)]
    return {
        "sides": [(name, side.asked, side.ordered, percent(side.share, places=1)) for name, side in sides],
        "more": points(found.more),
        "may_be_chance": found.more is None or found.more.may_be_chance,
        "chart": charts.chart([str(name) for name, _side in sides], rows, x=scale, y=charts.NAMES, indexAxis="y"),
        "advised": advised,
        "days": uplift.DAYS,
    }


def ends() -> dict[str, str]:
    """How a talk with the bot ends, in words."""
    return {
        bot_figures.SOLVED: _("Solved without a person"),
        bot_figures.ASKED_AGAIN: _("Asked again within 24 hours"),
        bot_figures.NOTHING: _("Without an answer that helped"),
        bot_figures.HANDED: _("Handed over to people"),
        bot_figures.OPEN: _("Too young to be judged"),
    }


def percent(one: Estimate | None, *, places: int = 0) -> dict[str, str] | None:
    """A share of a hundred with its range."""
    if one is None:
        return None
    # Rounded first: the formatting cuts off.
    return {name: number_format(round(100 * getattr(one, name), places), places) for name in ("value", "low", "high")}


def points(one: Estimate | None) -> dict[str, str] | None:
    """A difference in percentage points with its sign."""
    if one is None:
        return None
    return {name: _signed(100 * getattr(one, name)) for name in ("value", "low", "high")}


def _signed(number: float) -> str:
    rounded = round(number, 1)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else "±"
    return f"{sign}{number_format(abs(rounded), 1)}"
