"""The draw of a product test: a list that is closed in time, seats drawn from it once, everything public by numbers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from ambassadors import lottery
from ambassadors.models import Draw, Move, ProductTest, Tester
from ambassadors.queries import draws as queries
from ambassadors.queries import test_checks
from ambassadors.services import draws, moves, testers
from tests import factories
from tests.ambassadors import product_tests as world
from tests.unchanged import refused

pytestmark = pytest.mark.django_db

State = ProductTest.State
Place = Tester.State
NOW = timezone.now()


def test_who_has_until_sunday_has_until_sunday() -> None:
    test = world.recruiting(at=NOW)
    with refused(draws.NotOver):
        draws.close_applications(test=test, by=test.host, at=test.apply_until - timedelta(seconds=1))


def test_what_never_opened_has_no_applications_to_end() -> None:
    test = world.draft(at=NOW)
    with refused(moves.NotPossible):
        draws.close_applications(test=test, by=test.host, at=test.apply_until)


def test_the_end_of_applications_publishes_the_hash_of_the_list_and_nothing_of_the_seed() -> None:
    test = world.recruiting(quotas={"few": 1, "many": 1}, at=NOW)
    lena, mara = world.applied(test, segment="few"), world.applied(test, segment="many")

    draw = draws.close_applications(test=test, by=None, at=test.apply_until)

    file = queries.published(draw)
    assert (file["list_hash"], file["seed"], file["candidates"]) == (draw.list_hash, "", [])
    assert sorted(row["number"] for row in draw.candidates) == sorted([lena.number, mara.number])
    assert {row["tickets"] for row in draw.candidates} == {lottery.TICKETS}
    late = factories.member("Anna Berg")
    with refused(testers.NotOpen):
        world.applied(test, late, segment="few", at=test.apply_until)


def test_the_draw_invites_as_many_as_there_are_seats_and_tells_everybody() -> None:
    test = world.recruiting(seats=2, at=NOW)
    for _ in range(4):
        world.applied(test)

    world.drawn(test)

    ranked = world.by_rank(test)
    assert [one.state for one in ranked] == [Place.INVITED, Place.INVITED, Place.WAITING, Place.WAITING]
    assert [one.number for one in ranked] == Draw.objects.get(test=test).ranking
    assert world.told("test.invited") == sorted(one.member_id for one in ranked[:2])
    assert world.told("test.waiting") == sorted(one.member_id for one in ranked[2:])
    assert ranked[0].answer_by == world.drawn_at(test) + timedelta(days=test.answer_days)


def test_the_published_file_says_who_was_drawn_by_numbers_only() -> None:
    test = world.recruiting(quotas={"few": 1, "many": 1}, at=NOW)
    for segment in ("few", "few", "many"):
        world.applied(test, segment=segment)
    world.drawn(test)

    file: dict[str, Any] = queries.published(Draw.objects.get(test=test))

    invited = set(Tester.objects.filter(test=test, state=Place.INVITED).values_list("number", flat=True))
    assert set(file["chosen"]) == invited
    assert lottery.commitment(bytes.fromhex(str(file["seed"]))) == file["commitment"]
    assert set(file["candidates"][0]) == {"number", "segment", "tickets"}


def test_a_draw_happens_once() -> None:
    test = world.drawn(world.recruiting(at=NOW))
    with refused(draws.DrawnAlready):
        draws.draw_seats(test=test, by=test.host, at=world.drawn_at(test))


def test_who_withdrew_after_the_list_was_closed_is_passed_over() -> None:
    test = world.recruiting(seats=1, at=NOW)
    first, second = world.applied(test), world.applied(test)
    draws.close_applications(test=test, by=None, at=test.apply_until)
    testers.withdraw(tester=first, at=test.apply_until)
    draws.draw_seats(test=test, by=None, at=test.apply_until)

    assert Tester.objects.get(pk=second.pk).state == Place.INVITED
    assert Tester.objects.get(pk=first.pk).state == Place.WITHDRAWN
    assert list(test_checks.drawn()) == []


def test_who_lost_has_one_ticket_more_until_they_get_a_seat() -> None:
    lena = factories.member("Lena Sommer")
    for _ in range(2):
        test = world.recruiting(seats=1, at=NOW)
        world.applied(test, lena)
        Tester.objects.filter(test=test).update(rank=2, state=Place.LOST)
        ProductTest.objects.filter(pk=test.pk).update(state=State.SHIPPING)
    assert queries.losses([lena.pk]) == {lena.pk: 2}

    third = world.recruiting(seats=1, at=NOW)
    world.applied(third, lena)
    draw = draws.close_applications(test=third, by=None, at=third.apply_until)
    assert [row["tickets"] for row in draw.candidates] == [6]

    draws.draw_seats(test=third, by=None, at=third.apply_until)
    assert queries.losses([lena.pk]) == {lena.pk: 0}


def test_the_clock_ends_applications_draws_on_the_day_and_ends_invitations() -> None:
    test = world.recruiting(seats=1, at=NOW)
    world.applied(test), world.applied(test)

    draws.work_off(at=test.apply_until)
    test.refresh_from_db()
    assert (test.state, Draw.objects.get(test=test).drawn_at) == (State.DRAWING, None)

    day = timezone.now().replace(hour=12) + 2 * world.WEEK
    draws.work_off(at=day)
    draws.work_off(at=day)
    assert [one.state for one in world.by_rank(test)] == [Place.INVITED, Place.WAITING]

    draws.work_off(at=day + timedelta(days=test.answer_days, seconds=1))
    assert [one.state for one in world.by_rank(test)] == [Place.LAPSED, Place.INVITED]
    assert Move.objects.filter(by=None, kind="tester", after="lapsed").count() == 1
