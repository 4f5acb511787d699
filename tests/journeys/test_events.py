"""An evening, from the phone of a guest to the phone at the door."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.utils import timezone
from PIL import Image, ImageFilter
from playwright.sync_api import Browser, Page, expect

from ambassadors.models import BrandEvent
from community.models import Role
from tests import factories
from tests.ambassadors import event_world
from tests.journeys import axe
from tests.journeys.conftest import CHROMIUM

Open = Callable[..., Page]
Launch = Callable[..., Browser]
PHONE = {"viewport": {"width": 390, "height": 844}}
#: What the camera of Chromium without one shows in a second.
FRAMES = 30


def tonight() -> BrandEvent:
    """An event whose doors are open."""
    now = timezone.now()
    return event_world.event(
        starts_at=now + timedelta(hours=2), ends_at=now + timedelta(hours=4), closes_at=now + timedelta(hours=1)
    )


@pytest.mark.smoke
def test_a_seat_a_ticket_and_the_door(open_browser: Open, transactional_db: None) -> None:
    event = tonight()
    guest = open_browser(factories.member("Lena Sommer"), **PHONE)
    guest.goto(event.get_absolute_url())
    guest.get_by_role("button", name="Save my place").click()
    expect(guest.get_by_role("img", name="Your ticket for the door")).to_be_visible()
    code = guest.locator("#ticket code").inner_text()

    door = open_browser(factories.member("Ben Okafor", Role.AGENT), **PHONE)
    door.goto(f"{event.get_absolute_url()}check-in/?code={code}")
    door.locator(".check-in__ticket").get_by_role("button", name="Let in").click()
    expect(door.get_by_text("Lena Sommer is in.")).to_be_visible()
    door.get_by_label("Code of the ticket").fill(code)
    door.locator("form.check-in").get_by_role("button", name="Let in").click()
    expect(door.get_by_role("alert")).to_contain_text("This ticket was used already")
    expect(door.get_by_role("alert")).to_contain_text("Ben Okafor")

    guest.reload()
    expect(guest.get_by_text("You are checked in.")).to_be_visible()


def test_a_camera_lets_in_one_guest_after_the_other(
    open_browser: Open, launch_browser: Launch, tmp_path: Path, transactional_db: None
) -> None:
    event, shown = tonight(), []
    for name, scheme in (("Lena Sommer", "light"), ("Aylin Demir", "dark")):
        member = factories.member(name)
        event_world.register(event, member)
        guest = open_browser(member, color_scheme=scheme, **PHONE)
        guest.goto(event.get_absolute_url())
        shown.append(guest.get_by_role("img", name="Your ticket for the door").screenshot())

    with camera(launch_browser, tmp_path, shown) as with_camera:
        door = open_browser(factories.member("Ben Okafor", Role.AGENT), through=with_camera, **PHONE)
        door.goto(f"{event.get_absolute_url()}check-in/")
        door.get_by_role("button", name="Scan tickets").click()
        expect(door.locator(".check-in__count")).to_contain_text("2 of 2 are in")
        expect(door.locator("#guests").get_by_role("button", name="Take back")).to_have_count(2)
        # The film begins anew: who shows a ticket again is told so, and nobody is let in twice.
        expect(door.get_by_role("alert")).to_contain_text("This ticket was used already")
        assert axe.violations(door) == []
        door.get_by_role("button", name="Scan tickets").click()
        expect(door.locator("video")).to_be_hidden()
    assert event_world.guests(event) == {"Lena Sommer": "attended", "Aylin Demir": "attended"}


def test_where_no_camera_may_be_used_the_door_says_what_else_there_is(
    open_browser: Open, transactional_db: None
) -> None:
    door = open_browser(factories.member("Ben Okafor", Role.AGENT), **PHONE)
    door.goto(f"{tonight().get_absolute_url()}check-in/")
    door.get_by_role("button", name="Scan tickets").click()
    expect(door.get_by_text("The camera cannot be used here.")).to_be_visible()
    expect(door.get_by_role("button", name="Scan tickets")).to_be_enabled()


@contextmanager
def camera(launch: Launch, folder: Path, tickets: list[bytes]) -> Iterator[Browser]:
    """A browser whose camera sees these tickets, one after the other with nothing in between, again and again."""
    film = folder / "door.mjpeg"
    film.write_bytes(b"".join(2 * FRAMES * held_up(ticket) + 2 * FRAMES * held_up(None) for ticket in tickets))
    browser = launch(
        args=[
            *CHROMIUM,
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={film}",
        ]
    )
    try:
        yield browser
    finally:
        browser.close()


def held_up(ticket: bytes | None) -> bytes:
    """One picture of the camera: a ticket held not quite straight and not quite in focus, or nobody."""
    seen = Image.new("RGB", (640, 480), "dimgrey")
    if ticket:
        with Image.open(BytesIO(ticket)) as image:
            turned = image.convert("RGB").resize((280, 280)).rotate(8, expand=True, fillcolor="dimgrey")
        seen.paste(turned, (160, 80))
    out = BytesIO()
    seen.filter(ImageFilter.GaussianBlur(1)).save(out, "JPEG", quality=70)
    return out.getvalue()
