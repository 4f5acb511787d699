"""Who gave to whom, laid out on a circle: plain numbers for an SVG of 640 by 400."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 400
CENTRE = (WIDTH / 2, HEIGHT / 2)
#: Wider than high, so that names find room left and right.
RADII = (200.0, 140.0)
NODE = 22.0
BEND = 0.18


@dataclass(frozen=True, slots=True)
class Node:
    """A member on the circle; the name stands outside, anchored away from the middle."""

    member: int
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Arc:
    """What one gave to another: a curved arrow, as wide as it was often, with the number on it."""

    giver: int
    receiver: int
    times: int
    path: str
    width: float
    label_x: float
    label_y: float


def lay_out(members: Sequence[int], edges: Iterable[tuple[int, int, int]]) -> tuple[list[Node], list[Arc]]:
    """Put ``members`` on the circle in their order and draw the ``edges`` (giver, receiver, times) between them."""
    places = {member: _place(number, len(members)) for number, member in enumerate(members)}
    known = [edge for edge in edges if edge[0] in places and edge[1] in places and edge[0] != edge[1]]
    most = max((times for _giver, _receiver, times in known), default=1)
    nodes = [_node(member, *place) for member, place in places.items()]
    return nodes, [_arc(places, edge, most) for edge in known]


def _place(number: int, count: int) -> tuple[float, float]:
    if count == 1:
        return CENTRE
    # Two stand side by side, more begin at the top.
    turn = math.pi if count == 2 else -math.pi / 2
    angle = turn + 2 * math.pi * number / count
    return CENTRE[0] + RADII[0] * math.cos(angle), CENTRE[1] + RADII[1] * math.sin(angle)


def _node(member: int, x: float, y: float) -> Node:
    off = x - CENTRE[0]
    anchor = "middle" if abs(off) < 1 else "start" if off > 0 else "end"
    beside = 0 if anchor == "middle" else math.copysign(NODE + 8, off)
    below = (NODE + 18) * (1 if y >= CENTRE[1] else -1) if anchor == "middle" else 5
    return Node(member, round(x, 1), round(y, 1), round(x + beside, 1), round(y + below, 1), anchor)


def _arc(places: dict[int, tuple[float, float]], edge: tuple[int, int, int], most: int) -> Arc:
    giver, receiver, times = edge
    (x1, y1), (x2, y2) = places[giver], places[receiver]
    length = math.hypot(x2 - x1, y2 - y1)
    # To the left of the way, so that there and back do not lie on one another.
    side_x, side_y = (y2 - y1) / length, (x1 - x2) / length
    bend_x, bend_y = (x1 + x2) / 2 + BEND * length * side_x, (y1 + y2) / 2 + BEND * length * side_y
    start, end = _edge_of((x1, y1), (bend_x, bend_y), NODE + 2), _edge_of((x2, y2), (bend_x, bend_y), NODE + 9)
    path = f"M{start[0]:.1f} {start[1]:.1f} Q{bend_x:.1f} {bend_y:.1f} {end[0]:.1f} {end[1]:.1f}"
    middle = (0.25 * x1 + 0.5 * bend_x + 0.25 * x2, 0.25 * y1 + 0.5 * bend_y + 0.25 * y2)
    width = round(1.5 + 4.5 * (times - 1) / max(most - 1, 1), 1)
    return Arc(giver, receiver, times, path, width, round(middle[0], 1), round(middle[1], 1))


def _edge_of(place: tuple[float, float], towards: tuple[float, float], distance: float) -> tuple[float, float]:
    """The point beside ``place`` where its disc ends."""
    x, y = towards[0] - place[0], towards[1] - place[1]
    length = math.hypot(x, y) or 1
    return place[0] + distance * x / length, place[1] + distance * y / length
