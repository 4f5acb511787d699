"""Many who answer at once: as many seats as there are, a seat handed on once, one draw."""

from __future__ import annotations

from collections import Counter
from functools import partial

import pytest
from django.utils import timezone

from ambassadors.models import Draw, Move, ProductTest, Tester
from ambassadors.services import announcements, draws, invitations, testers
from community.models import Member, Notification
from gamification.services import standing
from tests.ambassadors import product_tests as world
from tests.races.crowd import at_once, differences
from tests.races.test_coupons import crowd

NOW = timezone.now()
SEATS, PEOPLE = 5, 200


def _states(test: ProductTest) -> Counter[str]:
    return Counter(Tester.objects.filter(test=test).values_list("state", flat=True))


@pytest.mark.django_db(transaction=True)
def test_two_hundred_acceptances_fill_five_seats() -> None:
    test = world.recruiting(seats=SEATS, at=NOW)
    # Nobody signs in here: two hundred passwords would take a minute.
    people = Member.objects.bulk_create(
        Member(email=f"crowd{number}@example.com", handle=f"crowd-{number}", display_name="Somebody", password="!")
        for number in range(PEOPLE)
    )
    standing.refresh(member.pk for member in people)
    Tester.objects.bulk_create(
        Tester(
            test=test, member=member, state="invited", number=f"{number:016x}", applied_at=NOW,
            invited_at=NOW, answer_by=test.report_until, rank=number + 1,
        )
        for number, member in enumerate(people)
    )  # fmt: skip
    ProductTest.objects.filter(pk=test.pk).update(state="drawing", applied=PEOPLE)
    rows = list(Tester.objects.filter(test=test).select_related("test", "member"))

    outcome = crowd([partial(invitations.accept, tester=row, at=NOW) for row in rows], threads=32)

    assert outcome == {"done": SEATS, "no_seat_left": PEOPLE - SEATS}
    assert _states(test) == {"accepted": SEATS, "invited": PEOPLE - SEATS}
    assert ProductTest.objects.get(pk=test.pk).taken == SEATS
    assert Move.objects.filter(kind="tester", after="accepted").count() == SEATS
    assert differences() == []


@pytest.mark.django_db(transaction=True)
def test_who_accepts_in_many_tabs_has_one_seat() -> None:
    test = world.recruiting(seats=1, at=NOW)
    tester = world.applied(test, at=NOW)
    world.drawn(test)
    outcome = at_once([partial(invitations.accept, tester=tester, at=world.drawn_at(test))] * 8)
    assert (outcome.errors, outcome.refusals, len(outcome.answers)) == ([], [], 8)
    assert ProductTest.objects.get(pk=test.pk).taken == 1
    assert differences() == []


@pytest.mark.django_db(transaction=True)
def test_seats_given_back_at_once_are_each_handed_on_once() -> None:
    test = world.recruiting(seats=3, at=NOW)
    for _ in range(7):
        world.applied(test, at=NOW)
    world.drawn(test)
    first, second, third = world.by_rank(test)[:3]
    at = world.drawn_at(test)
    invitations.accept(tester=third, at=at)

    outcome = at_once(
        [
            partial(invitations.decline, tester=first, at=at),
            partial(invitations.decline, tester=second, at=at),
            partial(testers.withdraw, tester=third, at=at),
            partial(invitations.decline, tester=first, at=at),
        ]
    )

    assert outcome.errors == outcome.refusals == []
    assert _states(test) == {"declined": 2, "withdrawn": 1, "invited": 3, "waiting": 1}
    assert differences() == []


@pytest.mark.django_db(transaction=True)
def test_many_clocks_draw_once() -> None:
    test = world.recruiting(seats=1, at=NOW)
    for _ in range(3):
        world.applied(test, at=NOW)
    draws.close_applications(test=test, by=None, at=test.apply_until)
    outcome = at_once([partial(draws.draw_seats, test=test, by=None, at=world.drawn_at(test))] * 6)
    assert (outcome.errors, len(outcome.answers), set(outcome.refusals)) == ([], 1, {"drawn_already"})
    assert Draw.objects.get(test=test).ranking == [one.number for one in world.by_rank(test)]
    assert _states(test) == {"invited": 1, "waiting": 2}


@pytest.mark.django_db(transaction=True)
def test_workers_that_announce_at_once_tell_each_member_once() -> None:
    people = [world.applied(world.recruiting(at=NOW), at=NOW).member for _ in range(4)]
    ProductTest.objects.update(announced_at=NOW)
    test = world.recruiting(at=NOW)

    outcome = at_once([partial(announcements.announce, at=NOW, limit=2)] * 6)
    while announcements.announce(at=NOW, limit=2):
        pass

    told = Notification.objects.filter(kind=announcements.OPENED, key=f"{announcements.OPENED}:{test.pk}")
    assert outcome.errors == []
    assert sorted(told.values_list("member_id", flat=True)) == sorted(member.pk for member in people)
