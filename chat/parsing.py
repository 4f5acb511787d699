"""The conditions of a routing rule, read from what is stored. No Django, no database."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from chat.conditions import PHASES, Attribute, Conditions, number

MOST_VALUES: Final = 100
ATTRIBUTE = re.compile(r"\s*([A-Za-z0-9_.-]{1,40})\s*(>=|<=|!=|=)\s*(\S(?:.{0,98}\S)?)\s*")
CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


class Malformed(Exception):
    """These are no conditions; ``field`` names the one that is wrong."""

    def __init__(self, name: str) -> None:
        self.field = name
        super().__init__(name)


def parse(stored: Mapping[str, Any]) -> Conditions:
    """Read the conditions of a rule as they are stored. Raises ``Malformed``."""
    known = {
        "phases": _choices("phases", PHASES),
        "languages": _texts("languages", 2),
        "products": _texts("products", 80),
        "topics": _texts("topics", 60),
        "page": _texts("page", 200),
        "cart_from": _money("cart_from"),
        "cart_until": _money("cart_until"),
        "time_from": _clock("time_from"),
        "time_until": _clock("time_until"),
        "weekdays": _weekdays,
        "returning": _yes_or_no,
        "crm": _attributes,
        "queue_from": _count("queue_from"),
        "queue_until": _count("queue_until"),
    }
    if unknown := stored.keys() - known.keys():
        raise Malformed(min(unknown))
    found = Conditions(**{name: known[name](value) for name, value in stored.items() if value not in (None, "", [])})
    if (found.time_from is None) is not (found.time_until is None):
        raise Malformed("time_from" if found.time_from is None else "time_until")
    for low, high, name in (
        (found.cart_from, found.cart_until, "cart_until"),
        (found.queue_from, found.queue_until, "queue_until"),
    ):
        if low is not None and high is not None and low > high:
            raise Malformed(name)
    return found


def parse_attribute(line: str) -> Attribute:
    """Read a line such as ``segment = vip`` or ``orders >= 3``. Raises ``Malformed``."""
    match = ATTRIBUTE.fullmatch(line)
    if match is None or (match[2] in {">=", "<="} and number(match[3]) is None):
        raise Malformed("crm")
    return Attribute(match[1], match[2], match[3])


def _list(name: str, value: Any) -> list[Any]:
    if not isinstance(value, list) or len(value) > MOST_VALUES:
        raise Malformed(name)
    return value


def _texts(name: str, longest: int) -> Any:
    def read(value: Any) -> tuple[str, ...]:
        found = _list(name, value)
        if not all(isinstance(text, str) and 0 < len(text) <= longest for text in found):
            raise Malformed(name)
        return tuple(found)

    return read


def _choices(name: str, among: Sequence[str]) -> Any:
    def read(value: Any) -> tuple[str, ...]:
        found = _list(name, value)
        if not all(text in among for text in found):
            raise Malformed(name)
        return tuple(found)

    return read


def _money(name: str) -> Any:
    def read(value: Any) -> Decimal:
        amount = number(value) if isinstance(value, str) else None
        if amount is None or amount < 0:
            raise Malformed(name)
        return amount

    return read


def _clock(name: str) -> Any:
    def read(value: Any) -> int:
        match = CLOCK.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            raise Malformed(name)
        return int(match[1]) * 60 + int(match[2])

    return read


def _weekdays(value: Any) -> tuple[int, ...]:
    found = _list("weekdays", value)
    if not all(type(day) is int and 0 <= day <= 6 for day in found):
        raise Malformed("weekdays")
    return tuple(found)


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Malformed("returning")
    return value


def _attributes(value: Any) -> tuple[Attribute, ...]:
    lines = _list("crm", value)
    if not all(isinstance(line, str) for line in lines):
        raise Malformed("crm")
    return tuple(parse_attribute(line) for line in lines)


def _count(name: str) -> Any:
    def read(value: Any) -> int:
        if type(value) is not int or not 0 <= value <= 10_000:
            raise Malformed(name)
        return value

    return read
