"""One consultation: bot, ambassador, a lost line, the team, a way back on another device, a rating."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from chat.models import BotTalk, Rating, Responder
from chat.services import handover, magic_links
from community.models import Letter, Product
from tests import factories
from tests.chat import desks
from tests.journeys.shops import PHONE, chat

Open = Callable[..., Page]
QUESTION = "How loud is the machine in the morning?"
LATER = timedelta(minutes=2)


def asks_the_bot(visitor: Page, shop: str) -> None:
    """Jule asks in the shop, is answered by a program, and wants a person."""
    visitor.goto(f"{shop}/products/AURORA-S1/")
    visitor.get_by_role("button", name="Open the chat").click()
    widget = chat(visitor)
    widget.get_by_label("Your question").fill(QUESTION)
    widget.get_by_label("How shall we call you?").fill("Jule")
    widget.get_by_role("button", name="Ask").click()
    expect(widget.get_by_role("log")).to_contain_text("a program")
    expect(widget.get_by_role("log")).to_contain_text("A little coarser than for espresso.")
    widget.get_by_role("button", name="Talk to a person").click()


def says(desk: Page, words: str) -> None:
    """Somebody who helps writes to Jule."""
    desk.get_by_role("textbox", name="Message to Jule").fill(words)
    desk.get_by_role("button", name="Send").click()
    expect(desk.locator(".msg--me[data-seq]").get_by_text(words)).to_be_visible()


def leaves_an_address(visitor: Page) -> None:
    """Nobody is there: Jule wants to be told."""
    widget = chat(visitor)
    expect(widget.get_by_text("Nobody is free right now.")).to_be_visible()
    widget.get_by_label("E-mail address").fill("jule@example.com")
    widget.get_by_role("button", name="Tell me").click()
    expect(widget.get_by_text("We write to you as soon as there is an answer.")).to_be_visible()


def way_back() -> str:
    """The address in the e-mail that says that there is an answer."""
    magic_links.tell(at=timezone.now() + LATER)
    found = re.search(r"/messages/back/\S+", Letter.objects.get(to="jule@example.com").body)
    assert found is not None
    return found[0]


@pytest.mark.smoke
def test_bot_mara_lost_ben_and_back_on_another_browser(open_browser: Open, shop_with_chat: str) -> None:
    machine = Product.objects.get(sku="AURORA-S1")
    factories.accepted_answer(factories.thread(title=QUESTION, product=machine))
    mara, ben = desks.responder(), desks.agent(available=False, seen_at=None)
    at_mara, visitor = open_browser(mara.member, viewport=PHONE), open_browser(None, viewport=PHONE)
    at_mara.goto("/desk/")

    asks_the_bot(visitor, shop_with_chat)
    at_mara.get_by_role("button", name="Help them").click()
    expect(at_mara.get_by_role("log")).to_contain_text(QUESTION)
    says(at_mara, "Mine wakes nobody.")
    expect(chat(visitor).get_by_role("log")).to_contain_text("Mine wakes nobody.")

    at_mara.context.close()
    Responder.objects.filter(pk=mara.pk).update(seen_at=timezone.now() - LATER)
    handover.find_lost(at=timezone.now() + LATER)
    expect(chat(visitor).get_by_role("log")).to_contain_text("lost the connection")
    leaves_an_address(visitor)

    at_ben = open_browser(ben.member)
    at_ben.goto("/desk/?show=waiting")
    at_ben.get_by_role("button", name="Answer this").click()
    for said in (QUESTION, "A little coarser than for espresso.", "Mine wakes nobody."):
        expect(at_ben.get_by_role("log")).to_contain_text(said)
    says(at_ben, "I look it up for you.")
    expect(chat(visitor).get_by_role("log")).to_contain_text("I look it up for you.")
    visitor.context.close()
    says(at_ben, "55 decibels, says the data sheet.")

    back = open_browser(None)
    back.goto(way_back())
    back.get_by_role("button", name="Open the talk").click()
    log = back.get_by_role("log")
    for said in (QUESTION, "Mine wakes nobody.", "55 decibels, says the data sheet."):
        expect(log).to_contain_text(said)
    at_ben.get_by_role("button", name="End conversation").first.click()
    back.get_by_role("radio", name="5 stars").check(force=True)
    back.get_by_role("button", name="Send rating").click()
    expect(back.get_by_text("Thank you for the rating.")).to_be_visible()

    rating, talk = Rating.objects.get(), BotTalk.objects.get()
    assert (rating.stars, rating.responder, talk.found, talk.handed_over_at is None) == (5, ben, 1, False)
    assert list(Responder.objects.order_by("pk").values_list("load", flat=True)) == [0, 0]
