"""Training that is passed again: a reminder a month before, a grace, and then no desk without it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from ambassadors.models import Ambassador, Move, TrainingAttempt, TrainingModule, TrainingRenewal
from ambassadors.queries import programme as queries
from ambassadors.queries import training as reading
from ambassadors.services import programme, renewals, training
from ambassadors.tier_rules import months_later
from chat.queries import responders
from community.models import Member, Notification, Role
from tests import factories
from tests.ambassadors import programme_world as world
from tests.unchanged import refused, unchanged

pytestmark = pytest.mark.django_db
PASSED = timezone.now()
END = months_later(PASSED, 12)
DAY = timedelta(days=1)
SOON, OVER = END - 29 * DAY, END + 31 * DAY


@pytest.fixture
def module() -> TrainingModule:
    """A required lesson for everybody that is valid for a year, with 30 days of grace."""
    return world.module(validity_months=12, for_team=True)


def passes(member: Member, module: TrainingModule, at: datetime = PASSED) -> TrainingAttempt:
    return training.attempt(module=module, member=member, answers=world.right_answers(module), at=at)


def ambassador(module: TrainingModule) -> Ambassador:
    novice = world.onboarding(at=PASSED)
    programme.sign(member=novice.member, version=world.agreement(), language="en", at=PASSED)
    passes(novice.member, module)
    novice.refresh_from_db()
    assert novice.state == "active"
    return novice


def told(member: Member) -> list[str]:
    rows = Notification.objects.filter(member=member, kind__in=("training.due", "ambassador.moved"))
    return list(rows.order_by("id").values_list("kind", flat=True))


def test_nobody_is_reminded_earlier_than_a_month_before() -> None:
    lasting, module = world.module(), world.module(validity_months=12, required=False)
    someone = ambassador(lasting)
    passes(someone.member, module)
    with unchanged():
        renewals.review(at=END - 31 * DAY)
    with refused(training.Passed):
        passes(someone.member, module, at=END - 31 * DAY)


def test_a_reminder_is_told_once_and_opens_the_test(module: TrainingModule) -> None:
    someone = ambassador(module)
    renewals.review(at=SOON)
    renewals.review(at=SOON + DAY)
    renewal = TrainingRenewal.objects.get()
    assert (told(someone.member), renewal.valid_until, renewal.grace_until) == (
        ["training.due"],
        END,
        END + 30 * DAY,
    )

    passes(someone.member, module, at=SOON + DAY)
    renewals.review(at=OVER)

    someone.refresh_from_db()
    assert (someone.state, told(someone.member)) == ("active", ["training.due"])
    assert [proof.until for proof in reading.proof_of(someone.member)] == [months_later(SOON + DAY, 12)]


def test_after_the_grace_the_desk_closes_until_the_test_is_passed_again(module: TrainingModule) -> None:
    someone = ambassador(module)
    renewals.review(at=SOON)
    renewals.review(at=END + 29 * DAY)
    someone.refresh_from_db()
    assert someone.state == "active"

    renewals.review(at=OVER)
    renewals.review(at=OVER + DAY)

    someone.refresh_from_db()
    assert (someone.state, responders.of(someone.member)) == ("paused", None)
    move = Move.objects.get(kind="ambassador", after="paused")
    title = TrainingModule.objects.values_list("title_en", flat=True).get()
    assert (move.by, move.reason) == (None, f"The training has to be renewed: {title}")
    assert told(someone.member) == ["training.due", "ambassador.moved"]
    with refused(programme.NotReady):
        programme.resume(ambassador=someone, by=someone.member, at=OVER)

    passes(someone.member, module, at=OVER + DAY)
    programme.resume(ambassador=someone, by=someone.member, at=OVER + DAY)

    someone.refresh_from_db()
    assert someone.state == "active"
    assert responders.of(someone.member) is not None


def test_whoever_lets_it_lapse_a_second_time_is_not_saved_by_the_first_pass(module: TrainingModule) -> None:
    someone = ambassador(module)
    renewals.review(at=SOON)
    passes(someone.member, module, at=SOON)
    later = months_later(SOON, 12)
    renewals.review(at=later - DAY)
    renewals.review(at=later + 31 * DAY)
    assert reading.missing(someone.member) == [module]
    assert not queries.is_ready(someone.member)


def test_the_team_is_reminded_and_its_proof_ends_without_further_consequence(module: TrainingModule) -> None:
    ben = factories.member("Ben Vogt", Role.AGENT)
    passes(ben, module)
    renewals.review(at=SOON)
    renewals.review(at=OVER)
    (proof,) = reading.proof_of(ben)
    assert (told(ben), proof.until, proof.void_since) == (["training.due"], END, OVER)
    assert not Move.objects.exists()


def test_whoever_left_is_not_reminded_and_has_to_pass_again_when_they_come_back(module: TrainingModule) -> None:
    someone = ambassador(module)
    programme.leave(ambassador=someone, by=someone.member, at=PASSED, reason="Busy.")
    renewals.review(at=SOON)
    renewals.review(at=OVER)
    programme.begin(member=someone.member, application=None, by=None, at=OVER)
    someone.refresh_from_db()
    assert (someone.state, told(someone.member)) == ("onboarding", ["ambassador.moved"])
    passes(someone.member, module, at=OVER)
    someone.refresh_from_db()
    assert someone.state == "active"


def test_what_is_valid_for_one_month_is_reminded_of_in_its_middle() -> None:
    module = world.module(validity_months=1)
    someone = ambassador(module)
    end = months_later(PASSED, 1)
    with unchanged():
        renewals.review(at=end - 16 * DAY)
    renewals.review(at=end - 15 * DAY)
    assert (told(someone.member), TrainingRenewal.objects.get().valid_until) == (["training.due"], end)


def test_a_validity_that_comes_later_leaves_a_month_and_the_grace() -> None:
    module = world.module()
    ambassador(module)
    module.validity_months = 1
    training.store(module=module)
    renewals.review(at=END)
    renewal = TrainingRenewal.objects.get()
    assert (renewal.valid_until, renewal.grace_until) == (END + 30 * DAY, END + 60 * DAY)


def test_a_validity_that_is_taken_away_takes_the_reminders_with_it(module: TrainingModule) -> None:
    someone = ambassador(module)
    renewals.review(at=SOON)
    module.validity_months = None
    training.store(module=module)
    renewals.review(at=OVER)
    someone.refresh_from_db()
    assert (someone.state, TrainingRenewal.objects.count()) == ("active", 0)
