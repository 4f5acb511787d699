"""Seats, the queue behind them, and the door."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from ambassadors import machines
from ambassadors.models import BrandEvent, Move, Registration
from ambassadors.queries import event_checks
from ambassadors.services import moves, registrations
from community.models import Activity, Member, Notification
from community.services import erasure
from tests import factories
from tests.ambassadors import event_world as world
from tests.unchanged import refused

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def verbs(registration: Registration) -> list[str]:
    rows = Activity.objects.filter(subject_kind="registration", subject_id=registration.pk)
    return list(rows.order_by("pk").values_list("verb", flat=True))


def test_who_comes_first_has_a_seat_and_the_rest_queue() -> None:
    event = world.event(capacity=2)
    states = [world.register(event).state for _ in range(3)]
    assert states == ["registered", "registered", "waiting"]
    assert world.counters(event) == (2, 1)


def test_registering_again_keeps_what_one_has() -> None:
    event, mara = world.event(), factories.member("Mara")
    first = world.register(event, mara)
    assert (world.register(event, mara).pk, world.counters(event), verbs(first)) == (
        first.pk,
        (1, 0),
        ["event.registered"],
    )


def test_a_seat_given_back_is_the_next_ones_with_the_same_commit() -> None:
    event = world.event(capacity=1)
    mara, lena = factories.member("Mara"), factories.member("Lena")
    seat, waiting = world.register(event, mara), world.register(event, lena)

    registrations.cancel(event=event, member=mara, at=timezone.now())

    assert world.guests(event) == {"Mara": "cancelled", "Lena": "registered"}
    assert world.counters(event) == (1, 0)
    assert Notification.objects.get(kind="event.promoted").member == lena
    assert verbs(seat) == ["event.registered", "event.registration_withdrawn"]
    assert verbs(waiting) == ["event.registered"]


def test_leaving_the_queue_moves_nobody() -> None:
    event = world.event(capacity=1)
    world.register(event, factories.member("Mara"))
    lena = factories.member("Lena")
    waiting = world.register(event, lena)

    registrations.cancel(event=event, member=lena, at=timezone.now())

    assert world.guests(event) == {"Mara": "registered", "Lena": "cancelled"}
    assert (world.counters(event), verbs(waiting)) == ((1, 0), [])


def test_who_comes_back_queues_at_the_end() -> None:
    event = world.event(capacity=1)
    mara, lena = factories.member("Mara"), factories.member("Lena")
    for member in (mara, lena):
        world.register(event, member)
    registrations.cancel(event=event, member=mara, at=timezone.now())

    again = world.register(event, mara)

    assert again.state == "waiting"
    assert world.guests(event) == {"Lena": "registered", "Mara": "waiting"}
    assert world.counters(event) == (1, 1)


def test_the_database_itself_lets_nobody_wait_beside_a_free_seat() -> None:
    event = world.event(capacity=1)
    for _ in range(2):
        world.register(event)
    with pytest.raises(IntegrityError), transaction.atomic():
        BrandEvent.objects.filter(pk=event.pk).update(seats_taken=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        BrandEvent.objects.filter(pk=event.pk).update(seats_taken=2)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"opens_at": timezone.now() + HOUR}, "event_not_open"),
        ({"closes_at": timezone.now() - HOUR}, "event_not_open"),
        ({"is_public": False}, "event_not_open"),
        ({"audience": "level", "min_level": 3}, "event_not_for_you"),
        ({"audience": "ambassadors"}, "event_not_for_you"),
    ],
)
def test_registration_has_its_time_and_its_people(fields: dict[str, Any], code: str) -> None:
    event, lena = world.event(**fields), factories.member()
    with refused(code):
        world.register(event, lena)


def test_ambassadors_have_events_of_their_own() -> None:
    event = world.event(audience="ambassadors")
    assert world.register(event, factories.ambassador()).state == "registered"


def test_a_level_opens_events() -> None:
    event, lena = world.event(audience="level", min_level=3), factories.member()
    lena.standing.level = 3
    lena.standing.save()
    assert world.register(event, lena).state == "registered"


def test_nothing_is_given_back_that_nobody_has_or_that_has_begun() -> None:
    event, mara = world.event(), factories.member()
    with refused("not_registered"):
        registrations.cancel(event=event, member=mara, at=timezone.now())
    world.register(event, mara)
    with refused("event_begun"):
        registrations.cancel(event=event, member=mara, at=event.starts_at)


def test_a_ticket_lets_in_once() -> None:
    event, ben = world.event(), factories.member("Ben")
    ticket = world.register(event)

    registrations.check_in(registration=ticket, by=ben, at=event.starts_at - HOUR)

    with refused("checked_in_already"):
        registrations.check_in(registration=ticket, by=ben, at=event.starts_at)
    ticket.refresh_from_db()
    move = moves.latest(ticket)
    assert move is not None
    assert (ticket.state, move.by) == ("attended", ben)
    assert Activity.objects.get(verb="event.attended").beneficiary == ticket.member


def test_the_door_has_its_hours_and_wants_a_seat() -> None:
    event, ben = world.event(capacity=1), factories.member("Ben")
    ticket, queued = world.register(event), world.register(event)
    early, late = event.starts_at - 7 * HOUR, event.ends_at + 7 * HOUR
    for moment in (early, late):
        with refused("event_not_today"):
            registrations.check_in(registration=ticket, by=ben, at=moment)
    with refused("no_seat"):
        registrations.check_in(registration=queued, by=ben, at=event.starts_at)


def test_letting_in_is_taken_back_with_its_deed() -> None:
    event, ben = world.event(), factories.member("Ben")
    ticket = world.register(event)
    registrations.check_in(registration=ticket, by=ben, at=event.starts_at)

    registrations.undo_check_in(registration=ticket, by=ben, at=event.starts_at)

    assert verbs(ticket) == ["event.registered", "event.attended", "event.attendance_withdrawn"]
    registrations.check_in(registration=ticket, by=ben, at=event.starts_at + HOUR)
    ticket.refresh_from_db()
    assert ticket.state == "attended"
    assert world.counters(event) == (1, 0)


def test_who_did_not_come_is_noted_after_the_end_and_still_let_in_late() -> None:
    event, clara = world.event(), factories.member("Clara")
    there, absent = world.register(event), world.register(event)
    registrations.check_in(registration=there, by=clara, at=event.starts_at)
    with refused("event_not_over"):
        registrations.note_missing(event=event, by=clara, at=event.starts_at)

    assert registrations.note_missing(event=event, by=clara, at=event.ends_at) == 1

    absent.refresh_from_db()
    assert absent.state == "missed"
    registrations.check_in(registration=absent, by=clara, at=event.ends_at + HOUR)
    absent.refresh_from_db()
    assert (absent.state, list(event_checks.seats())) == ("attended", [])


def test_the_erased_leave_their_seats_to_others() -> None:
    event = world.event(capacity=1)
    mara, lena = factories.member("Mara"), factories.member("Lena")
    for member in (mara, lena):
        world.register(event, member)

    erasure.erase(member=mara, by=mara, at=timezone.now())

    assert list(world.guests(event).values()) == ["cancelled", "registered"]
    assert list(event_checks.seats()) == []


def test_verify_sees_counters_that_lie() -> None:
    event = world.event()
    world.register(event)
    BrandEvent.objects.filter(pk=event.pk).update(seats_taken=2)
    assert [(found.check, found.found) for found in event_checks.seats()] == [("seats", "2, 0 waiting")]


@pytest.mark.parametrize("before", machines.REGISTRATION.moves)
@pytest.mark.parametrize("after", machines.REGISTRATION.moves)
def test_registrations_go_only_where_their_machine_leads(before: str, after: str, member: Member) -> None:
    registration = world.register(world.event(), member)
    Registration.objects.filter(pk=registration.pk).update(state=before)
    registration.refresh_from_db()
    count = Move.objects.count()
    if machines.REGISTRATION.allows(before, after):
        for cause in machines.REGISTRATION.causes[before, after]:
            Registration.objects.filter(pk=registration.pk).update(state=before)
            registration.refresh_from_db()
            made = moves.make(subject=registration, to=after, by=member, at=timezone.now(), cause=cause)
            assert (registration.state, made.reason, made.cause) == (after, "", cause)
    else:
        with pytest.raises(moves.NotPossible):
            moves.make(subject=registration, to=after, by=member, at=timezone.now())
        assert (registration.state, Move.objects.count()) == (before, count)
