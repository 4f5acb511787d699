"""Telling: one line for many answers, cleared in every tab; the bell in place; the way out of a mail."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from community.models import Member, Thread
from community.queries import channels as queries
from community.services import channels
from tests import factories
from tests.journeys.world import connected, worked_off

Open = Callable[..., Page]


@pytest.fixture
def lena(transactional_db: None) -> Member:
    """The customer who asked."""
    return factories.member("Lena Sommer")


@pytest.fixture
def thread(lena: Member) -> Thread:
    """What she asked."""
    return factories.thread(lena, title="Which grind for a moka pot?")


@pytest.mark.smoke
def test_many_answers_are_one_line_and_reading_them_in_one_tab_clears_the_other(
    open_browser: Open, lena: Member, thread: Thread
) -> None:
    page = open_browser(lena)
    page.goto("/products/")
    other = page.context.new_page()
    other.goto("/products/")
    connected(page)
    connected(other)
    for name in ("Mara Lindqvist", "Ben Vogt", "Ida Holm"):
        factories.answer(thread, factories.member(name))
    worked_off()
    bell = page.locator(".topbar [data-unread]")
    expect(bell).to_have_text("1")
    page.get_by_role("button", name="Notifications").click()
    line = page.locator("#bell-menu").get_by_role("link", name="Ida Holm and 2 others answered")
    expect(line).to_be_visible()
    line.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(thread.title)
    expect(other.locator(".topbar [data-unread]")).to_be_hidden()


def test_a_mail_ends_with_one_button_without_a_log_in_or_javascript(open_browser: Open, lena: Member) -> None:
    page = open_browser(java_script_enabled=False)
    page.goto(f"/unsubscribe/{channels.token(lena, 'answers')}/")
    page.get_by_role("button", name="End these e-mails").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Done")
    assert {choice.group.name: choice.channel for choice in queries.of(lena)}["answers"] == "in_app"
