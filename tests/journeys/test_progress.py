"""Who does not want to be compared hides from boards with one click, and comes back with another."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone
from playwright.sync_api import Page, expect

from community.models import Notification
from tests import factories
from tests.journeys.world import worked_off

Open = Callable[..., Page]


def test_she_hides_from_the_board_and_keeps_her_place(open_browser: Open, transactional_db: None) -> None:
    mara = factories.member("Mara Lindqvist")
    factories.accepted_answer(author=mara)
    worked_off()
    # The badge was seen before: its dialog would stand in front of the page.
    Notification.objects.update(shown_at=timezone.now())

    own, visitor = open_browser(mara), open_browser()
    own.goto("/leaderboard/?span=month")
    own.get_by_role("button", name="Hide me").click()
    expect(own.get_by_text("You are hidden from leaderboards")).to_be_visible()
    expect(own.get_by_text("Only you see this.")).to_be_visible()
    visitor.goto("/leaderboard/?span=month")
    expect(visitor.get_by_role("heading", name="Thank you, top helpers")).to_be_visible()
    expect(visitor.get_by_text("Mara Lindqvist")).to_have_count(0)

    own.get_by_role("button", name="Show me again").click()
    expect(own.get_by_text("You are shown on leaderboards")).to_be_visible()
    visitor.goto("/leaderboard/?span=month")
    expect(visitor.get_by_role("link", name="Mara Lindqvist")).to_be_visible()
