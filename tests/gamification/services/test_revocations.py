"""Revoked badges: told with the reason, kept away however often they are earned, given back by a person only."""

from __future__ import annotations

import pytest
from django.utils import timezone

from community.models import Activity, Answer, Member, Notification, Role, Standing
from community.refusals import Refusal
from community.services import answers
from gamification import verification
from gamification.models import Award, Grade, Rarity, Revocation
from gamification.services import adjustments, rarity, revocations
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_world")]
REASON = "The answer was copied from the manual."


@pytest.fixture
def answer(ambassador: Member) -> Answer:
    made = factories.accepted_answer(author=ambassador)
    factories.work_off()
    return made


@pytest.fixture
def grade(answer: Answer) -> Grade:
    return Grade.objects.get(awards__member=answer.author)


@pytest.fixture
def manager(db: None) -> Member:
    return factories.member("Clara Vogt", Role.MANAGER)


def revoke(grade: Grade, member: Member, by: Member) -> Revocation:
    return revocations.revoke(grade=grade, member=member, reason=REASON, by=by, at=timezone.now())


def differences() -> list[object]:
    return [difference for check in ("awards", "rarities") for difference in verification.CHECKS[check]()]


def test_it_is_gone_at_once_and_the_member_reads_why(grade: Grade, ambassador: Member, manager: Member) -> None:
    made = revoke(grade, ambassador, manager)
    assert not Award.objects.exists()
    assert Standing.objects.get(member=ambassador).pin == {}
    assert Rarity.objects.get(grade=grade).holders == 0
    told = Notification.objects.get(member=ambassador, kind__startswith="badge.")
    assert (told.kind, told.facts["reason"]) == ("badge.revoked", REASON)
    deed = Activity.objects.get(verb="badge.revoked")
    assert (deed.actor, deed.beneficiary, deed.facts["revocation"]) == (manager, ambassador, made.pk)
    assert differences() == []


def test_what_is_undone_and_done_again_does_not_bring_it_back(
    grade: Grade, ambassador: Member, manager: Member, answer: Answer
) -> None:
    revoke(grade, ambassador, manager)
    answers.unaccept(answer=answer, by=answer.thread.author, at=timezone.now())
    factories.work_off()
    answers.accept(answer=answer, by=answer.thread.author, at=timezone.now())
    factories.work_off()
    adjustments.ask(badge=grade.badge, by=manager, at=timezone.now())
    adjustments.work_off(at=timezone.now())
    assert not Award.objects.exists()
    assert differences() == []


def test_who_takes_it_back_gives_it_back(grade: Grade, ambassador: Member, manager: Member) -> None:
    made = revoke(grade, ambassador, manager)
    for _ in range(2):
        revocations.lift(revocation=made, by=manager, at=timezone.now())
    assert [(award.grade, award.member) for award in Award.objects.all()] == [(grade, ambassador)]
    assert Standing.objects.get(member=ambassador).pin["shape"] == grade.badge.shape
    assert Notification.objects.filter(member=ambassador, kind="badge.restored").count() == 1
    assert Activity.objects.filter(verb="badge.restored").count() == 1
    assert differences() == []


def test_what_the_deeds_no_longer_reach_is_not_given_back(
    grade: Grade, ambassador: Member, manager: Member, answer: Answer
) -> None:
    made = revoke(grade, ambassador, manager)
    answers.unaccept(answer=answer, by=answer.thread.author, at=timezone.now())
    factories.work_off()
    revocations.lift(revocation=made, by=manager, at=timezone.now())
    assert not Award.objects.exists()
    assert differences() == []


@pytest.mark.parametrize("code", ["no_reason", "not_held", "oneself"])
def test_a_refusal_changes_nothing(code: str, grade: Grade, ambassador: Member, manager: Member) -> None:
    reason = " " if code == "no_reason" else REASON
    member = manager if code == "not_held" else ambassador
    by = ambassador if code in ("not_held", "oneself") else manager
    with pytest.raises(Refusal) as refused:
        revocations.revoke(grade=grade, member=member, reason=reason, by=by, at=timezone.now())
    assert (refused.value.code, Award.objects.count(), Revocation.objects.count()) == (code, 1, 0)


def test_rarity_is_the_share_of_who_is_here(grade: Grade, ambassador: Member, member: Member) -> None:
    now = timezone.now()
    Member.objects.filter(pk__in=(ambassador.pk, member.pk)).update(active_on=now.date())
    rarity.census(at=now)
    rarity.census(at=now)
    assert Rarity.objects.filter(grade=grade).values("holders", "active").get() == {"holders": 1, "active": 1}
    assert differences() == []
