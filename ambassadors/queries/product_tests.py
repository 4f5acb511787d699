"""Reads of product tests: what is open, under way and over, and where a member stands in one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from ambassadors.models import ProductTest, Tester
from ambassadors.queries.eligibility import Criterion
from community.keyset import Page, paginate
from community.models import Member

State = ProductTest.State
ORDER = ("-apply_until", "-id")
UNDER_WAY = (State.DRAWING, State.SHIPPING, State.TESTING, State.EVALUATING)
MOST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a test: what it is called in the template, and whether it is behind, now or ahead."""

    name: str
    done: bool
    current: bool


#: Which state of the test belongs to which step of the page.
STEPS = ("apply", "selected", "shipped", "report", "keep")
_AT = {
    State.DRAFT: 0,
    State.RECRUITING: 0,
    State.DRAWING: 1,
    State.SHIPPING: 2,
    State.TESTING: 3,
    State.EVALUATING: 4,
    State.CLOSED: 5,
}


def open_tests(tests: QuerySet[ProductTest], *, at: datetime) -> list[ProductTest]:
    """Those that take applications, the one that ends first in front."""
    rows = tests.filter(state=State.RECRUITING, apply_until__gt=at)
    return list(rows.order_by("apply_until", "id")[:MOST_SHOWN])


def under_way(tests: QuerySet[ProductTest], *, at: datetime) -> list[ProductTest]:
    """Those whose applications are over and that are not closed yet, the newest in front."""
    drawing = tests.filter(state=State.RECRUITING, apply_until__lte=at) | tests.filter(state__in=UNDER_WAY)
    return list(drawing.order_by(*ORDER)[:MOST_SHOWN])


def closed(tests: QuerySet[ProductTest], *, cursor: str | None, size: int = 10) -> Page[ProductTest]:
    """Those that are over, the newest first."""
    return paginate(tests.filter(state=State.CLOSED), order=ORDER, cursor=cursor, size=size)


def listed(tests: QuerySet[ProductTest], *, cursor: str | None, size: int) -> Page[ProductTest]:
    """All of them, the latest applications first."""
    return paginate(tests, order=ORDER, cursor=cursor, size=size)


def steps(test: ProductTest) -> list[Step]:
    """How the test runs, for everybody."""
    now = _AT.get(State(test.state), -1)
    return [Step(name, done=place < now, current=place == now) for place, name in enumerate(STEPS)]


def stance(
    test: ProductTest, tester: Tester | None, member: Member | None, criteria: Sequence[Criterion], *, at: datetime
) -> str:
    """Where the reader stands: the state of their application, or what they can do instead."""
    if test.state == State.CANCELLED:
        return "cancelled"
    takes = test.state == State.RECRUITING and at < test.apply_until
    if tester is not None and not (tester.state == Tester.State.WITHDRAWN and takes):
        late = tester.state == Tester.State.INVITED and tester.answer_by is not None and tester.answer_by < at
        return "lapsed" if late else tester.state
    if not takes:
        return "draft" if test.state == State.DRAFT else "over"
    if member is None:
        return "sign_in"
    return "apply" if all(one.met for one in criteria) else "not_eligible"
