"""The chat in the demo shop: nothing before the first click, a talk that survives pages, an order that names it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import APIResponse, BrowserType, Page, Route, expect

from chat.models import Conversation, HelpRequest, Message, Responder, Visitor, VisitorSession, Widget
from chat.services import help as helping
from chat.services import messages, offers
from community.models import Order
from tests import factories
from tests.chat import desks, world
from tests.journeys.readers import Reader
from tests.journeys.shops import PHONE, chat

Open = Callable[..., Page]


def test_a_talk_begins_with_a_click_survives_pages_and_is_named_by_the_order(
    open_browser: Open, shop_with_chat: str
) -> None:
    page = open_browser(None, viewport=PHONE)
    asked_for: list[str] = []
    page.on("request", lambda request: asked_for.append(request.url))
    page.goto(f"{shop_with_chat}/products/AURORA-S1/")
    button = page.get_by_role("button", name="Open the chat")
    expect(button).to_have_attribute("aria-expanded", "false")
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0
    assert page.context.cookies() == []
    assert [url for url in asked_for if "/widget/" in url] == []
    assert not Visitor.objects.exists()

    button.click()
    frame = chat(page)
    frame.get_by_label("Your question").fill("Is it loud in the morning?")
    frame.get_by_label("How shall we call you?").fill("Jule")
    frame.get_by_role("button", name="Ask").click()
    expect(frame.get_by_role("log")).to_contain_text("Is it loud in the morning?")
    frame.get_by_role("button", name="Talk to a person").click()
    expect(frame.get_by_text("Nobody is free right now.")).to_be_visible()
    frame.get_by_label("E-mail address").fill("jule@example.com")
    frame.get_by_role("button", name="Tell me").click()
    expect(frame.get_by_text("We write to you as soon as there is an answer.")).to_be_visible()
    asked = HelpRequest.objects.select_related("visitor", "product").get()
    assert asked.visitor is not None
    assert (asked.visitor.name, asked.visitor.email) == ("Jule", "jule@example.com")
    assert asked.product is not None
    assert (asked.product.sku, asked.page_url) == ("AURORA-S1", f"{shop_with_chat}/products/AURORA-S1/")

    page.goto(f"{shop_with_chat}/products/KETTLE-FJORD/")
    expect(frame.get_by_role("log")).to_contain_text("Is it loud in the morning?")
    frame.get_by_role("button", name="Close the chat").click()
    expect(button).to_be_focused()
    page.get_by_role("button", name="Into the basket").click()
    page.get_by_label("Your e-mail address").fill("jule@example.com")
    page.get_by_role("button", name="Buy").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")

    assert Order.objects.get().conversation == Conversation.objects.get().token


def test_a_cart_is_shared_until_that_is_taken_back(open_browser: Open, shop_with_chat: str) -> None:
    page = open_browser(None)
    page.goto(f"{shop_with_chat}/products/KETTLE-FJORD/")
    page.get_by_role("button", name="Into the basket").click()
    page.get_by_role("button", name="Open the chat").click()
    frame = chat(page)
    frame.get_by_label("Your question").fill("Does it fit?")
    frame.get_by_label("Whoever helps may see my cart").check()
    with page.expect_response("**/widget/context/"):
        frame.get_by_role("button", name="Ask").click()
    expect(frame.get_by_role("log")).to_contain_text("Does it fit?")
    asked = HelpRequest.objects.get()
    assert (asked.cart_shared, [line["sku"] for line in asked.cart]) == (True, ["KETTLE-FJORD"])

    with page.expect_response("**/widget/context/"):
        page.goto(f"{shop_with_chat}/products/AURORA-S1/")
    asked.refresh_from_db()
    assert (asked.cart_shared, asked.page_url) == (True, f"{shop_with_chat}/products/AURORA-S1/")

    frame.get_by_role("button", name="All conversations").click()
    with page.expect_response("**/widget/context/"):
        frame.get_by_label("Whoever helps may see my cart").uncheck()
    asked.refresh_from_db()
    assert asked.cart_shared is False


def test_a_picture_from_the_shop_is_seen_at_the_desk(open_browser: Open, shop_with_chat: str) -> None:
    page, mara = open_browser(None, viewport=PHONE), desks.responder()
    page.goto(f"{shop_with_chat}/products/AURORA-S1/")
    page.get_by_role("button", name="Open the chat").click()
    frame = chat(page)
    frame.get_by_label("Your question").fill("Does it fit?")
    frame.get_by_role("button", name="Ask").click()
    expect(frame.get_by_role("log")).to_contain_text("Does it fit?")

    words = frame.get_by_role("textbox", name="Message")
    words.fill("This is my kitchen")
    frame.get_by_label("Attach a file").set_input_files(
        {"name": "kitchen.jpg", "mimeType": "image/jpeg", "buffer": b"\x00\x01"}
    )
    frame.get_by_role("button", name="Send").click()
    expect(frame.get_by_role("alert").filter(has_text="Send a picture")).to_be_visible()
    expect(words).to_have_value("This is my kitchen")

    frame.get_by_label("Attach a file").set_input_files(
        {"name": "kitchen.jpg", "mimeType": "image/jpeg", "buffer": world.photo()}
    )
    frame.get_by_role("button", name="Send").click()
    picture = frame.get_by_role("log").get_by_role("img", name="kitchen.webp")
    expect(picture).to_have_js_property("naturalWidth", 40)
    expect(words).to_have_value("")

    desk = open_browser(mara.member)
    desk.goto("/desk/")
    frame.get_by_role("button", name="Talk to a person").click()
    desk.get_by_role("button", name="Help them").click()
    expect(desk.get_by_role("log").get_by_role("img", name="kitchen.webp")).to_have_js_property("naturalWidth", 40)

    desk.get_by_label("Attach a file").set_input_files(
        {"name": "mine.jpg", "mimeType": "image/jpeg", "buffer": world.photo()}
    )
    desk.get_by_role("button", name="Send").click()
    expect(desk.locator(".msg--me").get_by_role("img", name="mine.webp")).to_have_js_property("naturalWidth", 40)
    expect(frame.get_by_role("log").get_by_role("img", name="mine.webp")).to_have_js_property("naturalWidth", 40)

    page.reload()
    expect(picture).to_have_js_property("naturalWidth", 40)


def test_the_shops_server_says_who_it_is_and_its_log_out_clears(open_browser: Open, shop_with_chat: str) -> None:
    page = open_browser(None)
    page.goto(f"{shop_with_chat}/account/")
    page.get_by_label("Your e-mail address").fill("lena@shop.example")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Open the chat").click()
    frame = chat(page)
    expect(frame.get_by_label("Your question")).to_be_visible()
    customer = Visitor.objects.select_related("customer").get().customer
    assert customer is not None
    assert customer.ref == "lena@shop.example"
    frame.get_by_label("Your question").fill("Where is my parcel?")
    frame.get_by_label("Your question").press("Enter")
    expect(frame.get_by_role("log")).to_contain_text("Where is my parcel?")

    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    page.get_by_role("button", name="Open the chat").click()

    expect(frame.get_by_label("Your question")).to_be_visible()
    expect(frame.get_by_text("Where is my parcel?")).to_have_count(0)
    assert VisitorSession.objects.filter(visitor__customer__isnull=False, ended_at=None).count() == 0


@pytest.mark.parametrize(("language", "theme"), [("de", "light"), ("en", "dark")])
def test_every_state_is_accessible(open_browser: Open, shop_with_chat: str, language: str, theme: str) -> None:
    question, at = "How loud is the Aurora machine?", timezone.now()
    factories.accepted_answer(factories.thread(title=question))
    mara = desks.responder(load=1, capacity=1)
    page = open_browser(None, color_scheme=theme, viewport={"width": 320, "height": 640})
    visitor = Reader(page, language)
    visitor.opens(f"/widget/?key={Widget.objects.get().key}&lang={language}")
    visitor.field("Your question").fill(question)
    visitor.can_read()

    visitor.presses("Ask")
    expect(page.locator(".msg--bot")).to_be_visible()
    visitor.button("Talk to a person").wait_for()
    visitor.can_read()

    visitor.presses("Talk to a person")
    visitor.sees("You are next.")
    page.get_by_text(visitor.words("Do not wait, tell me by e-mail")).click()
    visitor.can_read()

    Responder.objects.update(load=0)
    asked = offers.take(asked=HelpRequest.objects.get(), responder=mara, at=at)
    world.said(asked.conversation, mara.member, "Mine wakes nobody.")
    expect(page.get_by_role("heading", level=1)).to_have_text(mara.member.display_name)
    expect(page.get_by_role("log")).to_contain_text("Mine wakes nobody.")
    visitor.can_read()

    helping.close(asked=asked, by=mara.member, at=at)
    page.get_by_role("radio").last.check(force=True)
    visitor.button("Send rating").wait_for()
    visitor.can_read()
    visitor.presses("Send rating")
    visitor.sees("Thank you for the rating.")
    visitor.can_read()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_where_browsers_keep_nothing_in_foreign_frames_the_talk_goes_on(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], shop_with_chat: str
) -> None:
    flags = [*browser_type_launch_args["args"], "--test-third-party-cookie-phaseout"]
    browser = browser_type.launch(**{**browser_type_launch_args, "args": flags})
    page = browser.new_page(locale="en-GB")
    page.goto(f"{shop_with_chat}/products/AURORA-S1/")
    page.get_by_role("button", name="Open the chat").click()
    frame = chat(page)
    frame.get_by_label("Your question").fill("Is it loud in the morning?")
    frame.get_by_role("button", name="Ask").click()
    expect(frame.get_by_role("log")).to_contain_text("Is it loud in the morning?")

    page.goto(f"{shop_with_chat}/products/KETTLE-FJORD/")
    expect(frame.get_by_role("log")).to_contain_text("Is it loud in the morning?")

    # A page that navigates by itself replaces its body; the chat stands beside it.
    page.evaluate("document.body.replaceChildren(); history.pushState({}, '', '/elsewhere/')")
    expect(frame.get_by_role("log")).to_contain_text("Is it loud in the morning?")
    assert Conversation.objects.count() == 1
    browser.close()


def test_what_is_said_while_a_talk_opens_is_shown(open_browser: Open, shop_with_chat: str) -> None:
    page = open_browser(None)
    held: list[tuple[Route, APIResponse]] = []
    page.route("**/api/v1/conversations/*/messages/", lambda route: held.append((route, route.fetch())))
    page.goto(f"{shop_with_chat}/products/KETTLE-FJORD/")
    with page.expect_websocket() as socket:
        page.get_by_role("button", name="Open the chat").click()
    frame = chat(page)
    frame.get_by_label("Your question").fill("Does it fit?")
    frame.get_by_role("button", name="Ask").click()
    while not held:
        page.wait_for_timeout(50)

    with socket.value.expect_event("framereceived", lambda payload: "One more thing." in payload):
        messages.say(
            conversation=Conversation.objects.get(), kind=Message.Kind.BOT, body="One more thing.", at=timezone.now()
        )
    [(route, answer)] = held
    route.fulfill(response=answer)

    expect(frame.get_by_role("log")).to_contain_text("One more thing.")
    expect(frame.get_by_role("log")).to_contain_text("Does it fit?")
