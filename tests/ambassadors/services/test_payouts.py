"""Payouts: two people, everything owed once, carried over where it is little, and a file that a bank reads."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import override_settings
from sepaxml.validation import ValidationError, try_valid_xml

from ambassadors.models import Disclosed, Move, Payout, PayoutShare, StatementLine, TaxProfile
from ambassadors.queries import pay_checks
from ambassadors.queries import statements as reading
from ambassadors.services import moves, payout_files, payouts, statements, tax_profiles
from community.models import Member, Notification, Role
from community.services import roles
from gamification.models import Budget
from gamification.services import budgets
from tests import factories
from tests.ambassadors import pay_world as world
from tests.unchanged import refused

pytestmark = pytest.mark.django_db
NOW, NEXT_MONTH = world.NOW, world.NEXT_MONTH
sender = override_settings(PAYOUT_NAME="Nordlicht Kaffee GmbH", PAYOUT_IBAN=world.IBAN, PAYOUT_BIC="")


def owed(*fees: str, name: str = "Mara Lindqvist") -> Member:
    """An ambassador with a statement and a bank account."""
    member = world.ambassador(name).member
    world.profile(member, name=name)
    world.statement(member, *fees)
    return member


def test_everything_that_is_owed_goes_into_one_payout_once() -> None:
    mara, ole = owed("8.00", "8.00"), owed("12.00", name="Ole Brandt")
    made = world.payout()
    items = [(item.member, item.amount) for item in made.items.order_by("member_id")]
    assert (made.state, made.total, items) == (
        "proposed",
        Decimal("28.00"),
        [(mara, Decimal("16.00")), (ole, Decimal("12.00"))],
    )
    clara = world.manager()
    with refused(payouts.NothingOwed):
        payouts.propose(by=clara, at=NEXT_MONTH)
    assert list(pay_checks.check()) == []


def test_little_is_carried_over_until_it_is_enough() -> None:
    mara = owed("9.99")
    clara = world.manager()
    with refused(payouts.NothingOwed):
        payouts.propose(by=clara, at=NEXT_MONTH)
    world.statement(mara, "0.01", at=NEXT_MONTH + timedelta(days=30))
    assert payouts.propose(by=clara, at=NEXT_MONTH).total == Decimal("10.00")


def test_who_has_left_is_paid_the_last_cent() -> None:
    mara = owed("0.50")
    roles.withdraw(member=mara, role=Role.AMBASSADOR)
    assert world.payout().total == Decimal("0.50")


def test_nobody_is_paid_whose_account_is_not_known() -> None:
    world.statement(world.ambassador().member, "80.00")
    clara = world.manager()
    with refused(payouts.NothingOwed):
        payouts.propose(by=clara, at=NEXT_MONTH)


def test_a_correction_is_set_against_what_is_owed() -> None:
    mara, clara = owed("20.00"), world.manager()
    line = StatementLine.objects.get(statement__member=mara)
    statements.correct(lines=[(line, Decimal("-6.00"))], by=clara, reason="Twice the same talk.", at=NEXT_MONTH)
    assert world.payout(by=clara).total == Decimal("14.00")


def test_two_people_see_to_every_payout() -> None:
    mara = owed("20.00")
    clara, ada = world.manager(), factories.member("Ada Admin")
    made = world.payout(by=clara)
    with refused(payouts.SamePerson):
        payouts.approve(payout=made, by=clara, at=NEXT_MONTH)
    with refused(payouts.OwnMoney):
        payouts.approve(payout=made, by=mara, at=NEXT_MONTH)
    payouts.approve(payout=made, by=ada, at=NEXT_MONTH)
    made.refresh_from_db()
    assert (made.state, made.approved_by) == ("approved", ada)
    with refused(moves.NotPossible):
        payouts.approve(payout=made, by=ada, at=NEXT_MONTH)
    with pytest.raises(IntegrityError), transaction.atomic():
        Payout.objects.filter(pk=made.pk).update(approved_by=clara)
    with pytest.raises(IntegrityError), transaction.atomic():
        Payout.objects.filter(pk=made.pk).update(approved_by=None, approved_at=None)


def test_a_cancelled_payout_lets_go_of_everything() -> None:
    mara, clara = owed("20.00"), world.manager()
    budget = Budget.objects.create(name="Ambassadors", cap=Decimal(100))
    made = payouts.propose(by=clara, at=NEXT_MONTH, budget=budget)
    budget.refresh_from_db()
    assert (budget.reserved, reading.owed(mara)) == (Decimal(20), {})
    with refused(moves.ReasonMissing):
        payouts.cancel(payout=made, by=clara, reason="", at=NEXT_MONTH)
    payouts.cancel(payout=made, by=clara, reason="A line is wrong.", at=NEXT_MONTH)
    budget.refresh_from_db()
    assert (budget.reserved, reading.owed(mara)) == (Decimal(0), {"EUR": Decimal(20)})
    assert world.payout(by=clara).total == Decimal(20)
    assert list(pay_checks.check()) == []


def test_a_budget_that_is_too_small_stops_a_payout() -> None:
    owed("20.00")
    clara = world.manager()
    small = Budget.objects.create(name="Small", cap=Decimal("19.99"))
    dollars = Budget.objects.create(name="Dollars", cap=Decimal(100), currency="USD")
    with refused(budgets.BudgetUsedUp):
        payouts.propose(by=clara, at=NEXT_MONTH, budget=small)
    with refused(payouts.OtherCurrency):
        payouts.propose(by=clara, at=NEXT_MONTH, budget=dollars)


@sender
def test_the_way_of_the_money_from_proposal_to_account() -> None:
    mara = owed("20.00")
    clara, ada = world.manager(), factories.member("Ada Admin")
    budget = Budget.objects.create(name="Ambassadors", cap=Decimal(100))
    made = payouts.propose(by=clara, at=NEXT_MONTH, budget=budget)
    with refused(moves.NotPossible):
        payout_files.as_pain(payout=made, by=clara, at=NEXT_MONTH)
    payouts.approve(payout=made, by=ada, at=NEXT_MONTH)
    first = payout_files.as_pain(payout=made, by=ada, at=NEXT_MONTH)
    again = payout_files.as_pain(payout=made, by=ada, at=NEXT_MONTH)
    stamp = re.compile(rb"<CreDtTm>[^<]*</CreDtTm>")
    assert stamp.sub(b"", first) == stamp.sub(b"", again)
    assert f"<MsgId>KK-PAYOUT-{made.pk}-1</MsgId>".encode() in first
    assert b'<InstdAmt Ccy="EUR">20.00</InstdAmt>' in first
    assert b"<CtrlSum>20.00</CtrlSum>" in first
    assert first.count(world.IBAN.encode()) == 2
    try_valid_xml(first, "pain.001.001.09")
    with pytest.raises(ValidationError):
        try_valid_xml(first.replace(b'Ccy="EUR"', b'Ccy="euro"'), "pain.001.001.09")
    payouts.fail(payout=made, by=clara, reason="The bank was closed.", at=NEXT_MONTH)
    payouts.propose_again(payout=made, by=ada, at=NEXT_MONTH)
    assert (made.proposed_by, made.approved_by) == (ada, None)
    payouts.approve(payout=made, by=clara, at=NEXT_MONTH)
    second = payout_files.as_pain(payout=made, by=ada, at=NEXT_MONTH)
    assert f"<MsgId>KK-PAYOUT-{made.pk}-2</MsgId>".encode() in second
    payouts.settle(payout=made, by=ada, at=NEXT_MONTH)
    budget.refresh_from_db()
    assert (budget.reserved, budget.spent) == (Decimal(0), Decimal(20))
    told = Notification.objects.get(kind="payout.paid")
    assert (told.member, told.facts) == (mara, {"amount": "20.00", "currency": "EUR"})
    ways = [(m.before, m.after) for m in Move.objects.filter(kind="payout").order_by("pk")]
    assert ways[-3:] == [("proposed", "approved"), ("approved", "exported"), ("exported", "paid")]
    assert PayoutShare.objects.get().is_live


@sender
def test_the_table_names_everybody_and_starts_no_formula() -> None:
    mara, ada = owed("20.00"), factories.member("Ada Admin")
    world.profile(mara, name="=SUM(A1)", small_business=True)
    made = world.payout()
    payouts.approve(payout=made, by=ada, at=NEXT_MONTH)
    rows = payout_files.as_csv(payout=made, by=ada, at=NEXT_MONTH).decode("utf-8-sig").splitlines()
    item = made.items.get()
    assert rows == [
        "transfer;name;iban;amount;currency;reference;statements",
        f"KK-{made.pk}-{item.pk};'=SUM(A1);{world.IBAN};20.00;EUR;Statement 1;1",
    ]
    looks = Disclosed.objects.filter(member=mara, by=ada).values_list("what", "kind", "subject_id")
    assert list(looks) == [("tax profile", "payout", made.pk)]


def test_no_file_without_accounts_on_both_sides() -> None:
    mara, ada = owed("20.00"), factories.member("Ada Admin")
    made = world.payout()
    payouts.approve(payout=made, by=ada, at=NEXT_MONTH)
    with override_settings(PAYOUT_NAME="", PAYOUT_IBAN=""), refused(payout_files.NoSender):
        payout_files.as_pain(payout=made, by=ada, at=NEXT_MONTH)
    tax_profiles.forget(member=mara)
    with sender, pytest.raises(payout_files.AccountGone):
        payout_files.as_pain(payout=made, by=ada, at=NEXT_MONTH)
    assert Payout.objects.get().state == "approved"


@pytest.mark.parametrize(
    ("given", "letters"),
    [("Jürgen Größe & Söhne", "Juergen Groesse + Soehne"), ("Zoë <Æ>; \u0141ukasz", "Zoe  AE   Lukasz")],
)
def test_names_are_written_in_letters_that_every_bank_takes(given: str, letters: str) -> None:
    assert payout_files.plain(given, 70) == letters


def test_a_tax_profile_is_sealed_and_only_shown_with_a_trace() -> None:
    mara, ada = world.ambassador().member, factories.member("Ada Admin")
    world.profile(mara, iban="de89 3704 0044 0532 0130 00")
    sealed = TaxProfile.objects.get(member=mara).sealed
    assert not any(secret in sealed for secret in ("Lindqvist", "3704"))
    own = tax_profiles.own(mara)
    assert own is not None
    assert (own.iban, own.account) == (world.IBAN, "DE … 3000")
    assert tax_profiles.show(member=mara, subject=("payout", 1), by=mara, at=NOW) == own
    assert not Disclosed.objects.exists()
    assert tax_profiles.show(member=mara, subject=("payout", 1), by=ada, at=NOW) == own
    assert Disclosed.objects.get().by == ada


@pytest.mark.parametrize(
    ("iban", "refusal"),
    [
        ("DE89370400440532013001", tax_profiles.BadIban),
        ("not an account", tax_profiles.BadIban),
        ("", tax_profiles.BadIban),
        ("TR330006100519786457841326", tax_profiles.OutsideSepa),
    ],
)
def test_an_account_that_cannot_be_paid_is_refused(iban: str, refusal: type[tax_profiles.BadIban]) -> None:
    mara = world.ambassador().member
    with refused(refusal):
        world.profile(mara, iban=iban)
