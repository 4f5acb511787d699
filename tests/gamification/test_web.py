"""The drawing of who gave to whom."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gamification import web


def test_two_stand_side_by_side_and_their_arrows_apart() -> None:
    nodes, arcs = web.lay_out([4, 9], [(4, 9, 6), (9, 4, 3)])
    assert [(node.x, node.y, node.anchor) for node in nodes] == [(120.0, 200.0, "end"), (520.0, 200.0, "start")]
    assert [(arc.width, arc.label_y) for arc in arcs] == [(6.0, 164.0), (3.3, 236.0)]


def test_who_is_not_drawn_has_no_arrows() -> None:
    assert web.lay_out([4], [(4, 9, 6), (4, 4, 1)]) == ([web.Node(4, 320.0, 200.0, 320.0, 240.0, "middle")], [])


@given(st.integers(1, 40))
def test_everybody_stands_inside_the_picture(count: int) -> None:
    nodes, arcs = web.lay_out(range(count), [(0, other, other) for other in range(1, count)])
    assert all(0 < node.x < web.WIDTH and 0 < node.y < web.HEIGHT for node in nodes)
    assert len(arcs) == count - 1
