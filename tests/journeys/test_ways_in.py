"""Ways into the product: as a newcomer, by keyboard only, on a phone, without JavaScript, in German."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from community.models import Answer, Member, Product, Thread
from tests import factories

Open = Callable[..., Page]
PASSWORD = "rather-long-and-odd-42"


@pytest.fixture
def aurora(transactional_db: None) -> Product:
    """What the questions are about."""
    return factories.product("aurora-s1", name="Aurora S1")


@pytest.mark.smoke
def test_a_newcomer_signs_up_confirms_the_address_and_asks(open_browser: Open, aurora: Product) -> None:
    page = open_browser()
    page.goto("/")
    page.get_by_role("link", name="Ask a question").first.click()
    page.get_by_role("link", name="Sign up").first.click()
    page.get_by_label("Display name").fill("Nora Neu")
    page.get_by_label("Email").fill("nora@example.com")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign up").click()
    page.wait_for_url("**/confirm-email/")
    (message,) = mail.outbox
    link = re.search(r"http://\S+/confirm-email/\S+/", str(message.body))
    assert link is not None
    page.goto(link[0])
    page.get_by_role("main").get_by_role("button", name="Confirm").click()
    member = Member.objects.get(email="nora@example.com")
    assert (member.handle, member.display_name, member.language) == ("nora-neu", "Nora Neu", "en")

    page.goto("/threads/new/")
    if "/login/" in page.url:
        page.get_by_label("Email").fill("nora@example.com")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Sign in").first.click()
    page.get_by_label("Your question").fill("Which machine for two espressi a day?")
    page.get_by_text("Before you buy", exact=True).click()
    page.get_by_role("button", name="Ask the community").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Which machine for two espressi a day?")


def test_a_mistake_is_explained_and_no_text_is_lost(open_browser: Open, aurora: Product) -> None:
    page = open_browser(factories.member())
    page.goto("/threads/new/")
    page.get_by_label("Your question").fill("Too short")
    page.get_by_label("Details").fill("A long explanation that took me ten minutes.")
    page.get_by_text("Before you buy", exact=True).click()
    page.get_by_role("button", name="Ask the community").click()
    title = page.get_by_label("Your question")
    expect(title).to_have_attribute("aria-invalid", "true")
    expect(title).to_have_value("Too short")
    expect(page.get_by_label("Details")).to_have_value("A long explanation that took me ten minutes.")
    assert Thread.objects.count() == 0


def test_everything_works_by_keyboard(open_browser: Open, aurora: Product) -> None:
    asker = factories.member("Lena Sommer")
    page = open_browser(asker)
    page.goto("/threads/new/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to content")
    page.keyboard.press("Enter")
    tab_to(page, "input[name=title]")
    page.keyboard.type("Can I reach all of it by keyboard?")
    tab_to(page, "input[name=phase]")
    page.keyboard.press("Space")
    tab_to(page, "textarea[name=body]")
    page.keyboard.type("No mouse here.")
    tab_to(page, "main button:has-text('Ask the community')")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Can I reach all of it by keyboard?")

    thread = Thread.objects.get()
    factories.answer(thread)
    page.reload()
    tab_to(page, "main button:has-text('Helpful')")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Helpful 1")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(":focus")).to_contain_text("Helpful")
    tab_to(page, "main button:has-text('That answers it')")
    page.keyboard.press("Enter")
    expect(page.locator(".answer--accepted")).to_be_visible()


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on an element that matches ``selector``."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"Tab never reached {selector}")


def test_on_a_phone_the_ask_button_is_under_the_thumb(open_browser: Open, aurora: Product) -> None:
    page = open_browser(factories.member(), viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.goto("/")
    page.get_by_role("navigation", name="Quick access").get_by_role("link", name="Ask").tap()
    page.get_by_label("Your question").fill("Does it fit under a low cupboard?")
    page.get_by_text("Before you buy", exact=True).tap()
    page.get_by_role("button", name="Ask the community").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("Does it fit under a low cupboard?")
    page.get_by_role("textbox", name="Your answer").fill("It does, 36 cm.")
    page.get_by_role("button", name="Post answer").tap()
    expect(page.locator(".answer")).to_contain_text("It does, 36 cm.")


def test_without_javascript_one_can_ask_answer_vote_and_accept(open_browser: Open, aurora: Product) -> None:
    lena, mara = factories.member("Lena Sommer"), factories.ambassador("Mara Lindqvist")
    asker, helper = open_browser(lena, java_script_enabled=False), open_browser(mara, java_script_enabled=False)
    asker.goto("/threads/new/")
    asker.get_by_label("Your question").fill("Does it all work without scripts?")
    asker.get_by_text("After purchase", exact=True).click()
    asker.get_by_role("button", name="Ask the community").click()
    helper.goto(asker.url)
    helper.get_by_role("textbox", name="Your answer").fill("It **does**.")
    helper.get_by_role("button", name="Post answer").click()
    expect(helper.locator(".answer strong").last).to_have_text("does")
    asker.reload()
    asker.get_by_role("button", name="Helpful").click()
    expect(asker.get_by_role("button", name="Helpful 1")).to_be_visible()
    asker.get_by_role("button", name="That answers it").click()
    expect(asker.locator(".answer--accepted")).to_be_visible()
    answer = Answer.objects.get()
    assert (answer.score, answer.thread.accepted_answer_id) == (1, answer.pk)


def test_a_double_click_posts_once(open_browser: Open, aurora: Product) -> None:
    thread = factories.thread()
    page = open_browser(factories.member())
    page.goto(thread.get_absolute_url())
    page.get_by_role("textbox", name="Your answer").fill("Only once, please.")
    page.get_by_role("button", name="Post answer").dblclick()
    expect(page.locator(".answer")).to_have_count(1)
    assert Answer.objects.count() == 1


def test_the_same_in_german(open_browser: Open, aurora: Product) -> None:
    page = open_browser(factories.member("Lena Sommer", language="de"))
    page.goto("/threads/new/")
    page.get_by_label("Deine Frage").fill("Passt die Aurora unter einen Hängeschrank?")
    page.get_by_text("Vor dem Kauf", exact=True).click()
    page.get_by_role("button", name="Community fragen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Passt die Aurora unter einen Hängeschrank?")
    expect(page.get_by_role("heading", name="0 Antworten")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "de")
