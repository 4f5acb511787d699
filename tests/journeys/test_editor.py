"""Writing: nothing typed is lost, people and pictures come into the text, and what was can be seen again."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from community.models import Answer, Draft, Idea, Member, Notification, Thread
from tests import factories
from tests.journeys import axe
from tests.journeys.world import worked_off

Open = Callable[..., Page]
SAVED = "Draft saved"


@pytest.fixture
def mara(transactional_db: None) -> Member:
    """The ambassador who answers."""
    return factories.ambassador("Mara Lindqvist")


@pytest.fixture
def thread(transactional_db: None) -> Thread:
    """The question of Lena that she answers."""
    return factories.thread(factories.member("Lena Sommer"))


def composer(page: Page, thread: Thread) -> None:
    """Open the thread and stand in its composer."""
    page.goto(thread.get_absolute_url())
    page.get_by_role("textbox", name="Your answer").click()


def test_an_answer_waits_in_the_browser_of_who_was_signed_out(open_browser: Open, mara: Member, thread: Thread) -> None:
    page = open_browser(mara)
    composer(page, thread)
    name = settings.SESSION_COOKIE_NAME
    session = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == name)
    page.context.clear_cookies(name=name)
    page.keyboard.type("Take it coarser")
    page.get_by_role("button", name="Post answer").click()
    expect(page.get_by_text("You were signed out.")).to_be_visible()
    expect(page.get_by_role("textbox", name="Your answer")).to_have_value("Take it coarser")
    page.context.add_cookies([{"name": name, "value": session, "url": page.url}])
    page.reload()
    expect(page.get_by_role("textbox", name="Your answer")).to_have_value("Take it coarser")


def write_an_idea_and_lose_the_session(page: Page) -> None:
    page.goto("/ideas/new/")
    page.get_by_label("Your idea").fill("A lid for the bean box")
    page.get_by_label("What would be better with it?").fill("It would keep them fresh.")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)


def test_a_text_without_a_draft_is_back_after_signing_in(open_browser: Open, transactional_db: None) -> None:
    lena = factories.member("Lena Sommer")
    page = open_browser(lena)
    write_an_idea_and_lose_the_session(page)
    with page.expect_response(lambda response: response.url.endswith("box!")) as looked_up:
        page.get_by_label("Your idea").fill("A lid for the bean box!")
    assert looked_up.value.status == 204
    page.get_by_role("button", name="Propose it").click()
    page.get_by_label("Email").fill(lena.email)
    page.get_by_label("Password", exact=True).fill(factories.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").first.click()
    expect(page.get_by_label("Your idea")).to_have_value("A lid for the bean box!")
    page.get_by_role("button", name="Propose it").click()
    expect(page.get_by_role("heading", name="A lid for the bean box!")).to_be_visible()
    assert Idea.objects.get().body == "It would keep them fresh."
    page.goto("/ideas/new/")
    expect(page.get_by_label("Your idea")).to_have_value("")


def test_a_text_is_back_although_the_scripts_of_the_sign_in_page_were_late(
    open_browser: Open, transactional_db: None
) -> None:
    lena = factories.member("Lena Sommer")
    page = open_browser(lena)
    write_an_idea_and_lose_the_session(page)
    page.route("**/*.js", lambda script: script.abort())
    page.get_by_role("button", name="Propose it").click()
    page.get_by_label("Email").fill(lena.email)
    page.get_by_label("Password", exact=True).fill(factories.PASSWORD)
    page.unroute("**/*.js")
    page.get_by_role("main").get_by_role("button", name="Sign in").first.click()
    expect(page.get_by_label("Your idea")).to_have_value("A lid for the bean box")


def test_a_draft_survives_a_closed_tab_a_lost_connection_and_another_tab(
    open_browser: Open, mara: Member, thread: Thread
) -> None:
    first = open_browser(mara)
    composer(first, thread)
    first.keyboard.type("Take it coarser")
    expect(first.get_by_text(SAVED)).to_be_visible()
    second = first.context.new_page()
    first.close()

    composer(second, thread)
    expect(second.get_by_role("textbox", name="Your answer")).to_have_value("Take it coarser")
    second.context.set_offline(True)
    second.keyboard.press("Control+End")
    second.keyboard.type(" than espresso.")
    expect(second.get_by_text("Not saved yet.")).to_be_visible()
    second.context.set_offline(False)
    expect(second.get_by_text(SAVED)).to_be_visible()
    assert Draft.objects.get().content == {"body": "Take it coarser than espresso."}

    third = second.context.new_page()
    composer(third, thread)
    third.keyboard.press("Control+End")
    third.keyboard.type(" From the third.")
    expect(third.get_by_text(re.compile(f"^{SAVED}$"))).to_be_visible()
    second.get_by_role("textbox", name="Your answer").press("Control+End")
    second.keyboard.type(" From the second.")
    second.get_by_role("button", name="Compare and choose").click()
    choice = second.get_by_role("dialog", name="Two versions of your text")
    expect(choice.get_by_role("region", name="On this page")).to_contain_text("From the second.")
    expect(choice.get_by_role("region", name="Saved last")).to_contain_text("From the third.")
    choice.get_by_role("button", name="Keep this one").click()
    second.get_by_role("button", name="Post answer").click()
    expect(second.locator(".answer .prose")).to_have_text("Take it coarser than espresso. From the second.")
    expect(second.get_by_role("textbox", name="Your answer")).to_have_value("")
    assert Draft.objects.count() == 0


def test_people_products_pictures_and_quotes_come_into_the_text(
    open_browser: Open, mara: Member, thread: Thread
) -> None:
    for slug, name in (("aurora-duo", "Aurora Duo"), ("mahl-one", "Mahl One")):
        factories.product(slug, name=name)
    page = open_browser(mara)
    composer(page, thread)
    page.keyboard.type("Hello @le")
    expect(page.get_by_role("option", name="Lena Sommer")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Your answer")).to_have_value("Hello @lena-sommer ")
    page.keyboard.type("try #ma")
    expect(page.get_by_role("listbox", name="Products to name")).to_be_visible()
    expect(page.get_by_role("option", name="Mahl One")).to_be_visible()
    assert axe.violations(page) == []
    page.keyboard.press("Enter")
    page.keyboard.type("or")
    page.get_by_role("button", name="Product", exact=True).click()
    expect(page.get_by_role("option")).to_have_text(["Aurora Duo #aurora-duo", "Mahl One #mahl-one"])
    page.keyboard.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    page.keyboard.type("au")
    expect(page.get_by_role("option", name="Aurora Duo")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("textbox", name="Your answer")).to_have_value(
        "Hello @lena-sommer try #mahl-one or #aurora-duo "
    )
    with io.BytesIO() as photo:
        Image.new("RGB", (40, 30), "brown").save(photo, "JPEG")
        chosen = {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": photo.getvalue()}
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Picture").click()
    chooser.value.set_files(chosen)  # type: ignore[arg-type] # a file that is nowhere
    expect(page.get_by_role("textbox", name="Your answer")).to_have_value(re.compile(r"\(upload:\w{22}\)"))
    page.get_by_role("link", name="Quote").click()
    expect(page.get_by_role("textbox", name="Your answer")).to_have_value(re.compile("> .* wrote:"))
    page.get_by_role("button", name="Post answer").click()

    written = page.locator(".answer .prose")
    expect(written.get_by_role("link", name="@lena-sommer")).to_have_attribute("href", "/members/lena-sommer/")
    expect(written.get_by_role("img", name="What the picture shows")).to_have_attribute("width", "40")
    expect(written.locator("blockquote").get_by_role("link", name="Lena Sommer")).to_be_visible()
    assert axe.violations(page) == []
    worked_off()
    assert Notification.objects.filter(kind="member.mentioned").count() == 1
    expect(written).to_contain_text("Hello @lena-sommer try Mahl One or Aurora Duo")
    written.get_by_role("link", name="Mahl One").click()
    expect(page.get_by_role("heading", name="Mahl One", level=1)).to_be_visible()


def test_people_come_into_a_comment_by_keyboard(open_browser: Open, mara: Member, thread: Thread) -> None:
    answer = factories.answer(thread, mara)
    page = open_browser(mara)
    page.goto(thread.get_absolute_url())
    below = page.locator(f"#answer-{answer.pk}")
    below.locator(".remark summary").click()
    line = below.get_by_role("textbox", name="Your comment")
    line.focus()
    page.keyboard.type("Like @le")
    expect(below.get_by_role("option", name="Lena Sommer")).to_be_visible()
    page.keyboard.press("Enter")
    expect(line).to_have_value("Like @lena-sommer ")
    page.keyboard.type("does.")
    page.keyboard.press("Enter")
    expect(page.locator(".comments").get_by_role("link", name="@lena-sommer")).to_be_visible()


def test_whoever_is_named_as_a_person_is_completed_as_a_whole(open_browser: Open, mara: Member) -> None:
    topic = factories.topic("water", name_de="Wasser", name_en="Water")
    factories.accepted_answer(factories.thread(factories.member("Lena Sommer"), topic=topic), mara)
    page = open_browser(mara)
    page.goto("/ambassadors/nominations/")
    # The accepted answer earns a badge, which is told first.
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    page.get_by_label("Who knows more than you about").select_option("Water")
    field = page.get_by_label("Whom would you ask?")
    field.focus()
    page.keyboard.type("Lena So")
    expect(page.get_by_role("option", name="Lena Sommer")).to_be_visible()
    assert axe.violations(page) == []
    page.keyboard.press("Enter")
    expect(field).to_have_value("lena-sommer")
    expect(page.get_by_role("option", name="Lena Sommer")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Whom you named")).to_be_visible()


def test_a_changed_answer_shows_its_history_and_comes_back(open_browser: Open, mara: Member, thread: Thread) -> None:
    answer = factories.answer(thread, mara, body="Take 18 of it.", at=timezone.now() - timedelta(hours=1))
    page = open_browser(mara, java_script_enabled=False)
    page.goto(thread.get_absolute_url())
    page.locator(f"#answer-{answer.pk}").get_by_role("link", name="Edit").click()
    page.get_by_role("textbox", name="Your answer").fill("Take 18 g of it.")
    page.get_by_label("Why you change it").fill("The unit was missing")
    page.get_by_role("button", name="Save changes").click()
    page.get_by_role("link", name="edited").click()
    expect(page.locator("ins")).to_have_text("Added: g ")
    expect(page.get_by_text("The unit was missing")).to_be_visible()
    page.get_by_role("button", name="Restore version 1").click()
    expect(page.locator(f"#answer-{answer.pk} .prose")).to_have_text("Take 18 of it.")
    assert Answer.objects.get().body == "Take 18 of it."
