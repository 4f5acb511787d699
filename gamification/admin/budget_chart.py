"""The bars of a budget: promised and spent for each thing that draws on it."""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.utils.translation import gettext as _

from gamification.queries.coupons import Drawn

#: Readable on the light and on the dark page.
MUTED = "#7c7c76"


def bars(rows: Sequence[Drawn]) -> dict[str, str]:
    """Data and options of a horizontal bar chart, as the theme's component takes them."""
    data = {
        "labels": [row.name for row in rows],
        "datasets": [
            _bar(_("Spent"), [row.spent for row in rows], "var(--color-primary-600)"),
            _bar(_("Promised"), [row.promised for row in rows], "var(--color-primary-300)"),
        ],
    }
    axis = {"stacked": True, "ticks": {"color": MUTED}, "border": {"display": False}}
    options = {
        "indexAxis": "y",
        "maintainAspectRatio": False,
        "plugins": {"legend": {"display": True, "position": "bottom", "align": "start", "labels": {"color": MUTED}}},
        "scales": {"x": {**axis, "beginAtZero": True}, "y": {**axis, "grid": {"display": False}}},
    }
    return {"data": json.dumps(data), "options": json.dumps(options)}


def _bar(label: str, values: Sequence[object], colour: str) -> dict[str, object]:
    return {
        "label": label,
        "data": [float(str(value)) for value in values],
        "backgroundColor": colour,
        "borderRadius": 4,
        "maxBarThickness": 28,
    }
