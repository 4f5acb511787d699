"""Asks axe-core whether a page keeps WCAG 2.2 A and AA."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from playwright.sync_api import Frame, Page

SCRIPT = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@cache
def _script() -> str:
    return SCRIPT.read_text()


def violations(page: Page | Frame, *, within: str = "html", without: str = "") -> list[str]:
    """Return one line for each element ``within`` that breaks a rule, with the rule's name and the element's markup.

    What is inside of ``without``, a selector, is somebody else's.
    """
    page.evaluate(_script())
    context = {"include": [[within]], "exclude": [[without]] if without else []}
    # Of these rules only the one of sounds that play by themselves needs anything loaded before; style sheets none.
    options = {"runOnly": RULES, "resultTypes": ["violations"], "preload": {"assets": ["media"]}}
    found = page.evaluate("([context, options]) => axe.run(context, options)", [context, options])
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:160]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
