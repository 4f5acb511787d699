"""The ways of this floor's things through their states, as data. Pure.

A machine is named after its model. ``moves`` says where each state leads and ``undone`` which moves the last one who
made them may take back. No move is without a reason: for those in ``reasoned`` somebody has to give it in words, and
``causes`` says why the others happen, as names whose words are in ``Move.Cause``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Way = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Machine:
    """Where something begins, where it may go, and why."""

    name: str
    start: str
    moves: Mapping[str, frozenset[str]]
    causes: Mapping[Way, tuple[str, ...]]
    reasoned: frozenset[Way]
    undone: frozenset[Way]

    def allows(self, before: str, after: str) -> bool:
        """Whether one move leads from ``before`` to ``after``; staying is no move."""
        return after in self.moves[before]

    def cause(self, before: str, after: str, named: str = "") -> str:
        """Why something goes from ``before`` to ``after`` where nobody says it in words; empty where somebody has to.

        Where there are several causes, or words could be given, only who calls knows: it is ``named``.
        """
        if not named and (before, after) in self.reasoned:
            return ""
        known = self.causes.get((before, after), ())
        if named not in known and (named or len(known) != 1):
            raise ValueError(f"{self.name}: {before} → {after} because of “{named}” out of {known}?")
        return named or known[0]

    @property
    def ways(self) -> frozenset[Way]:
        """Every move that leads on."""
        return frozenset((before, after) for before, ways in self.moves.items() for after in ways)

    @property
    def ends(self) -> frozenset[str]:
        """States that are left only by an undo, if at all."""
        return frozenset(state for state, ways in self.moves.items() if not ways)


def _machine(
    name: str, moves: Mapping[str, str], *, causes: Mapping[str, str], reasoned: tuple[str, ...] = (),
    undone: tuple[str, ...] = (),
) -> Machine:  # fmt: skip
    """Read ``{"state": "where it leads"}``, the first state being the start, and moves as "before after".

    In ``causes`` and ``reasoned`` a state alone stands for all moves into it; what is said of one move goes first.
    """
    known: dict[Way, tuple[str, ...]] = {}
    for move in sorted(causes, key=lambda move: " " in move):
        known |= dict.fromkeys(_ways(move, moves), tuple(causes[move].split()))
    return Machine(
        name=name,
        start=next(iter(moves)),
        moves={state: frozenset(ways.split()) for state, ways in moves.items()},
        causes=known,
        reasoned=frozenset(way for move in reasoned for way in _ways(move, moves)),
        undone=frozenset(way for move in undone for way in _ways(move, moves)),
    )


def _ways(move: str, moves: Mapping[str, str]) -> list[Way]:
    before, _, after = move.rpartition(" ")
    return [(before, after)] if before else [(state, after) for state, ways in moves.items() if after in ways.split()]


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
    causes={
        "submitted": "sent",
        "accepted": "offer_taken",
        "active": "all_done",
        "withdrawn": "applicant_left",
    },
    reasoned=("screened", "interview", "offered", "onboarding", "rejected"),
    undone=(
        "submitted screened",
        "screened interview",
        "screened offered",
        "interview offered",
        "submitted rejected",
        "screened rejected",
        "interview rejected",
        "offered rejected",
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
    causes={
        "onboarding": "accepted_anew",
        "onboarding active": "all_done",
        "paused active": "goes_on",
        "leaving": "account_deleted",
        "onboarding alumni": "training_left account_deleted",
        "leaving alumni": "nothing_owed",
    },
    reasoned=("paused", "leaving"),
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
    causes={
        "recruiting": "opened",
        "drawing": "time_to_apply_over",
        "shipping": "all_answered",
        "testing": "all_sent",
        "evaluating": "reports_in",
        "closed": "evaluated",
    },
    reasoned=("cancelled",),
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
    causes={
        "waiting": "seats_drawn",
        "invited": "seats_drawn",
        "waiting invited": "seats_drawn seat_came_free",
        "accepted": "seat_taken",
        "declined": "seat_left account_deleted",
        "lapsed": "no_answer",
        "lost": "no_seat",
        "reported": "report_in",
        "withdrawn": "tester_left account_deleted",
        "applied": "applied_again",
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
    causes={
        "sent": "handed_over",
        "delivered": "tester_has_it carrier_says_so",
        "returned": "came_back",
        "preparing": "packed_again",
        "cancelled": "test_over account_deleted",
    },
    reasoned=("lost", "cancelled"),
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
    causes={
        "registered": "seat_there",
        "waiting registered": "seat_there seat_came_free",
        "waiting": "registered_again",
        "cancelled": "guest_left account_deleted",
        "attended": "at_the_door",
        "missed": "not_there",
        "attended registered": "door_mistake",
        "missed registered": "there_after_all",
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
    causes={
        "closed payable": "qualified",
        "closed not_qualified": "own order spam few_messages no_reply",
        "settled": "month_stated",
    },
    reasoned=("disputed", "disputed payable", "disputed not_qualified"),
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
    causes={
        "approved": "second_person",
        "exported": "file_made",
        "paid": "bank_paid",
        "failed proposed": "proposed_again",
    },
    reasoned=("cancelled", "failed"),
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
