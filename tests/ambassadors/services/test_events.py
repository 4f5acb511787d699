"""Events as managers keep them: more seats, other times, called off, told of."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from ambassadors.models import BrandEvent, Move, Registration
from ambassadors.queries import event_checks
from ambassadors.services import events, registrations
from community.models import Notification
from community.refusals import Refusal
from tests import factories
from tests.ambassadors import event_world as world

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def told(kind: str) -> list[str]:
    rows = Notification.objects.filter(kind=kind).order_by("member__display_name")
    return list(rows.values_list("member__display_name", flat=True))


def test_new_seats_go_to_those_who_have_waited_longest() -> None:
    event = world.event(capacity=1)
    for name in ("Ada", "Bea", "Cleo", "Dora"):
        world.register(event, factories.member(name))

    event.capacity = 3
    events.store(event=event, at=timezone.now())

    assert world.guests(event) == {"Ada": "registered", "Bea": "registered", "Cleo": "registered", "Dora": "waiting"}
    assert (world.counters(event), told("event.promoted")) == ((3, 1), ["Bea", "Cleo"])
    assert list(event_checks.seats()) == []


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"capacity": 1}, "event_too_few_seats"),
        ({"ends_at": timezone.now()}, "event_not_ordered"),
        ({"closes_at": timezone.now() + 8 * world.DAY}, "event_not_ordered"),
        ({"audience": "level"}, "event_audience"),
        ({"min_level": 2}, "event_audience"),
    ],
)
def test_what_cannot_be_is_not_stored(fields: dict[str, object], code: str) -> None:
    event = world.event()
    for _ in range(2):
        world.register(event)
    before = BrandEvent.objects.values().get()
    for name, value in fields.items():
        setattr(event, name, value)
    with pytest.raises(Refusal) as refusal:
        events.store(event=event, at=timezone.now())
    assert (refusal.value.code, BrandEvent.objects.values().get()) == (code, before)


def test_another_time_is_told_and_counted_for_calendars_another_text_is_not_told() -> None:
    event = world.event()
    world.register(event, factories.member("Ada"))

    event.description = "Bring your own cup"
    events.store(event=event, at=timezone.now())
    assert (event.revision, told("event.changed")) == (0, [])

    event.ends_at += HOUR
    events.store(event=event, at=timezone.now())
    assert (event.revision, told("event.changed")) == (1, ["Ada"])


def test_calling_off_tells_everybody_why() -> None:
    event, clara = world.event(capacity=1), factories.member("Clara")
    for name in ("Ada", "Bea"):
        world.register(event, factories.member(name))

    events.cancel(event=event, by=clara, reason="The roaster broke.", at=timezone.now())

    assert world.guests(event) == {"Ada": "cancelled", "Bea": "cancelled"}
    assert (world.counters(event), told("event.cancelled"), told("event.promoted")) == ((0, 0), ["Ada", "Bea"], [])
    assert set(Move.objects.filter(after="cancelled").values_list("by__display_name", "reason")) == {
        ("Clara", "The roaster broke.")
    }
    with pytest.raises(events.OverAlready):
        events.cancel(event=event, by=clara, reason="Again", at=timezone.now())
    with pytest.raises(registrations.NotOpen):
        world.register(event)


def test_calling_off_needs_a_reason() -> None:
    event, clara = world.event(), factories.member("Clara")
    with pytest.raises(events.ReasonMissing):
        events.cancel(event=event, by=clara, reason=" ", at=timezone.now())
    assert BrandEvent.objects.get().cancelled_at is None


def test_everybody_with_a_seat_is_reminded_once() -> None:
    event = world.event(capacity=1)
    for name in ("Ada", "Bea"):
        world.register(event, factories.member(name))
    day_before = event.starts_at - 23 * HOUR

    assert events.remind(at=event.starts_at - 25 * HOUR) == 0
    assert (events.remind(at=day_before), events.remind(at=day_before)) == (1, 0)
    assert told("event.soon") == ["Ada"]
    assert Registration.objects.get(member__display_name="Ada").reminded_at == day_before
