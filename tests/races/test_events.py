"""Many hands at few seats: no seat is doubled, and none is free while somebody waits."""

from __future__ import annotations

import threading
from functools import partial

import pytest
from django.db import connection
from django.utils import timezone

from ambassadors.models import BrandEvent, Registration
from ambassadors.services import events, registrations
from community.models import Activity, Member
from tests import factories
from tests.ambassadors import event_world as world
from tests.races.crowd import at_once, differences

pytestmark = pytest.mark.django_db(transaction=True)


def register(event: BrandEvent, member: Member) -> str:
    return registrations.register(event=event, member=member, at=timezone.now()).state


def cancel(event: BrandEvent, member: Member) -> str:
    return registrations.cancel(event=event, member=member, at=timezone.now()).state


def check_in(ticket: Registration, by: Member) -> str:
    return registrations.check_in(registration=ticket, by=by, at=ticket.event.starts_at).state


def raise_capacity(event: BrandEvent, seats: int) -> None:
    fresh = BrandEvent.objects.get(pk=event.pk)
    fresh.capacity = seats
    events.store(event=fresh, at=timezone.now())


def test_as_many_seats_as_there_are_and_everybody_else_waits() -> None:
    event, people = world.event(capacity=5), factories.many(factories.member, 24)

    outcome = at_once([partial(register, event, one) for one in people])

    assert (outcome.errors, outcome.refusals) == ([], [])
    assert (outcome.answers.count("registered"), outcome.answers.count("waiting")) == (5, 19)
    assert (world.counters(event), differences()) == ((5, 19), [])


def test_no_free_seat_is_ever_seen_beside_somebody_who_waits() -> None:
    event, people = world.event(capacity=6), factories.many(factories.member, 18)
    for one in people:
        register(event, one)
    seen: list[tuple[int, int, int]] = []
    over = threading.Event()

    def watch() -> None:
        try:
            while not over.is_set():
                seated = Registration.objects.filter(event=event, state="registered").count()
                free = BrandEvent.objects.filter(pk=event.pk, waiting_count__gt=0).values_list(
                    "capacity", "seats_taken", "waiting_count"
                )
                seen.extend(row for row in free if row[0] != row[1])
                assert seated <= 9
        finally:
            connection.close()

    watcher = threading.Thread(target=watch)
    watcher.start()
    deeds = [partial(cancel, event, one) for one in people[:10]]
    outcome = at_once([*deeds, partial(raise_capacity, event, 8), partial(raise_capacity, event, 9)])
    over.set()
    watcher.join(30)

    assert (outcome.errors, seen, differences()) == ([], [], [])
    assert set(outcome.refusals) <= {"event_too_few_seats"}
    seats = BrandEvent.objects.get(pk=event.pk).capacity
    assert world.counters(event) == (min(8, seats), max(0, 8 - seats))


def test_one_member_in_many_tabs_has_one_seat_and_gives_it_back_once() -> None:
    event, mara = world.event(capacity=3), factories.member()

    outcome = at_once([partial(register, event, mara)] * 8)
    assert (outcome.errors, outcome.answers, world.counters(event)) == ([], ["registered"] * 8, (1, 0))

    outcome = at_once([partial(cancel, event, mara)] * 8)
    assert (outcome.errors, outcome.answers, outcome.refusals) == ([], ["cancelled"], ["not_registered"] * 7)
    assert (world.counters(event), differences()) == ((0, 0), [])


def test_a_ticket_shown_at_two_doors_lets_in_once() -> None:
    event, ben = world.event(), factories.member("Ben")
    ticket = world.register(event)

    outcome = at_once([partial(check_in, Registration.objects.select_related("event").get(pk=ticket.pk), ben)] * 6)

    assert (outcome.errors, outcome.answers, outcome.refusals) == ([], ["attended"], ["checked_in_already"] * 5)
    assert Activity.objects.filter(verb="event.attended").count() == 1
