"""Guards: what is done by somebody without weight earns nothing, and the journal says why from the start."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from community.models import Activity, Answer, Member
from community.services import votes
from gamification.models import Balance, Counter, Decision, Entry, Guard
from gamification.services import guards
from tests import factories
from tests.races.crowd import differences

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_world")]


def unverified() -> Member:
    member = factories.member("Nils Ahrens")
    EmailAddress.objects.filter(user=member).update(verified=False)
    return member


def voted_by(voter: Member) -> Activity:
    answer = factories.answer()
    votes.cast(answer=answer, voter=voter, value=1, at=timezone.now())
    factories.work_off()
    return Activity.objects.get(verb="answer.found_helpful", actor=voter)


def test_a_vote_without_a_verified_address_earns_and_counts_nothing_and_says_so() -> None:
    deed = voted_by(unverified())

    assert deed.facts["weightless"] == "unverified"
    assert not Entry.objects.exists()
    assert not Counter.objects.exclude(value=0).exists()
    (decision,) = Decision.objects.all()
    assert (decision.outcome, decision.member_id) == ("refused", deed.beneficiary_id)
    assert "unverified" in str(decision.facts)
    assert differences() == []


def test_what_was_so_when_it_was_done_decides() -> None:
    voter = unverified()
    answer = factories.answer()
    votes.cast(answer=answer, voter=voter, value=1, at=timezone.now())
    EmailAddress.objects.filter(user=voter).update(verified=True)
    factories.work_off()
    assert not Balance.objects.exclude(value=0).exists()


def test_taking_it_back_takes_nothing() -> None:
    voter = unverified()
    deed = voted_by(voter)
    votes.cast(answer=Answer.objects.get(pk=deed.subject_id), voter=voter, value=0, at=timezone.now())
    factories.work_off()
    assert not Entry.objects.exists()
    assert not Counter.objects.exclude(value=0).exists()
    assert differences() == []


@pytest.mark.parametrize(
    ("hours", "trust", "age", "told"),
    [(0, 0, 0, None), (24, 0, 23, "newcomer"), (24, 0, 24, None), (24, 1, 1, None)],
)
def test_managers_say_how_long_an_account_is_new(hours: int, trust: int, age: int, told: str | None) -> None:
    now = timezone.now()
    guards.store(guard=Guard(newcomer_hours=hours))
    member = factories.member(at=now - timedelta(hours=age), trust=trust)
    assert guards.weightless(member, now) == told
