"""Two people write to each other: at once, without doubles, and also where sockets are blocked."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from chat.models import Conversation, Message
from community.models import Member
from tests import factories
from tests.chat import world

Open = Callable[..., Page]
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def lena(transactional_db: None) -> Member:
    return factories.member("Lena Sommer")


@pytest.fixture
def mara(transactional_db: None) -> Member:
    return factories.ambassador("Mara Lindqvist")


@pytest.fixture
def talk(lena: Member, mara: Member) -> Conversation:
    made = world.direct(lena, mara)
    world.said(made, lena, "How do you clean yours?")
    return made


def opened(page: Page, talk: Conversation, state: str = "open") -> Page:
    page.goto(f"/messages/{talk.pk}/")
    expect(page.locator("body")).to_have_attribute("data-chat-state", state, timeout=30_000)
    return page


def say(page: Page, body: str) -> None:
    page.get_by_placeholder("Write a message").fill(body)
    page.get_by_role("button", name="Send").click()


@pytest.mark.smoke
def test_what_one_writes_the_other_sees_being_typed_arriving_and_read(
    open_browser: Open, talk: Conversation, lena: Member, mara: Member
) -> None:
    hers, his = opened(open_browser(mara), talk), opened(open_browser(lena, viewport=PHONE), talk)
    expect(hers.locator(".msg-new")).to_have_text("New")
    expect(his.get_by_text("Online")).to_be_visible()

    his.get_by_placeholder("Write a message").press_sequentially("With")
    expect(hers.get_by_role("img", name="Lena Sommer is typing")).to_be_visible()
    say(his, "With a **brush**, or not?")
    expect(hers.locator("[data-chat-log] strong")).to_have_text("brush")
    expect(hers.get_by_role("img", name="Lena Sommer is typing")).to_have_count(0)

    hers.bring_to_front()
    say(hers, "Only warm water")
    expect(his.locator(".msg").last).to_contain_text("Only warm water")
    expect(his.locator(".msg--me").last).to_have_attribute("data-state", "read")
    expect(his.get_by_role("log").locator(".msg")).to_have_count(3)

    # On a page of its own the count comes by itself.
    hers.goto("/settings/")
    say(his, "And how often?")
    expect(hers.locator(".topbar [data-unread-messages]")).to_have_text("1")
    expect(hers).to_have_title(re.compile(r"^\(1\) "))


def test_where_sockets_are_blocked_it_asks_and_loses_nothing(
    open_browser: Open, talk: Conversation, lena: Member, mara: Member
) -> None:
    def block(route: WebSocketRoute) -> None:
        route.close(code=1011)

    page = open_browser(mara)
    page.route_web_socket("**/ws/chat/", block)
    opened(page, talk, "polling")
    say(page, "Only warm water")
    expect(page.locator(".msg--me").last).to_have_attribute("data-state", "stored")
    world.said(talk, lena, "Thank you")
    expect(page.locator(".msg").last).to_contain_text("Thank you", timeout=15_000)
    assert list(Message.objects.values_list("seq", "body")) == [
        (1, "How do you clean yours?"),
        (2, "Only warm water"),
        (3, "Thank you"),
    ]
