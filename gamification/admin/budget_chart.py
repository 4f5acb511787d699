"""The bars of a budget: promised and spent for each thing that draws on it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from community.admin import charts
from gamification.queries.coupons import Drawn


def bars(rows: Sequence[Drawn]) -> dict[str, str]:
    """Data and options of a horizontal bar chart."""
    shown = [
        charts.bars(_("Spent"), [float(row.spent) for row in rows], charts.STRONG),
        charts.bars(_("Promised"), [float(row.promised) for row in rows], charts.MIDDLE),
    ]
    money = {"beginAtZero": True, "border": {"display": False}, "ticks": {"color": charts.MUTED}}
    return charts.chart(
        [row.name for row in rows], shown, x=money | charts.STACKED, y=charts.NAMES | charts.STACKED, indexAxis="y"
    )
