"""What the rules would have paid beside what they paid."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from gamification.comparison import NAMED, Side, cents, compare

LADDER = ((1, 0), (2, 20), (3, 50))
MONDAY = date(2026, 1, 5)


def side(*, members: dict[int, tuple[int, int]] | None = None, days: dict[date, int] | None = None) -> Side:
    return Side(members=members or {}, days=days or {}, grants=0)


def test_equal_sides_name_nobody() -> None:
    same = side(members={1: (10, 7), 2: (4, 3)})
    found = compare(same, same, ladder=LADDER)
    assert found["before"] == found["after"] == {"members": 2, "reputation": 14, "credits": 10, "grants": 0}
    assert (found["gaining"], found["losing"], found["winners"], found["losers"]) == (0, 0, [], [])


def test_winners_and_losers_are_named_by_how_much_they_move() -> None:
    before = side(members={1: (10, 0), 2: (10, 0), 3: (10, 0), 4: (0, 5)})
    after = side(members={1: (25, 0), 2: (60, 0), 3: (4, 0), 4: (0, 2)})
    found = compare(before, after, ladder=LADDER)
    assert [change["member"] for change in found["winners"]] == [2, 1]
    assert [change["member"] for change in found["losers"]] == [3, 4]
    assert (found["gaining"], found["losing"]) == (2, 2)
    assert (found["levels_up"], found["levels_down"]) == (2, 0)


def test_only_so_many_are_named_and_all_are_counted() -> None:
    before, after = side(), side(members={member: (member, 0) for member in range(1, NAMED + 6)})
    found = compare(before, after, ladder=LADDER)
    assert found["gaining"] == NAMED + 5
    assert [change["member"] for change in found["winners"]] == list(range(NAMED + 5, 5, -1))
    assert found["losers"] == []


def test_who_keeps_nothing_is_not_counted_as_paid() -> None:
    found = compare(side(members={1: (0, 0), 2: (1, 0)}), side(), ladder=LADDER)
    assert (found["before"]["members"], found["after"]["members"]) == (1, 0)


def test_weeks_begin_on_mondays_and_empty_ones_are_drawn() -> None:
    found = compare(
        side(days={date(2026, 1, 6): 3, date(2026, 1, 11): 4}), side(days={date(2026, 1, 19): 5}), ladder=LADDER
    )
    assert found["weeks"] == [
        {"start": "2026-01-05", "before": 7, "after": 0},
        {"start": "2026-01-12", "before": 0, "after": 0},
        {"start": "2026-01-19", "before": 0, "after": 5},
    ]


def test_credits_cost_whole_cents() -> None:
    assert [cents(n, each=Decimal("1.250")) for n in (0, 1, 2)] == [0, 1, 3]
