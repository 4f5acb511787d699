"""Reading on where one stopped, and answers that arrive while one writes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from community.models import Follow, Member, Role, Thread
from tests import factories
from tests.journeys.world import connected, worked_off

Open = Callable[..., Page]
WRITTEN = "Half of what I want to say"


@pytest.fixture
def lena(transactional_db: None) -> Member:
    """Who reads and writes."""
    return factories.member("Lena Sommer")


@pytest.fixture
def thread(lena: Member) -> Thread:
    """Her question, with one answer."""
    asked = factories.thread(lena)
    factories.answer(asked, body="One mark coarser.")
    return asked


def test_answers_that_arrive_while_writing_wait_below_and_the_text_stays(
    open_browser: Open, lena: Member, thread: Thread
) -> None:
    page = open_browser(lena)
    page.goto(thread.get_absolute_url())
    connected(page)
    page.get_by_role("textbox", name="Your answer").fill(WRITTEN)
    first, second = (factories.answer(thread, body=f"Answer number {number}.") for number in (2, 3))

    expect(page.get_by_text("2 new answers")).to_be_visible()
    expect(page.locator(f"#answer-{first.pk}")).to_have_count(0)
    page.get_by_role("link", name="Show", exact=True).click()

    expect(page.locator(f"#answer-{first.pk}")).to_be_focused()
    expect(page.locator(f"#answer-{second.pk}")).to_be_visible()
    expect(page.get_by_text("2 new answers")).to_be_hidden()
    expect(page.get_by_role("textbox", name="Your answer")).to_have_value(WRITTEN)

    factories.answer(thread, body="Answer number 4.")
    expect(page.get_by_text("1 new answer", exact=True)).to_be_visible()
    worked_off()


def test_a_list_leads_to_the_line_above_what_is_new_and_a_menu_silences_the_thread(
    open_browser: Open, lena: Member, thread: Thread
) -> None:
    page = open_browser(lena)
    page.goto(thread.get_absolute_url())
    factories.answer(thread, body="Half a mark is enough.")
    page.goto("/threads/")
    page.get_by_role("link", name=thread.title).click()
    expect(page.locator("#unread")).to_be_visible()
    expect(page.locator("#unread + .answer")).to_contain_text("Half a mark is enough.")

    page.get_by_role("button", name="Following").click()
    page.get_by_role("button", name="Off").click()
    expect(page.get_by_role("button", name="Muted")).to_be_visible()
    assert Follow.objects.get(member=lena, thread=thread).level == "off"
    worked_off()


def test_a_moderator_merges_two_questions_and_the_old_address_leads_on(open_browser: Open, thread: Thread) -> None:
    into = factories.thread(title="How coarse do you grind for a moka pot?")
    page = open_browser(factories.member("Clara Holm", Role.MODERATOR))
    page.goto(f"/threads/{thread.pk}/merge/")
    page.get_by_label("Address or number of the other question").fill(f"https://kaffee.example/threads/{into.pk}/how/")
    page.get_by_role("button", name="Compare both").first.click()
    expect(page.get_by_text("This cannot be undone.")).to_be_visible()
    page.get_by_role("button", name="Merge for good").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(into.title)
    expect(page.get_by_text("One mark coarser.")).to_be_visible()
    page.goto(f"/threads/{thread.pk}/")
    expect(page.get_by_role("heading", level=1)).to_have_text(into.title)
    worked_off()
