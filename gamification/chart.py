"""The geometry of a line chart, in percent of its plot: arithmetic only, drawn by the template."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

#: The plot lies between 6 and 86 percent of the chart's height, as the stylesheet draws it.
TOP, HEIGHT = 6.0, 80.0


class LineChart(TypedDict):
    """SVG paths in a square of 100, tick values with their height, and the height of the last point."""

    high: int
    line: str
    area: str
    end: float
    ticks: list[tuple[int, float]]


def line_chart(values: Sequence[int]) -> LineChart:
    """Lay out at least two ``values`` between zero and a round number above the largest."""
    high = _round_up(max([*values, 1]))
    step = 100 / (len(values) - 1)
    points = [f"{number * step:.1f} {100 - 100 * max(value, 0) / high:.1f}" for number, value in enumerate(values)]
    line = "M" + " L".join(points)
    return LineChart(
        high=high,
        line=line,
        area=f"{line} L100 100 L0 100 Z",
        end=_height(values[-1], high),
        ticks=[(value, _height(value, high)) for value in (0, high // 2, high)],
    )


def _height(value: int, high: int) -> float:
    return round(TOP + HEIGHT * (1 - max(value, 0) / high), 1)


def _round_up(value: int) -> int:
    """The next even number of one leading digit, as 10, 20, 40, 60, 80, 100 and 200 are."""
    scale: int = 10 ** max(len(str(value)) - 1, 1)
    return min(scale * step for step in (1, 2, 4, 6, 8, 10) if scale * step >= value)
