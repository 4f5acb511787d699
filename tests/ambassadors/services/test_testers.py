"""Applying for a product test, taking a seat, giving it back; a refusal changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from ambassadors.machines import TESTER
from ambassadors.models import Move, ProductTest, Tester
from ambassadors.queries import eligibility, test_checks
from ambassadors.queries import testers as queries
from ambassadors.services import invitations, moves, testers
from community.models import Activity, Member, Ownership, Role, Standing
from community.refusals import Refusal
from tests import factories
from tests.ambassadors import product_tests as world
from tests.unchanged import refused

pytestmark = pytest.mark.django_db

State = Tester.State
NOW = timezone.now()


def _verbs() -> list[str]:
    return list(Activity.objects.filter(subject_kind="tester").order_by("pk").values_list("verb", flat=True))


def _counts(test: ProductTest) -> tuple[int, int]:
    test.refresh_from_db()
    return test.applied, test.taken


def test_whoever_applies_gets_a_number_that_nobody_can_guess() -> None:
    test = world.recruiting()
    first, second = world.applied(test), world.applied(test)
    assert (len(first.number), first.number == second.number) == (16, False)
    assert _counts(test) == (2, 0)
    assert _verbs() == ["test.applied", "test.applied"]


def test_applying_again_changes_the_answers_and_not_the_number() -> None:
    test = world.recruiting(at=NOW)
    asked = str(world.question(test).pk)
    tester = world.applied(test, answers={asked: "The cat"})
    again = world.applied(test, tester.member, answers={asked: " Only  the\r\ncat "})
    assert (again.pk, again.number, again.answers) == (tester.pk, tester.number, {asked: "Only  the\ncat"})
    assert _counts(test) == (1, 0)


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"pledge": False}, testers.PledgeMissing),
        ({"segment": None}, testers.SegmentMissing),
        ({"segment": 0}, testers.SegmentMissing),
        ({"answers": {}}, testers.AnswersWrong),
        ({"answers": {"0": "Nobody asked"}}, testers.AnswersWrong),
    ],
)
def test_an_application_that_is_not_complete_is_refused(said: dict[str, Any], refusal: type[Refusal]) -> None:
    test = world.recruiting(quotas={"few": 1, "many": 1})
    asked = world.question(test)
    lena = factories.member("Lena Sommer")
    first = test.segments.get(position=0)
    whole: dict[str, Any] = {"answers": {str(asked.pk): "The cat"}, "segment": first.pk, "pledge": True}
    with refused(refusal):
        testers.apply(test=test, member=lena, at=timezone.now(), **whole | said)


@pytest.mark.parametrize(
    "rule",
    [
        {"audience": "ambassadors"},
        {"least_level": 3},
        {"least_days": 30},
        {"least_answers": 1},
    ],
    ids=lambda rule: next(iter(rule)),
)
def test_the_same_rule_counts_and_decides(rule: dict[str, Any]) -> None:
    test = world.recruiting(**rule)
    lena, mara = factories.member("Lena Sommer"), factories.ambassador()
    Standing.objects.filter(member=mara).update(level=3)
    Member.objects.filter(pk=mara.pk).update(joined_at=timezone.now() - timedelta(days=31), accepted_count=1)
    now = timezone.now()

    assert list(eligibility.eligible(eligibility.rule_of(test), at=now)) == [mara]
    assert [one.met for one in eligibility.criteria(test, mara, at=now)] == [True]
    assert [one.met for one in eligibility.criteria(test, lena, at=now)] == [False]
    with refused(testers.NotEligible):
        world.applied(test, lena)
    assert world.applied(test, mara).state == State.APPLIED


def test_who_has_to_own_something_owns_one_of_it() -> None:
    test = world.draft()
    grinder, scale = factories.product(name="Mahl One"), factories.product(name="Pendel")
    test.owns.set([grinder, scale])
    lena, mara = factories.member("Lena Sommer"), factories.ambassador()
    Ownership.objects.create(member=mara, product=grinder, since=NOW)
    Ownership.objects.create(member=mara, product=scale, since=NOW)

    assert list(eligibility.eligible(eligibility.rule_of(test), at=NOW)) == [mara]
    with translation.override("en"):
        labels = [one.label for one in eligibility.criteria(test, lena, at=NOW)]
    assert labels == ["You bought one of these: Mahl One, Pendel"]


def test_the_team_former_members_and_the_suspended_are_never_eligible() -> None:
    test = world.recruiting()
    lena = factories.member("Lena Sommer")
    factories.member("Ben Krause", Role.AGENT)
    factories.member("Paul Winter", is_active=False)
    suspended = factories.member("Jan Voss")
    Member.objects.filter(pk=suspended.pk).update(suspended_until=timezone.now() + timedelta(days=1))
    assert list(eligibility.eligible(eligibility.rule_of(test), at=timezone.now())) == [lena]


def test_who_withdraws_may_come_back_under_the_same_number() -> None:
    test = world.recruiting()
    tester = world.applied(test)
    testers.withdraw(tester=tester, at=timezone.now())
    assert (_counts(test), _verbs()) == ((0, 0), ["test.applied", "test.application_withdrawn"])

    back = world.applied(test, tester.member, at=timezone.now() + timedelta(minutes=1))
    assert (back.pk, back.number, back.state) == (tester.pk, tester.number, State.APPLIED)
    assert _counts(test) == (1, 0)


def test_withdrawing_twice_is_once() -> None:
    test = world.recruiting()
    tester = world.applied(test)
    for _ in range(2):
        testers.withdraw(tester=tester, at=timezone.now())
    assert _counts(test) == (0, 0)


def _drawn(seats: int, people: int) -> tuple[ProductTest, list[Tester]]:
    test = world.recruiting(seats=seats, at=NOW)
    for _ in range(people):
        world.applied(test, at=NOW)
    world.drawn(test)
    return test, list(world.by_rank(test))


def test_a_seat_is_taken_once_however_often_it_is_accepted() -> None:
    test, (first, *_others) = _drawn(1, 2)
    for _ in range(2):
        invitations.accept(tester=first, at=world.drawn_at(test))
    assert _counts(test) == (2, 1)
    assert Move.objects.filter(kind="tester", after="accepted").count() == 1


@pytest.mark.parametrize("deed", [invitations.accept, invitations.decline])
def test_only_who_is_invited_answers_and_only_in_time(deed: Callable[..., Tester]) -> None:
    test, (first, second) = _drawn(1, 2)
    with refused(invitations.NotInvited):
        deed(tester=second, at=world.drawn_at(test))
    assert first.answer_by is not None
    with refused(invitations.TooLate):
        deed(tester=first, at=first.answer_by + timedelta(seconds=1))


def test_a_seat_that_is_declined_is_the_next_ones_at_once() -> None:
    test, (first, second, third) = _drawn(1, 3)
    invitations.decline(tester=first, at=world.drawn_at(test))
    states = [one.state for one in world.by_rank(test)]
    assert states == [State.DECLINED, State.INVITED, State.WAITING]
    assert list(queries.open_invitations(second.member, at=world.drawn_at(test))) == [second]
    assert list(queries.invitations_of(third.member)) == []


def test_a_seat_that_is_given_back_is_the_next_ones_at_once() -> None:
    test, (first, _second) = _drawn(1, 2)
    invitations.accept(tester=first, at=world.drawn_at(test))
    testers.withdraw(tester=first, at=world.drawn_at(test))
    assert [one.state for one in world.by_rank(test)] == [State.WITHDRAWN, State.INVITED]
    assert _counts(test) == (1, 0)
    assert _verbs()[-3:] == ["test.joined", "test.left", "test.application_withdrawn"]


def test_nobody_leaves_once_samples_are_sent() -> None:
    test, (first,) = _drawn(1, 1)
    invitations.accept(tester=first, at=world.drawn_at(test))
    ProductTest.objects.filter(pk=test.pk).update(state="shipping")
    with refused(testers.TooLateToLeave):
        testers.withdraw(tester=first, at=world.drawn_at(test))


def test_who_fills_the_quota_of_their_segment_moves_up_first() -> None:
    test = world.recruiting(quotas={"few": 1, "many": 1}, at=NOW)
    for segment in ("few", "few", "many", "many", "many"):
        world.applied(test, segment=segment, at=NOW)
    world.drawn(test)
    of = {one.name_en: one.pk for one in test.segments.all()}  # type: ignore[attr-defined] # made by modeltranslation
    many = [one for one in world.by_rank(test) if one.segment_id == of["many"]]
    few = [one for one in world.by_rank(test) if one.segment_id == of["few"]]

    invitations.decline(tester=few[0], at=world.drawn_at(test))
    assert Tester.objects.get(pk=few[1].pk).state == State.INVITED

    invitations.decline(tester=few[1], at=world.drawn_at(test))
    assert Tester.objects.get(pk=many[1].pk).state == State.INVITED


def test_more_invitations_than_seats_still_fill_no_more_than_the_seats() -> None:
    test, people = _drawn(1, 3)
    for one in people[1:]:
        invitations.invite(test, [one], by=None, cause="seat_came_free", at=world.drawn_at(test))
    invitations.accept(tester=people[2], at=world.drawn_at(test))
    with refused(invitations.NoSeatLeft):
        invitations.accept(tester=people[1], at=world.drawn_at(test))


def test_whoever_is_erased_leaves_seats_to_others_and_no_answers() -> None:
    test, (first, second, third) = _drawn(2, 3)
    Tester.objects.filter(test=test).update(answers={"1": "The cat"})
    invitations.accept(tester=first, at=world.drawn_at(test))
    testers.forget(first.member, world.drawn_at(test))
    testers.forget(second.member, world.drawn_at(test))

    assert [one.state for one in world.by_rank(test)] == [State.WITHDRAWN, State.DECLINED, State.INVITED]
    assert [one.answers for one in world.by_rank(test)] == [{}, {}, {"1": "The cat"}]
    assert third.member_id in Tester.objects.filter(state=State.INVITED).values_list("member_id", flat=True)
    assert list(test_checks.counters()) == []


def test_answers_are_forgotten_when_their_time_is_over() -> None:
    test, (first, _second) = _drawn(1, 2)
    Tester.objects.filter(test=test).update(answers={"1": "The cat"})
    ProductTest.objects.filter(pk=test.pk).update(state="closed")
    assert list(queries.outlived(test.report_until)) == []
    testers.forget_answers(queries.outlived(test.report_until + timedelta(seconds=1)))
    first.refresh_from_db()
    assert first.answers == {}


@pytest.mark.parametrize("state", sorted(TESTER.moves))
def test_every_move_of_a_tester_is_allowed_or_refused_by_the_machine(state: str) -> None:
    tester = world.applied(world.recruiting(at=NOW), at=NOW)
    for to in sorted(TESTER.moves):
        Tester.objects.filter(pk=tester.pk).update(state=state, invited_at=NOW, answer_by=NOW)
        tester.refresh_from_db()
        if TESTER.allows(state, to):
            cause = TESTER.causes[state, to][-1]
            made = moves.make(subject=tester, to=to, by=None, at=NOW, cause=cause)
            assert (Tester.objects.get(pk=tester.pk).state, made.reason, made.cause) == (to, "", cause)
        else:
            with pytest.raises(moves.NotPossible):
                moves.make(subject=tester, to=to, by=None, at=NOW)
            assert Tester.objects.get(pk=tester.pk).state == state
