"""Stored texts that try to become code: shown on every surface, executed on none."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from community.models import Member, Thread
from community.services import answers, members
from tests import factories
from tests.journeys.world import connected, worked_off

Open = Callable[..., Page]

SCRIPT = "<script>window.broken=1</script>"
IMAGE = "<img src=x onerror=window.broken=1>"
NAME = f'"><svg onload=window.broken=1>{IMAGE}'[:60]
TITLE = f"</script>{SCRIPT}{IMAGE}'\"><b onmouseover=window.broken=1>x{{{{7*7}}}}"
BODY = f'{SCRIPT}\n\n{IMAGE}\n\n[a](javascript:window.broken=1) <https://x.example/"onclick=window.broken=1>\n\n```\n{SCRIPT}\n```'


@pytest.fixture
def thread(transactional_db: None) -> Thread:
    """A solved thread in which every text that a member writes is hostile."""
    asker, helper = factories.member("Lena Sommer"), factories.member("Mara Lindqvist")
    for member in (asker, helper):
        members.edit(member=member, display_name=NAME, bio=BODY[:280], at=timezone.now())
    product = factories.product("aurora-s1", name=TITLE[:120])
    topic = factories.topic("water", name=TITLE[:80])
    thread = factories.thread(asker, title=TITLE, body=BODY, product=product, topic=topic)
    answer = factories.answer(thread, helper, body=BODY)
    factories.comment(answer, asker, body=BODY)
    factories.comment(thread, helper, body=BODY)
    answers.accept(answer=answer, by=asker, at=answer.created_at)
    worked_off()
    return Thread.objects.get(pk=thread.pk)


def untouched(page: Page, address: str) -> None:
    """Open ``address`` and assert that nothing of the texts ran or became an element."""
    page.goto(address)
    page.wait_for_load_state("load")
    assert page.evaluate("window.broken") is None
    assert page.locator("[onerror], [onload], [onmouseover], [onclick], a[href^='javascript:']").count() == 0


def test_a_word_without_end_leaves_the_page_as_wide_as_the_phone(open_browser: Open, thread: Thread) -> None:
    page = open_browser(thread.author, viewport={"width": 390, "height": 844})
    for address in ("/threads/new/", thread.get_absolute_url()):
        page.goto(address)
        page.locator("textarea[name=body]").last.fill("https://example.com/" + "a" * 400)
        assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_pages_show_hostile_texts_and_run_none(open_browser: Open, thread: Thread) -> None:
    asker = thread.author
    pages = [
        "/", "/threads/", thread.get_absolute_url(), asker.get_absolute_url(), "/products/aurora-s1/", "/leaderboard/",
        "/threads/new/?title=" + TITLE.replace("#", ""), "/notifications/", "/settings/", f"/threads/{thread.pk}/edit/",
    ]  # fmt: skip
    page = open_browser(asker)
    for address in pages:
        untouched(page, address)
    page.goto(thread.get_absolute_url())
    expect(page.get_by_role("heading", level=1)).to_have_text(thread.title)
    stranger = open_browser()
    for address in pages[:6]:
        untouched(stranger, address)


def test_the_toast_and_the_similar_questions_run_none(open_browser: Open, thread: Thread) -> None:
    helper = Member.objects.get(answers__thread=thread)
    page = open_browser(helper)
    page.goto("/threads/")
    connected(page)
    expect(page.locator("dialog.earned, .toast").first).to_be_visible()
    assert page.evaluate("window.broken") is None
    page.goto("/threads/new/")
    page.get_by_label("Your question").press_sequentially("onmouseover window broken", delay=2)
    expect(page.locator("#similar details")).to_have_count(1)
    assert page.evaluate("window.broken") is None


def test_the_feed_and_the_sitemap_stay_well_formed(open_browser: Open, thread: Thread) -> None:
    page = open_browser()
    for address in ("/feed/", "/sitemap.xml"):
        answer = page.request.get(address)
        # S314: our own answer, from our own server.
        elements = {element.tag for element in ET.fromstring(answer.text()).iter()}  # noqa: S314 - see above
        assert not any(tag.endswith("script") for tag in elements)


@pytest.mark.ignore_template_errors  # the admin's own theme asks for variables that are not always there
def test_the_admin_shows_them_as_text(open_browser: Open, thread: Thread) -> None:
    admin = factories.member("Ada Admin", is_staff=True, is_superuser=True)
    page = open_browser(admin)
    for address in (
        "/admin/", "/admin/community/thread/", f"/admin/community/thread/{thread.pk}/change/",
        "/admin/community/answer/", "/admin/community/member/", f"/admin/community/member/{thread.author_id}/change/",
        "/admin/community/activity/", "/admin/gamification/entry/", "/admin/community/product/",
    ):  # fmt: skip
        page.goto(address)
        assert page.title() != ""
        assert page.evaluate("window.broken") is None


def test_a_mail_to_a_hostile_name_carries_no_markup(thread: Thread) -> None:
    answer = Client().post("/accounts/password/reset/", {"email": thread.author.email})
    assert answer.status_code == 302
    (message,) = mail.outbox
    bodies = [message.body, *(str(part[0]) for part in getattr(message, "alternatives", []))]
    assert [body for body in bodies if "<svg" in body or "<script" in body] == []
