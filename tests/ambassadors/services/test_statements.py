"""Statements: each consultation on one, sums and chain that hold, corrections that leave the original alone."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from ambassadors import chain
from ambassadors.models import Consultation, Statement, StatementLine
from ambassadors.queries import pay_checks
from ambassadors.queries import statements as reading
from ambassadors.services import moves, statements
from community.models import Notification
from tests import factories
from tests.ambassadors import pay_world as world
from tests.unchanged import refused

pytestmark = pytest.mark.django_db
NOW, NEXT_MONTH = world.NOW, world.NEXT_MONTH
OCTOBER = date(2026, 10, 1)


def found() -> list[str]:
    """What ``verify`` has to say, by subject."""
    return [difference.subject for difference in pay_checks.check()]


def test_a_month_is_stated_once_with_every_talk_that_counts() -> None:
    mara = world.ambassador()
    rated, plain = world.consultation(mara, stars=5), world.consultation(mara)
    world.close(world.talk(mara, replies=0), mara)
    disputed = world.bare(mara.member, state="disputed")
    later = world.bare(mara.member, at=NEXT_MONTH - timedelta(hours=1))
    assert statements.issue_due(at=NEXT_MONTH) == 1
    assert statements.issue_due(at=NEXT_MONTH) == 0
    made = Statement.objects.get()
    assert (made.number, made.period, made.total, made.previous_hash) == (1, OCTOBER, Decimal("9.00"), chain.GENESIS)
    lines = [(line.consultation, line.stars, line.amount) for line in reading.lines_of(made)]
    assert lines == [(rated, 5, Decimal("4.50")), (plain, None, Decimal("4.50"))]
    states = dict(Consultation.objects.values_list("pk", "state"))
    assert (states[rated.pk], states[disputed.pk], states[later.pk]) == ("settled", "disputed", "payable")
    assert found() == []
    told = Notification.objects.get(kind="statement.issued")
    assert (told.member, told.facts["total"]) == (mara.member, "9.00")


def test_what_a_dispute_decides_late_stands_on_the_next_statement() -> None:
    mara = world.ambassador().member
    first = world.statement(mara)
    late = world.bare(mara, fee="7.00", at=NOW)
    december = NEXT_MONTH + timedelta(days=30)
    assert statements.issue_due(at=NEXT_MONTH + timedelta(days=1)) == 0
    assert statements.issue_due(at=december) == 1
    second = Statement.objects.exclude(pk=first.pk).get()
    assert (second.period, second.total, second.previous_hash) == (date(2026, 11, 1), Decimal("7.00"), first.hash)
    assert second.lines.get().consultation == late


def test_a_month_that_is_not_over_is_not_stated() -> None:
    mara = world.ambassador().member
    world.bare(mara)
    end = reading.end_of(OCTOBER)
    issue = partial(statements.issue, member=mara, period=OCTOBER, currency="EUR")
    assert issue(at=end - timedelta(seconds=1)) is None
    assert issue(at=end) is not None


def test_the_month_ends_at_midnight_of_the_site() -> None:
    assert reading.end_of(date(2026, 12, 1)).isoformat() == "2027-01-01T00:00:00+01:00"
    assert reading.end_of(date(2026, 6, 1)).isoformat() == "2026-07-01T00:00:00+02:00"
    assert reading.month_of(reading.end_of(OCTOBER) - timedelta(seconds=1)) == OCTOBER


def test_a_correction_is_a_statement_of_its_own() -> None:
    mara, clara = world.ambassador().member, world.manager()
    original = world.statement(mara, "4.50", "4.50")
    line = original.lines.get(position=1)
    kept = Statement.objects.values().get(pk=original.pk)
    made = statements.correct(
        lines=[(line, Decimal("-4.50"))], by=clara, reason="The visitor was a test of ours.", at=NEXT_MONTH
    )
    assert (made.number, made.total, made.corrects, made.period) == (2, Decimal("-4.50"), original, OCTOBER)
    assert made.lines.get().corrects == line
    assert Statement.objects.values().get(pk=original.pk) == kept
    assert reading.owed(mara) == {"EUR": Decimal("4.50")}
    assert found() == []
    correct = partial(statements.correct, by=clara, reason="Once more.", at=NEXT_MONTH)
    with refused(statements.TooMuch):
        correct(lines=[(line, Decimal("-0.01"))])
    with refused(statements.NotTheirs):
        correct(lines=[(made.lines.get(), Decimal(1))])
    with refused(statements.NothingToCorrect):
        correct(lines=[(line, Decimal(0))])
    with refused(statements.NothingToCorrect):
        correct(lines=[])
    with refused(moves.ReasonMissing):
        correct(lines=[(line, Decimal(1))], reason="")
    with refused(statements.OwnStatement):
        correct(lines=[(line, Decimal(1))], by=mara)


def test_the_lines_of_two_statements_are_not_corrected_at_once() -> None:
    mara, ole = world.ambassador().member, world.ambassador("Ole Brandt").member
    lines = [(world.statement(who).lines.get(position=1), Decimal(1)) for who in (mara, ole)]
    clara = world.manager()
    with refused(statements.NotTheirs):
        statements.correct(lines=lines, by=clara, reason="Both.", at=NEXT_MONTH)


@pytest.mark.parametrize("table", ["statement", "statementline"])
@pytest.mark.parametrize("deed", ["UPDATE ambassadors_{} SET id = id", "DELETE FROM ambassadors_{}"])
def test_the_database_refuses_to_change_what_was_stated(table: str, deed: str) -> None:
    world.statement(world.ambassador().member)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(deed.format(table))


def test_verify_finds_what_somebody_slipped_in() -> None:
    mara = world.ambassador().member
    first = world.statement(mara, "4.50")
    Statement.objects.create(
        number=2,
        member=mara,
        period=date(2026, 11, 1),
        total=100,
        currency="EUR",
        issued_at=NEXT_MONTH,
        previous_hash=first.hash,
        hash="f" * 64,
    )
    world.bare(mara, state="settled")
    settled = Consultation.objects.latest("pk")
    StatementLine.objects.create(statement=first, position=2, consultation=world.bare(mara), amount=Decimal(9))
    stated = Consultation.objects.latest("pk")
    assert found() == [
        "statement 1",
        "total of statement 1",
        "statement 2",
        "total of statement 2",
        f"consultation {settled.pk}",
        f"consultation {stated.pk}",
    ]


def test_who_charges_vat_is_paid_the_same_and_the_statement_says_so() -> None:
    mara = world.ambassador().member
    world.profile(mara, small_business=False)
    made = world.statement(mara)
    assert (made.total, made.vat_rate) == (Decimal("13.50"), 19)
    line = made.lines.get(position=1)
    world.profile(mara, small_business=True)
    corrected = statements.correct(lines=[(line, Decimal(1))], by=world.manager(), reason="More.", at=NEXT_MONTH)
    assert corrected.vat_rate == 19


@settings(max_examples=12, deadline=None)
@given(
    fees=st.lists(st.tuples(st.integers(0, 2), st.decimals("0.01", "99.99", places=2)), min_size=1, max_size=9),
    months=st.lists(st.integers(0, 2), min_size=9, max_size=9),
    change=st.decimals("-150", "150", places=2),
)
def test_whatever_happens_the_sums_are_those_of_the_talks(
    fees: list[tuple[int, Decimal]], months: list[int], change: Decimal
) -> None:
    with transaction.atomic():
        people = [factories.member(f"Ambassador {number}") for number in range(3)]
        clara, expected = factories.member("Clara Holm"), Decimal(0)
        for (who, fee), month in zip(fees, months, strict=False):
            world.bare(people[who], fee=str(fee), at=NOW + timedelta(days=30 * month))
            expected += fee
        for month in range(1, 5):
            statements.issue_due(at=NEXT_MONTH + timedelta(days=30 * month - 27))
        line = StatementLine.objects.order_by("pk").first()
        assert line is not None
        try:
            statements.correct(lines=[(line, change)], by=clara, reason="Looked at again.", at=NEXT_MONTH)
        except statements.TooMuch:
            assert line.amount + change < 0
        except statements.NothingToCorrect:
            assert change == 0
        else:
            expected += change
        assert sum((reading.owed(one).get("EUR", Decimal(0)) for one in people), Decimal(0)) == expected
        assert StatementLine.objects.filter(corrects=None).count() == len(fees)
        assert found() == []
        transaction.set_rollback(True)
