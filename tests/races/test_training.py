"""Attempts at one test at the same moment: one counts, and the cool-down holds for the others."""

from __future__ import annotations

from functools import partial

import pytest
from django.utils import timezone

from ambassadors.models import Move, TrainingAttempt, TrainingModule, TrainingRenewal
from ambassadors.services import programme, renewals, training
from ambassadors.tier_rules import months_later
from community.models import Member, Notification
from tests.ambassadors import programme_world as world
from tests.races.crowd import at_once, differences

pytestmark = pytest.mark.django_db(transaction=True)
NOW = timezone.now()


def attempt(module: TrainingModule, member: Member, *, right: bool) -> bool:
    answers = world.right_answers(module) if right else world.wrong_answers(module)
    return training.attempt(module=module, member=member, answers=answers, at=NOW).passed


def test_of_attempts_sent_at_once_one_counts_and_the_others_wait() -> None:
    module, novice = world.module(), world.onboarding()

    outcome = at_once([partial(attempt, module, novice.member, right=False) for _ in range(6)])

    assert (outcome.errors, outcome.answers) == ([], [False])
    assert outcome.refusals == ["training_cooling_down"] * 5
    assert TrainingAttempt.objects.get().number == 1


def test_right_and_wrong_answers_at_once_are_one_attempt() -> None:
    module, novice = world.module(), world.onboarding()

    outcome = at_once([partial(attempt, module, novice.member, right=right) for right in (True, False) * 3])

    assert (outcome.errors, len(outcome.answers), len(outcome.refusals)) == ([], 1, 5)
    assert TrainingAttempt.objects.get().passed is outcome.answers[0]


def test_two_workers_remind_once_and_pause_once() -> None:
    module, contract, novice = world.module(validity_months=12), world.agreement(), world.onboarding()
    programme.sign(member=novice.member, version=contract, language="en", at=NOW)
    attempt(module, novice.member, right=True)

    end = months_later(NOW, 12)
    reminded = at_once([partial(renewals.review, at=end)] * 4)
    lapsed = at_once([partial(renewals.review, at=months_later(end, 3))] * 4)

    novice.refresh_from_db()
    assert (reminded.errors, lapsed.errors, novice.state) == ([], [], "paused")
    assert Notification.objects.filter(kind="training.due").count() == TrainingRenewal.objects.count() == 1
    assert Move.objects.filter(kind="ambassador", after="paused").count() == 1
    assert differences() == []
