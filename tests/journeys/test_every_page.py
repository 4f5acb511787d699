"""Every page, in both themes, on a phone and on a desk: readable for everybody, and nothing sticks out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys import axe
from tests.journeys.world import World, populated

Open = Callable[..., Page]
#: allauth's page of the second factor asks for recovery codes that a member may not have.
pytestmark = pytest.mark.ignore_template_errors
NARROW, DESK = {"width": 320, "height": 700}, {"width": 1280, "height": 900}


@pytest.fixture
def world(transactional_db: None) -> World:
    """A community with something on every page."""
    return populated()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_breaks_an_accessibility_rule(open_browser: Open, world: World, theme: str) -> None:
    found = {}
    stranger = open_browser(color_scheme=theme, viewport=DESK, reduced_motion="reduce")
    member = open_browser(world.helper, color_scheme=theme, viewport=DESK, reduced_motion="reduce")
    team = open_browser(world.moderator, color_scheme=theme, viewport=DESK, reduced_motion="reduce")
    for page, pages in ((stranger, world.public_pages), (member, world.own_pages), (team, world.team_pages)):
        for name, address in pages.items():
            page.goto(address)
            if broken := axe.violations(page):
                found[name] = broken
    assert found == {}


def test_no_page_scrolls_sideways_on_a_narrow_phone(open_browser: Open, world: World) -> None:
    wide = {}
    for language in ("de-DE", "en-GB"):
        stranger = open_browser(viewport=NARROW, locale=language, reduced_motion="reduce")
        member = open_browser(world.helper, viewport=NARROW, locale=language, reduced_motion="reduce")
        team = open_browser(world.moderator, viewport=NARROW, locale=language, reduced_motion="reduce")
        for page, pages in ((stranger, world.public_pages), (member, world.own_pages), (team, world.team_pages)):
            for name, address in pages.items():
                page.goto(address)
                width = page.evaluate("document.documentElement.scrollWidth")
                if width > NARROW["width"]:
                    wide[f"{name} ({language})"] = width
    assert wide == {}


def test_every_target_can_be_hit_with_a_thumb(open_browser: Open, world: World) -> None:
    """WCAG 2.2, 2.5.8: 24 by 24 CSS pixels, links inside a sentence excepted."""
    small = {}
    page = open_browser(world.helper, viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    for name, address in world.own_pages.items():
        page.goto(address)
        found = page.evaluate(
            """() => [...document.querySelectorAll('main button, main select, main .btn')]
                .filter(e => e.checkVisibility() && !e.closest('p, li, .vh, .prose'))
                .map(e => [e.getBoundingClientRect(), e.outerHTML.slice(0, 100)])
                .filter(([r]) => r.height && (r.height < 24 || r.width < 24)).map(([, html]) => html)"""
        )
        if found:
            small[name] = found
    assert small == {}
