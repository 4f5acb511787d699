"""Every page, in both themes and languages, on a phone and on a desk: all can read it, and nothing sticks out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize

from community.models import Member
from tests.journeys import axe
from tests.journeys.world import populated

Open = Callable[..., Page]
#: allauth's page of the second factor asks for recovery codes that a member may not have.
pytestmark = pytest.mark.ignore_template_errors
NARROW = ViewportSize(width=320, height=700)
PHONE = ViewportSize(width=390, height=844)
DESK = ViewportSize(width=1280, height=900)
#: WCAG 2.2, 2.5.8: 24 by 24 CSS pixels, links inside a sentence excepted.
SMALL_TARGETS = """() => [...document.querySelectorAll('main button, main select, main .btn')]
    .filter(e => e.checkVisibility() && !e.closest('p, li, .vh, .prose'))
    .map(e => [e.getBoundingClientRect(), e.outerHTML.slice(0, 100)])
    .filter(([r]) => r.height && (r.height < 24 || r.width < 24)).map(([, html]) => html)"""


@pytest.mark.parametrize(("theme", "language"), [("light", "en-GB"), ("dark", "de-DE")])
def test_every_page_is_readable_for_everybody(
    open_browser: Open, transactional_db: None, theme: str, language: str
) -> None:
    world = populated()
    Member.objects.update(language=language[:2])
    walks = {None: world.public_pages, world.helper: world.own_pages, world.moderator: world.team_pages}
    found = {}
    for somebody, pages in walks.items():
        page = open_browser(somebody, color_scheme=theme, locale=language, reduced_motion="reduce")
        for name, address in pages.items():
            page.set_viewport_size(NARROW)
            answered = page.goto(address)
            there = answered is not None and answered.status == (404 if name == "missing" else 200)
            # What is around the pages is one and the same: in the dark it is looked at once for each person.
            whole = theme == "light" or name == next(iter(pages)) or not page.query_selector("main")
            if wrong := [*_on_a_phone(page), *_on_a_desk(page, whole=whole)] if there else ["no such page"]:
                found[name] = wrong
    assert found == {}


def _on_a_phone(page: Page) -> list[str]:
    width = page.evaluate("document.documentElement.scrollWidth")
    too_wide = [f"scrolls sideways, {width} px"] if width > NARROW["width"] else []
    page.set_viewport_size(PHONE)
    return too_wide + [f"too small for a thumb: {html}" for html in page.evaluate(SMALL_TARGETS)]


def _on_a_desk(page: Page, *, whole: bool) -> list[str]:
    page.set_viewport_size(DESK)
    return axe.violations(page, within="html" if whole else "main")
