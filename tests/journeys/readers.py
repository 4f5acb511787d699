"""Somebody at a browser who reads one language: finds what the page calls things there, and listens to axe."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext, override, pgettext
from playwright.sync_api import Locator, Page, expect

from tests.journeys import axe


@dataclass(frozen=True, slots=True)
class Reader:
    """A page and the language it is read in; texts are named as the code names them, in English."""

    page: Page
    language: str = "en"

    def words(self, text: str, context: str = "", **values: str) -> str:
        """What the page says for ``text``."""
        with override(self.language):
            found = pgettext(context, text) if context else gettext(text)
        return found % values if values else found

    def beginning(self, text: str) -> str:
        """What the page says for ``text`` up to its first value, without markup."""
        return re.sub(r"<[^>]+>", "", self.words(text).partition("%(")[0]).strip()

    def opens(self, address: str) -> None:
        """Go there, and find nothing that somebody could not read."""
        self.page.goto(address)
        self.can_read()

    def can_read(self, *, without: str = "") -> None:
        """The page that is open breaks no rule of accessibility, once its styles are there; ``without`` is not ours."""
        self.page.wait_for_load_state()
        found = axe.violations(self.page, without=without)
        assert found == [], f"{self.page.url}: {found}"

    def sees(self, text: str, context: str = "") -> None:
        """The page says this somewhere."""
        expect(self.page.get_by_text(self.words(text, context)).first).to_be_visible()

    def button(self, text: str) -> Locator:
        """A button by its words."""
        return self.page.get_by_role("button", name=self.words(text))

    def presses(self, text: str) -> None:
        """Press a button."""
        self.button(text).first.click()

    def follows(self, text: str, context: str = "") -> None:
        """Follow a link, and read where it leads."""
        self.page.get_by_role("link", name=self.words(text, context)).first.click()
        self.can_read()

    def follows_news(self, text: str) -> None:
        """Open the list of notifications and follow the line that begins like this."""
        self.opens("/notifications/")
        self.page.get_by_role("link", name=self.beginning(text)).first.click()
        self.can_read()

    def field(self, text: str) -> Locator:
        """A field by its label."""
        return self.page.get_by_label(self.words(text))
