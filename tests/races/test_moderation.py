"""Claims and reports by many at the same moment."""

from __future__ import annotations

from functools import partial

import pytest
from django.utils import timezone

from community.models import Activity, Answer, Case, Flag, Member, Role
from community.services import cases, moderation
from tests import factories
from tests.races.crowd import at_once, differences

pytestmark = pytest.mark.django_db(transaction=True)


def flag(answer: Answer, by: Member) -> int:
    return moderation.flag(kind="answer", post=answer, member=by, reason="spam", at=timezone.now()).pk


def moderators(number: int) -> list[Member]:
    return [factories.member(f"Moderator {place}", Role.MODERATOR) for place in range(number)]


def test_a_case_is_claimed_by_one() -> None:
    answer = factories.answer()
    flag(answer, factories.member())
    case, now = Case.objects.get(), timezone.now()

    outcome = at_once([partial(cases.claim, case=case, by=one, at=now) for one in moderators(12)])

    assert (outcome.errors, len(outcome.answers), outcome.refusals) == ([], 1, ["claimed"] * 11)


def test_twenty_reports_are_one_case_with_all_their_weight_and_hide_once() -> None:
    answer = factories.answer()
    reporters: list[Member] = factories.many(factories.member, 20)

    outcome = at_once([partial(flag, answer, one) for one in reporters])
    factories.work_off()

    assert (outcome.errors, len(outcome.answers)) == ([], 20)
    assert list(Case.objects.values_list("weight", "flag_count")) == [(20, 20)]
    assert Activity.objects.filter(verb="answer.hidden").count() == 1
    assert differences() == []


def test_one_member_reports_once_however_often_they_click() -> None:
    answer, reporter = factories.answer(), factories.member(trust=2)

    outcome = at_once([partial(flag, answer, reporter)] * 10)

    assert (outcome.errors, outcome.refusals) == ([], ["already_flagged"] * 9)
    assert (Flag.objects.count(), Case.objects.get().weight) == (1, 3)


def test_a_case_is_decided_once() -> None:
    answer = factories.answer()
    flag(answer, factories.member())
    case, now = Case.objects.get(), timezone.now()

    outcome = at_once(
        [
            partial(moderation.decide, case=case, by=one, remove=place % 2 == 0, at=now)
            for place, one in enumerate(moderators(8))
        ]
    )
    factories.work_off()

    assert (outcome.errors, len(outcome.answers), outcome.refusals) == ([], 1, ["decided"] * 7)
    assert Activity.objects.filter(verb="case.decided").count() == 1
    assert differences() == []
