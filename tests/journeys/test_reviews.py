"""A review from the keyboard to the reply: stars by arrow keys, hints, a photo, a vote, the word of the brand."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, Route, expect

from community.models import Rating, Review, Role
from tests import factories
from tests.journeys.world import worked_off

Open = Callable[..., Page]


def picture() -> FilePayload:
    """A small photo, as a browser sends it."""
    data = io.BytesIO()
    Image.new("RGB", (400, 300), "brown").save(data, "JPEG")
    return {"name": "cup.jpg", "mimeType": "image/jpeg", "buffer": data.getvalue()}


@pytest.mark.smoke
def test_a_review_is_written_found_helpful_and_answered(open_browser: Open, transactional_db: None) -> None:
    product = factories.product("aurora-s1", name="Aurora S1")
    lena, felix = factories.member("Lena Sommer"), factories.member("Felix Brandt")
    ben = factories.member("Ben Okafor", Role.AGENT)
    factories.purchase(lena, product)

    author = open_browser(lena)
    author.goto(product.get_absolute_url())
    author.get_by_role("link", name="Write a review").first.click()
    author.get_by_role("radio", name="1 star: Bad").focus()
    for _ in range(3):
        author.keyboard.press("ArrowRight")
    author.get_by_label("In one sentence").fill("Great shots, narrow tank")
    author.get_by_label("Your experience").press_sequentially("I recieve GREAT SHOTS EVERY SINGLE MORNING")
    # The dictionary is read when somebody first writes in a language.
    expect(author.get_by_text("did you mean “receive”?")).to_be_visible(timeout=30_000)
    expect(author.get_by_text("read like shouting")).to_be_visible()
    author.get_by_label("Your experience").fill("Steady from the second shot on, and quiet enough for my flat.")
    author.get_by_label("Photos").set_input_files([picture()])
    author.get_by_role("button", name="Post review").click()
    expect(author.get_by_role("heading", name="Great shots, narrow tank")).to_be_visible()
    expect(author.get_by_text("Verified purchase", exact=True)).to_be_visible()
    expect(author.get_by_role("img", name="Photo 1 by Lena Sommer")).to_be_visible()
    review = Review.objects.get()
    assert (review.stars, Rating.objects.get(product=product).average) == (4, 4.0)

    reader = open_browser(felix)
    reader.goto(product.get_absolute_url())
    button = reader.get_by_role("button", name="Helpful")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_contain_text("1")

    team = open_browser(ben)
    team.goto(product.get_absolute_url())
    team.get_by_role("link", name="Reply for the brand").click()
    team.get_by_label("Reply for the brand").fill("The new tank can be filled from the front.")
    team.get_by_role("button", name="Post reply").click()
    expect(team.get_by_text("The new tank can be filled from the front.")).to_be_visible()

    worked_off()
    author.goto("/notifications/")
    author.get_by_text("replied to your review").click()
    expect(author.get_by_text("The new tank can be filled from the front.")).to_be_visible()


def test_what_was_typed_before_the_page_was_ready_is_looked_at_too(open_browser: Open, transactional_db: None) -> None:
    product = factories.product("aurora-s1", name="Aurora S1")
    author = open_browser(factories.member("Lena Sommer"))
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    author.route("**/htmx*.js", hold)
    author.goto(f"{product.get_absolute_url()}reviews/new/", wait_until="commit")
    author.get_by_label("Your experience").fill("I recieve a parcel")
    while not waiting:
        author.wait_for_timeout(20)
    waiting[0].continue_()
    expect(author.get_by_text("did you mean “receive”?")).to_be_visible()


def test_hints_still_on_their_way_neither_pile_up_nor_hold_the_review_back(
    open_browser: Open, transactional_db: None
) -> None:
    product = factories.product("aurora-s1", name="Aurora S1")
    lena = factories.member("Lena Sommer")
    factories.purchase(lena, product)
    author = open_browser(lena)
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    author.route("**/reviews/hints/**", hold)

    author.goto(f"{product.get_absolute_url()}reviews/new/")
    author.get_by_role("radio", name="4 stars: Good").check(force=True)
    author.get_by_label("In one sentence").fill("Great shots")
    for asked, text in enumerate(("Steady from the second", "Steady from the second shot on."), 1):
        author.get_by_label("Your experience").fill(text)
        while len(waiting) < asked:
            author.wait_for_timeout(20)
    author.get_by_role("button", name="Post review").click()
    expect(author.get_by_role("heading", name="Great shots")).to_be_visible()
