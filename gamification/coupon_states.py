"""The states of a coupon and the moves between them, as data. Pure.

A code for one use walks straight through them. A code for several uses stays ``assigned`` while uses are left and
becomes ``reserved`` or ``redeemed`` with the last of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

GENERATED: Final = "generated"
ASSIGNED: Final = "assigned"
RESERVED: Final = "reserved"
REDEEMED: Final = "redeemed"
REFUNDED: Final = "refunded"
EXPIRED: Final = "expired"
REVOKED: Final = "revoked"

#: Where a coupon may go from each state; nowhere from where its way ends.
MOVES: Mapping[str, frozenset[str]] = {
    GENERATED: frozenset({ASSIGNED, EXPIRED, REVOKED}),
    ASSIGNED: frozenset({RESERVED, REDEEMED, EXPIRED, REVOKED}),
    RESERVED: frozenset({ASSIGNED, REDEEMED, REVOKED}),
    REDEEMED: frozenset({REFUNDED}),
    REFUNDED: frozenset({RESERVED, REDEEMED, EXPIRED, REVOKED}),
    EXPIRED: frozenset(),
    REVOKED: frozenset(),
}

#: States in which the shop may take a use.
USABLE = frozenset({ASSIGNED, REFUNDED})
#: States whose worth is promised out of the budget.
HELD = frozenset({ASSIGNED, RESERVED, REFUNDED})
#: States that a manager may withdraw.
REVOCABLE = frozenset(state for state, ways in MOVES.items() if REVOKED in ways)
#: States that end by the calendar; a reserved coupon waits for its basket first.
EXPIRABLE = frozenset(state for state, ways in MOVES.items() if EXPIRED in ways)


def may(state: str, target: str) -> bool:
    """Whether a coupon may go from ``state`` to ``target``; staying is no move."""
    return target in MOVES[state]


def after(state: str, *, held: int, redeemed: int, uses: int, refund: bool = False) -> str:
    """The state of a coupon in use once ``held`` and ``redeemed`` of its ``uses`` are taken.

    ``refund`` says that a redemption was given back just now. Where a coupon's way has ended it stays.
    """
    if state not in {ASSIGNED, RESERVED, REDEEMED, REFUNDED}:
        return state
    if held + redeemed >= uses:
        return RESERVED if held else REDEEMED
    if refund and state == REDEEMED:
        return REFUNDED
    return state if state in USABLE else ASSIGNED
