"""Composing a product from a toolkit: what is allowed, what is missing, and the price. Pure.

The server is asked for every choice that is submitted; what a page reckons meanwhile is a courtesy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

#: Option and choice by their keys.
Pick = tuple[str, str]


class Fault(StrEnum):
    """Why a configuration cannot be submitted."""

    MISSING = "missing"
    UNKNOWN = "unknown"
    EXCLUDES = "excludes"
    REQUIRES = "requires"
    NEGATIVE = "negative"


@dataclass(frozen=True, slots=True)
class Complaint:
    """One fault, at an option; ``choice`` and ``other`` are the picks that do not fit together."""

    fault: Fault
    option: str
    choice: Pick | None = None
    other: Pick | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One option: its choices with what each does to the price."""

    key: str
    is_required: bool
    choices: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Constraint:
    """``choice`` excludes or requires ``other``. Exclusion holds both ways."""

    choice: Pick
    excludes: bool
    other: Pick


@dataclass(frozen=True, slots=True)
class Kit:
    """A whole toolkit."""

    base_price: Decimal
    parts: tuple[Part, ...]
    constraints: tuple[Constraint, ...] = ()


@dataclass(frozen=True, slots=True)
class Composed:
    """What was picked, as far as the kit knows it, with its price and everything that is wrong with it."""

    picks: dict[str, str]
    price: Decimal
    complaints: tuple[Complaint, ...]


def compose(kit: Kit, chosen: Mapping[str, str]) -> Composed:
    """Check ``chosen`` (choice by option) against ``kit`` and work out the price."""
    parts = {part.key: part for part in kit.parts}
    picks = {key: choice for key, choice in chosen.items() if choice and key in parts and choice in parts[key].choices}
    picks = {part.key: picks[part.key] for part in kit.parts if part.key in picks}
    price = kit.base_price + sum((parts[key].choices[choice] for key, choice in picks.items()), Decimal(0))
    complaints = [*_unknown(parts, chosen), *_missing(kit, chosen), *_broken(kit, picks)]
    if price < 0:
        complaints.append(Complaint(Fault.NEGATIVE, ""))
    return Composed(picks, max(price, Decimal(0)), tuple(complaints))


def _unknown(parts: Mapping[str, Part], chosen: Mapping[str, str]) -> Iterator[Complaint]:
    for key, choice in sorted(chosen.items()):
        if choice and (key not in parts or choice not in parts[key].choices):
            yield Complaint(Fault.UNKNOWN, key if key in parts else "")


def _missing(kit: Kit, chosen: Mapping[str, str]) -> Iterator[Complaint]:
    for part in kit.parts:
        if part.is_required and not chosen.get(part.key):
            yield Complaint(Fault.MISSING, part.key)


def _broken(kit: Kit, picks: Mapping[str, str]) -> Iterator[Complaint]:
    picked = set(picks.items())
    for constraint in kit.constraints:
        if constraint.choice not in picked or (constraint.other in picked) != constraint.excludes:
            continue
        fault = Fault.EXCLUDES if constraint.excludes else Fault.REQUIRES
        yield Complaint(fault, constraint.choice[0], constraint.choice, constraint.other)
