"""The first look: pages open in a real browser without complaint, for strangers and members."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests import factories


@pytest.mark.smoke
def test_a_stranger_reads_a_question_from_the_list(open_browser: Callable[..., Page]) -> None:
    asked = factories.thread(title="Which grind for a moka pot?")
    page = open_browser()

    page.goto("/threads/")
    page.get_by_role("link", name=asked.title).first.click()

    expect(page.get_by_role("heading", level=1)).to_contain_text(asked.title)


@pytest.mark.smoke
def test_a_member_is_known_after_signing_in(open_browser: Callable[..., Page]) -> None:
    lena = factories.member("Lena Sommer")
    page = open_browser()

    page.goto("/accounts/login/")
    page.locator("input[name=login]").fill(lena.email)
    page.locator("input[name=password]").fill(factories.PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda address: "login" not in address)
    page.goto("/settings/")

    expect(page.get_by_label("Display name")).to_have_value("Lena Sommer")
