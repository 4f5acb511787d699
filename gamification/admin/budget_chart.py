"""The bars of a budget: promised and spent for each thing that draws on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from community.admin import charts
from gamification.queries.coupons import Drawn

#: What draws on a budget beside pools of coupons, by the kind under which it is kept.
KINDS = {"redemption": _("Rewards"), "product_test": _("Product tests"), "payout": _("Payouts")}


def in_words(rows: Sequence[Drawn]) -> list[Drawn]:
    """The same with a name for people."""
    return [replace(row, name=str(KINDS.get(row.name, row.name))) for row in rows]


def bars(rows: Sequence[Drawn]) -> dict[str, str]:
    """Data and options of a horizontal bar chart."""
    shown = [
        charts.bars(str(_("Spent")), [float(row.spent) for row in rows], charts.STRONG),
        charts.bars(str(_("Promised")), [float(row.promised) for row in rows], charts.MIDDLE),
    ]
    money = {"beginAtZero": True, "border": {"display": False}, "ticks": {"color": charts.MUTED}}
    return charts.chart(
        [row.name for row in rows], shown, x=money | charts.STACKED, y=charts.NAMES | charts.STACKED, indexAxis="y"
    )
