"""Everybody at once: statements of one month, a dispute against a statement, payouts, approvals."""

from __future__ import annotations

from functools import partial

import pytest

from ambassadors.models import Consultation, Payout, PayoutShare, Statement, StatementLine
from ambassadors.queries import statements as reading
from ambassadors.services import consultations, payouts, statements
from community.models import Member
from tests import factories
from tests.ambassadors import pay_world as world
from tests.races.crowd import at_once, differences

pytestmark = pytest.mark.django_db(transaction=True)
NOW, NEXT_MONTH = world.NOW, world.NEXT_MONTH


def people(count: int) -> list[Member]:
    return [world.ambassador(f"Ambassador {number}").member for number in range(count)]


def test_each_talk_is_on_one_statement_however_many_workers_issue_them() -> None:
    for member in people(4):
        for _talk in range(5):
            world.bare(member)
    outcome = at_once([partial(statements.issue_due, at=NEXT_MONTH)] * 8)
    assert outcome.errors == []
    assert sum(outcome.answers) == 4
    assert sorted(Statement.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
    assert StatementLine.objects.count() == StatementLine.objects.values("consultation").distinct().count() == 20
    assert differences() == []


def test_a_talk_is_disputed_or_stated_and_never_both() -> None:
    member = people(1)[0]
    rows = [world.bare(member) for _talk in range(6)]
    period = reading.month_before(reading.month_of(NEXT_MONTH))
    issue = partial(statements.issue, member=member, period=period, currency="EUR", at=NEXT_MONTH)
    objections = [
        partial(consultations.dispute, consultation=row, by=member, reason="Look again.", at=NEXT_MONTH) for row in rows
    ]
    outcome = at_once([*objections, issue])
    assert outcome.errors == []
    states = dict(Consultation.objects.values_list("pk", "state"))
    stated = set(StatementLine.objects.values_list("consultation_id", flat=True))
    assert {pk for pk, state in states.items() if state == "settled"} == stated
    assert set(states.values()) <= {"settled", "disputed"}
    assert outcome.refusals == ["moved_meanwhile"] * len(stated)
    assert differences() == []


def test_what_is_owed_goes_into_one_payout_and_one_of_many_approves_it() -> None:
    members = people(3)
    for member in members:
        world.profile(member)
        world.statement(member, "20.00")
    clara = world.manager()
    proposed = at_once([partial(payouts.propose, by=clara, at=NEXT_MONTH)] * 6)
    assert (proposed.errors, len(proposed.answers), proposed.refusals) == ([], 1, ["payout_of_nothing"] * 5)
    assert PayoutShare.objects.filter(is_live=True).count() == 3
    made = Payout.objects.get()
    others = [factories.member(f"Manager {number}") for number in range(5)]
    approved = at_once(
        [partial(lambda by: payouts.approve(payout=Payout.objects.get(pk=made.pk), by=by, at=NEXT_MONTH), by)
         for by in others]
    )  # fmt: skip
    assert (approved.errors, len(approved.answers), len(approved.refusals)) == ([], 1, 4)
    assert differences() == []
