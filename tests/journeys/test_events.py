"""An evening, from the phone of a guest to the phone at the door."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from community.models import Role
from tests import factories
from tests.ambassadors import event_world

Open = Callable[..., Page]
PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.mark.smoke
def test_a_seat_a_ticket_and_the_door(open_browser: Open, transactional_db: None) -> None:
    now = timezone.now()
    event = event_world.event(
        starts_at=now + timedelta(hours=2), ends_at=now + timedelta(hours=4), closes_at=now + timedelta(hours=1)
    )
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
