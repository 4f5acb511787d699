"""One deed from the browser to a badge: ask, answer, vote, accept, and what the helper's open tab tells."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from community.models import Member, Notification, Product, Thread
from community.services import notifications
from tests import factories
from tests.journeys.world import connected, worked_off

Open = Callable[..., Page]

TITLE = "Is the Aurora quiet enough for a flat with thin walls?"
ANSWER = "Yes. Mine stands on a **cork mat**:\n\n1. warm up\n2. grind the evening before"


@pytest.fixture
def lena(transactional_db: None) -> Member:
    """The customer who asks."""
    return factories.member("Lena Sommer")


@pytest.fixture
def mara(transactional_db: None) -> Member:
    """The ambassador who answers."""
    return factories.ambassador("Mara Lindqvist")


@pytest.fixture
def aurora(transactional_db: None) -> Product:
    """What the question is about."""
    return factories.product("aurora-s1", name="Aurora S1")


def ask(page: Page, title: str) -> None:
    """Fill in the form of a question and post it."""
    page.goto("/threads/new/")
    page.get_by_label("Your question").fill(title)
    page.get_by_text("Aurora S1", exact=True).click()
    page.get_by_text("Before you buy", exact=True).click()
    page.get_by_role("button", name="Ask the community").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


@pytest.mark.smoke
def test_a_question_becomes_a_badge_in_the_helpers_open_tab(
    open_browser: Open, lena: Member, mara: Member, aurora: Product
) -> None:
    asker = open_browser(lena)
    ask(asker, TITLE)
    thread = Thread.objects.get(title=TITLE)

    helper = open_browser(mara)
    helper.goto(thread.get_absolute_url())
    expect(helper.get_by_role("heading", name="0 answers")).to_be_visible()
    helper.get_by_role("textbox", name="Your answer").fill(ANSWER)
    helper.get_by_role("button", name="Post answer").click()
    expect(helper.locator(".answer .prose strong")).to_have_text("cork mat")

    # Lena's tab was open all the time: it says so and shows the answer without a reload.
    expect(asker.get_by_role("heading", name="1 answer")).to_be_visible()
    asker.get_by_role("link", name="Show").click()
    asker.get_by_role("button", name="Helpful").click()
    expect(asker.get_by_role("button", name="Helpful 1")).to_have_attribute("aria-pressed", "true")
    asker.get_by_role("button", name="That answers it").click()
    expect(asker.locator(".answer--accepted")).to_contain_text("This solved it for Lena Sommer")

    # Mara's open tab: the mark without a reload, and the badge with its reason within two seconds.
    earned = helper.locator("dialog.earned")
    expect(earned).to_be_visible(timeout=2_000)
    expect(helper.locator(".answer--accepted")).to_contain_text("cork mat", timeout=2_000)
    expect(helper.get_by_text("Solved", exact=True).first).to_be_visible()

    earned.get_by_role("link", name="See your badges").click()
    expect(helper.get_by_role("heading", name="Mara Lindqvist")).to_be_visible()
    expect(helper.locator(".badge .medal:not([data-state])").first).to_be_visible()
    helper.get_by_role("link", name="Every entry of your ledger").click()
    helper.get_by_role("link", name="Your answer solved a question.").first.click()
    expect(helper.get_by_role("link", name=TITLE)).to_be_visible()


@pytest.mark.smoke
def test_points_without_a_badge_are_told_by_a_toast_in_every_open_tab(
    open_browser: Open, lena: Member, mara: Member
) -> None:
    factories.accepted_answer(factories.thread(lena), mara)
    worked_off()
    notifications.mark_shown(member=mara, ids=_told(mara), at=timezone.now())
    thread = factories.thread(lena, title="Why does my grinder clump in winter?")
    answer = factories.answer(thread, mara)
    worked_off()
    first, second = open_browser(mara), open_browser(mara)
    for page, address in ((first, "/threads/"), (second, "/search/?q=grinder+winter")):
        page.goto(address)
        connected(page)
    asker = open_browser(lena)
    asker.goto(thread.get_absolute_url())
    asker.get_by_role("button", name="That answers it").click()
    for page in (first, second):
        expect(page.locator(".toast", has_text="Why?")).to_be_visible(timeout=2_000)
        expect(page.locator(".qrow", has_text=thread.title).get_by_text("Solved")).to_be_visible(timeout=2_000)
    first.locator(".toast", has_text="Why?").get_by_role("link", name="Why?").click()
    expect(first.get_by_role("link", name=answer.thread.title)).to_be_visible()


def _told(member: Member) -> list[int]:
    return list(Notification.objects.filter(member=member).values_list("pk", flat=True))


def test_while_she_types_a_title_she_sees_what_others_asked(open_browser: Open, lena: Member) -> None:
    factories.accepted_answer(factories.thread(title="How often should I descale the Aurora?"))
    page = open_browser(lena)
    page.goto("/threads/new/")
    page.get_by_label("Your question").press_sequentially("How often do I have to desc", delay=5)
    similar = page.locator("#similar")
    expect(similar).to_contain_text("How often should I descale the Aurora?")
    expect(similar).to_contain_text("Solved")


def test_a_tab_that_was_away_catches_up_once(open_browser: Open, lena: Member, mara: Member) -> None:
    answer = factories.answer(factories.thread(lena), mara)
    worked_off()
    client = Client()
    client.force_login(lena, backend="django.contrib.auth.backends.ModelBackend")
    accepted = client.post(f"/threads/{answer.thread_id}/answers/{answer.pk}/accept/")
    assert accepted.status_code in (302, 303)
    worked_off()
    page = open_browser(mara)
    page.goto("/threads/")
    expect(page.locator("dialog.earned")).to_be_visible()
    page.locator("dialog.earned").get_by_role("button", name="Close").click()
    page.reload()
    connected(page)
    expect(page.locator("dialog.earned")).to_have_count(0)


def test_a_signed_out_session_loses_its_socket(open_browser: Open, lena: Member) -> None:
    first = open_browser(lena)
    first.goto("/threads/")
    connected(first)
    second = first.context.new_page()
    second.goto("/accounts/logout/")
    second.get_by_role("main").get_by_role("button", name="Sign out").click()
    expect(first.get_by_text("signed out")).to_be_visible(timeout=5_000)
