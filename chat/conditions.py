"""When a routing rule is met. No Django, no database.

A rule has a handful of conditions, and all of them must hold; within one it is enough that one of its values fits. What
is not known (no cart, no product, nothing vouched for by the shop) meets no condition about it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Final

PHASES: Final = ("before", "while", "after")
TARGETS: Final = ("bot", "ambassadors", "agents", "message")
PEOPLE: Final = ("ambassadors", "agents")
#: What an ambassador may know; a rule that asks for anything else is not named to them.
OPEN: Final = frozenset({"phases", "languages", "products", "topics", "page", "times", "weekdays", "queue"})

_ABOUT_ORDER = re.compile(
    r"\b(invoices?|refunds?|tracking|parcels?|deliver(y|ed|ies)|shipped|shipment|my orders?|order (number|no\.?|#)"
    r"|rechnung(en)?|(liefer|versand)\w*|geliefert|paket\w*|sendung\w*|erstattung\w*|retoure\w*|r\u00fcckerstattung"
    r"|bestellnummer|(meine|die) bestellung|widerruf\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known when help is asked for. ``queue`` says how many wait for each target."""

    phase: str = "before"
    language: str = "de"
    page: str = ""
    product: str | None = None
    topic: str | None = None
    cart: Decimal | None = None
    returning: bool = False
    weekday: int = 0
    minute: int = 0
    crm: Mapping[str, Any] = field(default_factory=dict)
    queue: Mapping[str, int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """What is stored with a decision and with a visit."""
        return {
            "phase": self.phase,
            "language": self.language,
            "page": self.page,
            "product": self.product,
            "topic": self.topic,
            "cart": None if self.cart is None else str(self.cart),
            "returning": self.returning,
            "weekday": self.weekday,
            "minute": self.minute,
            "crm": dict(self.crm),
            "queue": dict(self.queue),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Situation:
        """The situation that was stored."""
        cart = stored.get("cart")
        return cls(**{**stored, "cart": None if cart is None else Decimal(cart)})


@dataclass(frozen=True, slots=True)
class Attribute:
    """A comparison with something that the shop's server vouched for."""

    key: str
    op: str
    value: str

    def holds(self, crm: Mapping[str, Any]) -> bool:
        """Whether the attribute is there and compares as wanted: as numbers where both sides are numbers."""
        if self.key not in crm:
            return False
        told = crm[self.key]
        found = str(told).lower() if isinstance(told, bool) else str(told)
        left, right = number(found), number(self.value)
        if self.op in {"=", "!="}:
            numbers = left is not None and right is not None
            same = left == right if numbers else found.casefold() == self.value.casefold()
            return same is (self.op == "=")
        if left is None or right is None:
            return False
        return left >= right if self.op == ">=" else left <= right

    def __str__(self) -> str:
        return f"{self.key} {self.op} {self.value}"


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a rule asks for; whatever is empty or ``None`` is not asked."""

    phases: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    page: tuple[str, ...] = ()
    cart_from: Decimal | None = None
    cart_until: Decimal | None = None
    time_from: int | None = None
    time_until: int | None = None
    weekdays: tuple[int, ...] = ()
    returning: bool | None = None
    crm: tuple[Attribute, ...] = ()
    queue_from: int | None = None
    queue_until: int | None = None

    def asked(self, situation: Situation, target: str) -> Iterator[tuple[str, bool]]:
        """Each condition that the rule has, and whether it holds; ``target`` is whose queue is meant."""
        for name, _fields, met in self._own():
            yield name, met(self, situation, target)

    def names(self) -> list[str]:
        """What the rule asks about."""
        return [name for name, _fields, _met in self._own()]

    def _own(self) -> Iterator[tuple[str, tuple[str, ...], Question]]:
        for name, fields, met in _QUESTIONS:
            if any(getattr(self, one) not in (None, ()) for one in fields):
                yield name, fields, met


Question = Callable[[Conditions, Situation, str], bool]
#: What a rule may ask: the name, the fields that say it is asked, and whether it is met.
_QUESTIONS: Final[tuple[tuple[str, tuple[str, ...], Question], ...]] = (
    ("phases", ("phases",), lambda asks, now, _: now.phase in asks.phases),
    ("languages", ("languages",), lambda asks, now, _: now.language in asks.languages),
    ("products", ("products",), lambda asks, now, _: now.product in asks.products),
    ("topics", ("topics",), lambda asks, now, _: now.topic in asks.topics),
    ("page", ("page",), lambda asks, now, _: any(part in now.page for part in asks.page)),
    ("cart", ("cart_from", "cart_until"), lambda asks, now, _: _between(now.cart, asks.cart_from, asks.cart_until)),
    ("times", ("time_from",), lambda asks, now, _: _in_clock(now.minute, asks.time_from or 0, asks.time_until or 0)),
    ("weekdays", ("weekdays",), lambda asks, now, _: now.weekday in asks.weekdays),
    ("returning", ("returning",), lambda asks, now, _: now.returning is asks.returning),
    ("crm", ("crm",), lambda asks, now, _: all(attribute.holds(now.crm) for attribute in asks.crm)),
    (
        "queue",
        ("queue_from", "queue_until"),
        lambda asks, now, target: _between(now.queue.get(target, 0), asks.queue_from, asks.queue_until),
    ),
)


def holds(conditions: Conditions, situation: Situation, target: str) -> bool:
    """Whether every condition holds."""
    return all(met for _name, met in conditions.asked(situation, target))


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as it is asked."""

    pk: int
    name: str
    conditions: Conditions
    target: str
    fallbacks: tuple[str, ...] = ()
    hold_out: int = 0


@dataclass(frozen=True, slots=True)
class Route:
    """Where a question goes first and where next, which rule said so, and what was asked on the way."""

    target: str
    fallbacks: tuple[str, ...]
    rule: Rule | None
    held_out: bool
    tried: tuple[tuple[Rule, str | None], ...]


#: Where a question goes that no rule is about.
DEFAULT: Final = ("bot", "ambassadors", "agents", "message")


def route(rules: Sequence[Rule], situation: Situation, *, draw: float, about_order: bool) -> Route:
    """Find the first rule that is met. ``draw`` in [0, 1) is the lot of the hold-out.

    Whom the hold-out takes begins with the bot and may ask for a person all the same: the share is compared by what
    was intended, and nobody is refused. A question about an order never goes to an ambassador.
    """
    tried: list[tuple[Rule, str | None]] = []
    for rule in rules:
        missed = next((name for name, met in rule.conditions.asked(situation, rule.target) if not met), None)
        tried.append((rule, missed))
        if missed is None:
            held_out = rule.target in PEOPLE and draw * 100 < rule.hold_out
            chain = (rule.target, *rule.fallbacks)
            found = _chain(("bot", *chain) if held_out else chain, about_order=about_order)
            return Route(found[0], found[1:], rule, held_out, tuple(tried))
    found = _chain(DEFAULT, about_order=about_order)
    return Route(found[0], found[1:], None, held_out=False, tried=tuple(tried))


def _chain(chain: tuple[str, ...], *, about_order: bool) -> tuple[str, ...]:
    if about_order:
        chain = tuple("agents" if target == "ambassadors" else target for target in chain)
    # Each target once, and whatever happens in the end a message can be left.
    once = tuple(dict.fromkeys(chain))
    return (*once[: once.index("message")], "message") if "message" in once else (*once, "message")


def is_about_order(phase: str, question: str) -> bool:
    """Whether the team must answer: orders, deliveries and invoices are no ambassador's business."""
    return phase == "while" or _ABOUT_ORDER.search(question) is not None


def _between(value: Any, low: Any, high: Any) -> bool:
    return value is not None and (low is None or value >= low) and (high is None or value <= high)


def _in_clock(minute: int, start: int, end: int) -> bool:
    """Whether ``minute`` lies in a time of the day that may go over midnight; its end is no longer in it."""
    return start <= minute < end if start < end else minute >= start or minute < end


def number(text: str) -> Decimal | None:
    """The number that is written there, if it is one."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
