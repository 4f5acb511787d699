"""The pages of events: who sees what, seats by form, the door, calendars."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import qrcode
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from ambassadors.models import BrandEvent, Registration
from ambassadors.queries import feeds as feed_queries
from ambassadors.queries import tickets
from ambassadors.services import events, feeds, registrations, scans
from community.models import Member, Role
from tests import factories
from tests.ambassadors import event_world as world
from tests.community.views.test_costs import SHELL

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Member], Client]
HOUR = timedelta(hours=1)


def tonight(**fields: Any) -> BrandEvent:
    """An event whose doors are open."""
    now = timezone.now()
    return world.event(starts_at=now + 2 * HOUR, ends_at=now + 4 * HOUR, closes_at=now + HOUR, **fields)


@pytest.mark.parametrize(
    ("who", "fields", "status"),
    [
        ("stranger", {}, 200),
        ("member", {}, 200),
        ("stranger", {"is_public": False}, 404),
        ("member", {"is_public": False}, 404),
        ("ambassador", {"is_public": False}, 404),
        ("agent", {"is_public": False}, 200),
        ("stranger", {"audience": "ambassadors"}, 404),
        ("member", {"audience": "ambassadors"}, 404),
        ("ambassador", {"audience": "ambassadors"}, 200),
        ("manager", {"audience": "ambassadors"}, 200),
    ],
)
def test_who_sees_which_event(who: str, fields: dict[str, Any], status: int, client_for: ClientFor) -> None:
    event = world.event(**fields)
    client = Client() if who == "stranger" else client_for(_somebody(who))
    listed = event.is_public and status == 200
    assert client.get(event.get_absolute_url()).status_code == status
    assert client.get(f"{event.get_absolute_url()}event.ics").status_code == status
    assert (event.get_absolute_url() in client.get("/events/").content.decode()) == listed


def _somebody(who: str) -> Member:
    return factories.member("Somebody", *([] if who == "member" else [Role(who)]))


@pytest.mark.parametrize(
    ("who", "status"), [("stranger", 302), ("member", 404), ("ambassador", 404), ("agent", 200), ("manager", 200)]
)
def test_only_the_brand_stands_at_the_door(who: str, status: int, client_for: ClientFor) -> None:
    event = tonight()
    ticket = world.register(event)
    client = Client() if who == "stranger" else client_for(_somebody(who))
    door = f"{event.get_absolute_url()}check-in/"
    assert client.get(door).status_code == status
    taken = client.post(door, {"code": tickets.code_of(ticket)})
    assert taken.status_code == (303 if status == 200 else status)
    ticket.refresh_from_db()
    assert ticket.state == ("attended" if status == 200 else "registered")


def test_a_seat_is_taken_and_given_back_by_form(member: Member, client_for: ClientFor) -> None:
    event, client = world.event(capacity=1), client_for(member)

    page = client.post(f"{event.get_absolute_url()}register/", follow=True).content.decode()
    assert tickets.code_of(Registration.objects.get()) in page
    assert world.counters(event) == (1, 0)

    client.post(f"{event.get_absolute_url()}cancel/")
    assert world.counters(event) == (0, 0)


def test_the_queue_says_the_place(member: Member, client_for: ClientFor) -> None:
    event, client = world.event(capacity=1), client_for(member)
    for _ in range(2):
        world.register(event)
    page = client.post(f"{event.get_absolute_url()}register/", follow=True).content.decode()
    assert "You are number 2 on the waiting list." in page


def test_the_link_to_take_part_is_for_those_with_a_seat(member: Member, client_for: ClientFor) -> None:
    event = world.event(place="", link="https://meet.example.com/secret", capacity=1)
    queued, seated = client_for(member), factories.member("Ada")
    world.register(event, seated)
    world.register(event, member)
    for path in (event.get_absolute_url(), f"{event.get_absolute_url()}event.ics", "/events/", "/api/v1/events/"):
        assert "meet.example.com" not in queued.get(path).content.decode()
    assert "meet.example.com" in client_for(seated).get(event.get_absolute_url()).content.decode()


def test_a_second_check_in_says_when_and_by_whom(client_for: ClientFor) -> None:
    event, ben = tonight(), factories.member("Ben Okafor", Role.AGENT)
    ticket = world.register(event, factories.member("Ada"))
    registrations.check_in(registration=ticket, by=ben, at=timezone.now())
    clara = client_for(factories.member("Clara", Role.MANAGER))

    again = clara.post(f"{event.get_absolute_url()}check-in/", {"code": tickets.code_of(ticket)})

    assert again.status_code == 409
    assert "Ada" in again.content.decode()
    assert "Ben Okafor" in again.content.decode()


def test_a_scanned_picture_asks_before_it_lets_in(client_for: ClientFor) -> None:
    event = tonight()
    ticket = world.register(event, factories.member("Ada"))
    ben = client_for(factories.member("Ben", Role.AGENT))
    door = f"{event.get_absolute_url()}check-in/"

    page = ben.get(door, {"code": tickets.code_of(ticket)})

    ticket.refresh_from_db()
    assert (page.status_code, "Ada" in page.content.decode(), ticket.state) == (200, True, "registered")


@pytest.mark.parametrize("code", ["1-0000000000", "nonsense", "9" * 30 + "-ABCDEF0123", "{other}", "{pk}-"])
def test_no_other_code_lets_in(code: str, client_for: ClientFor) -> None:
    event, other = tonight(), world.register(tonight())
    ticket = world.register(event)
    ben = client_for(factories.member("Ben", Role.AGENT))
    said = code.format(other=tickets.code_of(other), pk=ticket.pk)

    answer = ben.post(f"{event.get_absolute_url()}check-in/", {"code": said})

    assert answer.status_code == 422
    assert set(Registration.objects.values_list("state", flat=True)) == {"registered"}


def picture(text: str = "", kind: str = "JPEG") -> SimpleUploadedFile:
    """What a camera sees: a code on a table, or the table."""
    seen = Image.new("L", (400, 400), 90)
    if text:
        seen.paste(qrcode.make(text, box_size=6).convert("L").resize((260, 260)), (70, 70))
    out = BytesIO()
    seen.save(out, kind)
    return SimpleUploadedFile("frame", out.getvalue())


@pytest.mark.parametrize(
    ("frame", "read"),
    [
        (
            lambda: picture("https://c.example/events/x/check-in/?code=1-AB"),
            "https://c.example/events/x/check-in/?code=1-AB",
        ),
        (picture, ""),
        (lambda: picture("1-AB", "GIF"), ""),
        (lambda: SimpleUploadedFile("frame", b"no picture"), ""),
        (lambda: SimpleUploadedFile("frame", picture("1-AB").read()[:900]), ""),
        (lambda: SimpleUploadedFile("frame", bytes(scans.MOST_BYTES + 1)), ""),
    ],
)
def test_the_camera_reads_codes_and_nothing_else(
    frame: Callable[[], SimpleUploadedFile], read: str, client_for: ClientFor
) -> None:
    event = tonight()
    ben = client_for(factories.member("Ben", Role.AGENT))

    answer = ben.post(f"{event.get_absolute_url()}check-in/read/", {"frame": frame()})

    assert (answer.status_code, answer.json()) == (200, {"code": read})


@pytest.mark.parametrize(
    ("who", "status"), [("stranger", 302), ("member", 404), ("ambassador", 404), ("agent", 200), ("manager", 200)]
)
def test_only_the_brand_has_a_camera_at_the_door(who: str, status: int, client_for: ClientFor) -> None:
    event = tonight()
    ticket = world.register(event)
    client = Client() if who == "stranger" else client_for(_somebody(who))
    answer = client.post(f"{event.get_absolute_url()}check-in/read/", {"frame": picture(tickets.code_of(ticket))})
    assert answer.status_code == status
    ticket.refresh_from_db()
    assert ticket.state == "registered"


def test_without_a_picture_there_is_nothing_to_read(client_for: ClientFor) -> None:
    ben = client_for(factories.member("Ben", Role.AGENT))
    assert ben.post(f"{tonight().get_absolute_url()}check-in/read/", {"frame": "text"}).status_code == 422


def test_the_list_at_the_door_lets_in_and_takes_back(client_for: ClientFor) -> None:
    event = tonight()
    ticket = world.register(event)
    ben = client_for(factories.member("Ben", Role.AGENT))
    row = f"{event.get_absolute_url()}check-in/{ticket.pk}/"
    states = []
    for body in ({}, {"undo": "1"}):
        ben.post(row, body)
        ticket.refresh_from_db()
        states.append(ticket.state)
    assert states == ["attended", "registered"]


def test_a_feed_holds_what_one_registered_for_and_ends_with_its_address(member: Member) -> None:
    seated, queued, gone = world.event(), world.event(capacity=1), world.event()
    world.register(queued)
    for event in (seated, queued, gone):
        world.register(event, member)
    world.event()
    registrations.cancel(event=gone, member=member, at=timezone.now())
    events.cancel(event=seated, by=seated.host, reason="Ill", at=timezone.now())
    feed = feeds.renew(member=member, at=timezone.now())
    address = f"/events/calendar/{feed_queries.token_of(feed)}/events.ics"

    answer = Client().get(address)

    found = {str(one["uid"]).partition("@")[0]: str(one["status"]) for one in Calendar.from_ical(answer.content).events}
    assert found == {f"event-{seated.pk}": "CANCELLED", f"event-{queued.pk}": "TENTATIVE"}
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    feeds.renew(member=member, at=timezone.now())
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("token", ["x", "1-" + "0" * 64, "9" * 19 + "-" + "0" * 64])
def test_nobody_guesses_a_feed(token: str, member: Member) -> None:
    feeds.renew(member=member, at=timezone.now())
    assert Client().get(f"/events/calendar/{token}/events.ics").status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_and_the_door_cost_the_same_however_long(
    rows: int, member: Member, client_for: ClientFor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    host = factories.member("Clara", Role.MANAGER)
    for _ in range(rows):
        world.register(world.event(host=host), member)
    full = tonight(host=host, capacity=40)
    for guest in factories.many(factories.member, rows):
        world.register(full, guest)
    visitor, reader, clara = Client(), client_for(member), client_for(host)
    pages = [
        (visitor, "/events/", 1),
        (reader, "/events/", 7 + SHELL),
        (reader, full.get_absolute_url(), 6 + SHELL),
        (clara, f"{full.get_absolute_url()}check-in/", 4 + SHELL),
    ]
    for client, path, queries in pages:
        client.get(path)
        with django_assert_num_queries(queries, info=f"{rows} rows at {path}"):
            client.get(path)
