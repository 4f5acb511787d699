"""What this floor derives, checked against its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from ambassadors.queries import event_checks, pay_checks, programme_checks, seat_checks, test_checks
from community.registry import Difference

CHECKS: Mapping[str, Callable[[], Iterable[Difference]]] = {
    seat_checks.CHECK: seat_checks.check,
    "product_tests": test_checks.counters,
    "draws": test_checks.drawn,
    "seats": event_checks.seats,
    pay_checks.CHECK: pay_checks.check,
    programme_checks.CHECK: programme_checks.check,
}
