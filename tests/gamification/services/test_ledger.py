"""Bookings: each once, each under its day, each reversal under the day of what it reverses."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from community.models import Activity, Member
from gamification.models import Balance, Entry, RuleVersion
from gamification.queries.days import site_day
from gamification.services import ledger
from gamification.state import Paid
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_world")]
#: In Berlin this is already the second of March.
LATE = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)


@pytest.fixture
def deed() -> Activity:
    factories.accepted_answer(at=LATE)
    return Activity.objects.select_related("beneficiary").get(verb="answer.accepted")


def grant(deed: Activity, *, amount: int = 10) -> list[Entry]:
    version = RuleVersion.objects.get(verb=deed.verb)
    assert deed.beneficiary_id is not None
    grants = [Paid(version.pk, deed.pk, deed.beneficiary_id, "reputation", amount, site_day(deed.at).toordinal())]
    return ledger.grant(grants, deeds={deed.pk: deed}, versions={version.pk: version}, at=LATE)


def undo_of(deed: Activity) -> Activity:
    return Activity.objects.create(
        verb="answer.unaccepted",
        key=f"undo:{deed.pk}",
        actor=deed.actor,
        beneficiary=deed.beneficiary,
        subject_kind="answer",
        subject_id=deed.subject_id,
        undoes=deed,
        at=LATE + timedelta(days=40),
    )


def test_a_grant_is_booked_on_the_sites_day_of_its_deed(deed: Activity) -> None:
    (entry,) = grant(deed)
    assert (entry.booked_on, entry.kind, entry.amount) == (date(2026, 3, 2), "grant", 10)


def test_the_database_refuses_the_same_grant_twice(deed: Activity) -> None:
    grant(deed)
    with pytest.raises(DatabaseError), transaction.atomic():
        grant(deed, amount=11)
    assert list(Entry.objects.values_list("amount", flat=True)) == [10]


def test_the_database_refuses_an_entry_of_nothing(deed: Activity) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        grant(deed, amount=0)
    assert list(Entry.objects.all()) == []


def test_a_reversal_takes_everything_back_on_the_same_day_and_only_once(deed: Activity) -> None:
    (entry,) = grant(deed)
    undo = undo_of(deed)
    (reversal,) = ledger.reverse([undo], at=undo.at)
    assert (reversal.reverses, reversal.amount, reversal.booked_on) == (entry, -10, date(2026, 3, 2))
    assert (reversal.activity, reversal.at, reversal.kind) == (undo, undo.at, "reversal")

    assert ledger.reverse([undo], at=undo.at) == []


def test_what_earned_nothing_is_reversed_by_nothing(deed: Activity) -> None:
    assert ledger.reverse([undo_of(deed)], at=LATE) == []


def test_a_reversal_must_name_what_it_reverses(deed: Activity) -> None:
    (entry,) = grant(deed)
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.create(
            member=entry.member,
            currency="reputation",
            amount=-10,
            kind="reversal",
            activity=deed,
            booked_on=entry.booked_on,
            at=LATE,
        )
    assert list(Entry.objects.all()) == [entry]


def test_balances_are_moved_by_the_sum_of_the_entries(deed: Activity, member: Member) -> None:
    entries = [
        Entry(member=owner, currency="reputation", amount=amount)
        for owner, amount in ((member, 3), (member, -1), (deed.actor, 2))
    ]
    after = ledger.balance(entries)
    assert after == {(member.pk, "reputation"): 2, (deed.actor_id, "reputation"): 2}
    assert ledger.balance(entries)[member.pk, "reputation"] == 4
    assert {(b.member_id, b.currency): b.value for b in Balance.objects.all()} == {
        key: 2 * value for key, value in after.items()
    }
