"""The ways of this floor's things through their states, as data. Pure.

A machine is named after its model. ``moves`` says where each state leads, ``reasoned`` which states are entered only
with a reason, ``undone`` which moves the last one who made them may take back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Machine:
    """Where something begins and where it may go."""

    name: str
    start: str
    moves: Mapping[str, frozenset[str]]
    reasoned: frozenset[str] = frozenset()
    undone: frozenset[tuple[str, str]] = frozenset()

    def allows(self, before: str, after: str) -> bool:
        """Whether one move leads from ``before`` to ``after``; staying is no move."""
        return after in self.moves[before]

    @property
    def ends(self) -> frozenset[str]:
        """States that are left only by an undo, if at all."""
        return frozenset(state for state, ways in self.moves.items() if not ways)


def _machine(
    name: str,
    moves: Mapping[str, str],
    *,
    reasoned: str = "",
    undone: tuple[str, ...] = (),
) -> Machine:
    """Read ``{"state": "where it leads"}``, the first state being the start, and undoable moves as "before after"."""
    pairs = (move.split() for move in undone)
    return Machine(
        name=name,
        start=next(iter(moves)),
        moves={state: frozenset(ways.split()) for state, ways in moves.items()},
        reasoned=frozenset(reasoned.split()),
        undone=frozenset((before, after) for before, after in pairs),
    )


APPLICATION = _machine(
    "application",
    {
        "draft": "submitted withdrawn",
        "submitted": "screened rejected withdrawn",
        "screened": "interview offered rejected withdrawn",
        "interview": "offered rejected withdrawn",
        "offered": "accepted rejected withdrawn",
        "accepted": "onboarding withdrawn",
        "onboarding": "active withdrawn",
        "active": "",
        "rejected": "",
        "withdrawn": "",
    },
    reasoned="screened interview offered onboarding rejected",
    undone=(
        "submitted screened",
        "screened interview",
        "screened offered",
        "interview offered",
        "submitted rejected",
        "screened rejected",
        "interview rejected",
    ),
)

AMBASSADOR = _machine(
    "ambassador",
    {
        "onboarding": "active alumni",
        "active": "paused leaving",
        "paused": "active leaving",
        "leaving": "alumni",
        "alumni": "onboarding",
    },
    reasoned="paused leaving",
    undone=("active paused", "active leaving", "paused leaving"),
)

PRODUCT_TEST = _machine(
    "producttest",
    {
        "draft": "recruiting cancelled",
        "recruiting": "drawing cancelled",
        "drawing": "shipping cancelled",
        "shipping": "testing cancelled",
        "testing": "evaluating cancelled",
        "evaluating": "closed",
        "closed": "",
        "cancelled": "",
    },
    reasoned="cancelled",
)

TESTER = _machine(
    "tester",
    {
        "applied": "invited waiting withdrawn",
        "waiting": "invited lost withdrawn",
        "invited": "accepted declined lapsed",
        "accepted": "reported withdrawn",
        "reported": "",
        "declined": "",
        "lapsed": "",
        "lost": "",
        "withdrawn": "applied",
    },
)

SHIPMENT = _machine(
    "shipment",
    {
        "preparing": "sent cancelled",
        "sent": "delivered lost returned",
        "delivered": "returned",
        "lost": "preparing",
        "returned": "",
        "cancelled": "",
    },
    reasoned="lost",
)

REGISTRATION = _machine(
    "registration",
    {
        "waiting": "registered cancelled",
        "registered": "attended cancelled missed",
        "cancelled": "waiting registered",
        "attended": "",
        "missed": "",
    },
    undone=("registered attended", "registered missed"),
)

CONSULTATION = _machine(
    "consultation",
    {
        "closed": "payable not_qualified",
        "payable": "settled disputed",
        "not_qualified": "disputed",
        "disputed": "payable not_qualified",
        "settled": "",
    },
    reasoned="disputed",
)

PAYOUT = _machine(
    "payout",
    {
        "proposed": "approved cancelled",
        "approved": "exported cancelled",
        "exported": "paid failed",
        "failed": "proposed",
        "paid": "",
        "cancelled": "",
    },
    reasoned="cancelled failed",
)

MACHINES: Mapping[str, Machine] = {
    machine.name: machine
    for machine in (
        APPLICATION,
        AMBASSADOR,
        PRODUCT_TEST,
        TESTER,
        SHIPMENT,
        REGISTRATION,
        CONSULTATION,
        PAYOUT,
    )
}
