"""From a composed product to a vote: the price follows the choices, the server decides, the budget counts down."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from community.models import Ballot, Idea
from tests import factories

Open = Callable[..., Page]


@pytest.mark.smoke
def test_a_variant_is_composed_submitted_and_voted_for(open_browser: Open, transactional_db: None) -> None:
    contest = factories.contest("vote", slug="winter", late_ideas=True, blind_votes=True, vote_budget=3)
    factories.toolkit(contest)

    author = open_browser(factories.member("Lena Sommer"))
    author.goto("/ideas/contests/winter/")
    author.get_by_role("link", name="Compose your own").click()
    author.wait_for_load_state()
    price = author.locator("[data-price]")
    expect(price).to_have_text("€10.00")
    author.get_by_text("dark", exact=True).click()
    expect(price).to_have_text("€11.50")
    author.get_by_text("honey", exact=True).click()
    expect(author.get_by_text("dark does not go with honey.")).to_be_visible()
    author.get_by_text("pepper", exact=True).click()
    expect(price).to_have_text("€11.00")
    author.get_by_label("What do you call it?").fill("Pepper for cold mornings")
    author.get_by_role("button", name="Submit to the contest").click()
    expect(author.get_by_role("heading", name="Pepper for cold mornings")).to_be_visible()
    assert str(Idea.objects.get().configuration.price) == "11.00"

    voter = open_browser(factories.member("Mara Lindqvist"))
    voter.goto("/ideas/contests/winter/")
    expect(voter.get_by_text("3 of 3 votes left.")).to_be_visible()
    button = voter.get_by_role("button", name="Vote for Pepper for cold mornings")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(voter.get_by_text("2 of 3 votes left.")).to_be_visible()
    assert list(Ballot.objects.values_list("spent", flat=True)) == [1]
