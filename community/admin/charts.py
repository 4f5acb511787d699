"""Charts of the admin: colours, legend and axes that all of them share, as the theme's components take them."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language

#: Readable on the light and on the dark page.
MUTED = "#7c7c76"
STRONG, MIDDLE = "var(--color-primary-600)", "var(--color-primary-300)"
#: For what is compared with: what is missing, or what was before.
QUIET, QUIETER = "var(--color-base-400)", "var(--color-base-300)"

#: An axis whose numbers begin at nothing and are whole.
COUNTS: dict[str, Any] = {
    "beginAtZero": True,
    "border": {"display": False},
    "ticks": {"precision": 0, "color": MUTED},
}
#: An axis of names or days.
NAMES: dict[str, Any] = {"border": {"display": False}, "grid": {"display": False}, "ticks": {"color": MUTED}}
#: So many characters of a name stand in one line beside lying bars.
LINE = 18
STACKED: dict[str, Any] = {"stacked": True}


def chart(labels: Sequence[str], rows: Sequence[dict[str, Any]], *, x: Any, y: Any, **more: Any) -> dict[str, str]:
    """Data and options of a chart of ``rows`` with its legend below; ``x`` and ``y`` are its axes."""
    legend = {"display": True, "position": "bottom", "align": "start", "labels": {"color": MUTED}}
    options = {"maintainAspectRatio": False, "plugins": {"legend": legend}, "scales": {"x": x, "y": y}}
    # The numbers of the axes are written by the browser.
    options |= {"locale": get_language() or "en", **more}
    # Beside lying bars a phone has little room: a name in one line would be cut.
    names = [textwrap.wrap(label, LINE) for label in labels] if options.get("indexAxis") == "y" else labels
    return {"data": json.dumps({"labels": names, "datasets": rows}), "options": json.dumps(options)}


def bars(label: str, values: Sequence[float], colour: str) -> dict[str, Any]:
    """One row of bars."""
    return {"label": label, "data": values, "backgroundColor": colour, "borderRadius": 4, "maxBarThickness": 28}


def line(label: str, values: Sequence[float], colour: str, *, dashed: bool = False) -> dict[str, Any]:
    """One line."""
    return {
        "label": label,
        "data": values,
        "borderColor": colour,
        "backgroundColor": colour,
        "borderDash": [5, 4] if dashed else [],
        "borderWidth": 2,
        "pointRadius": 0,
        "tension": 0.2,
    }
