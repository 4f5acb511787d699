"""How fast a socket may talk."""

from __future__ import annotations

from chat.consumers.pace import Pace


def test_what_a_person_sends_is_never_slowed() -> None:
    pace = Pace()
    assert [pace.is_fast(number / 5) for number in range(500)] == [False] * 500


def test_a_burst_is_slowed_and_forgiven() -> None:
    pace = Pace(most=3, seconds=10, patience=5)
    assert [pace.is_fast(0.0) for _ in range(5)] == [False, False, False, True, True]
    assert (pace.is_fast(10.0), pace.slowed, pace.is_flood) == (False, 0, False)


def test_who_goes_on_is_a_flood() -> None:
    pace = Pace(most=3, seconds=10, patience=2)
    for _ in range(5):
        pace.is_fast(0.0)
    assert pace.is_flood is False
    pace.is_fast(0.0)
    assert pace.is_flood is True
