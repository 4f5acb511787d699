"""Pages obey a strict Content-Security-Policy: no inline script, style or event handler anywhere."""

import re
from importlib.resources import files as resources

import pytest

from tests.architecture.tree import FLOORS, files, matching

#: Mail programs know no stylesheets.
MAIL = ("templates/email/", "/email/")
#: A data block is not executed, so the policy does not concern it.
SCRIPT_WITH_CODE = r"<script(?![^>]*\b(src=|type=[\"']?(application/(ld\+)?json|importmap)))"


@pytest.mark.parametrize(
    "inline",
    [
        SCRIPT_WITH_CODE,
        r"<style\b",
        r"\sstyle\s*=",
        r"<[^>]*\son[a-z]+\s*=",
        r"\bhx-on\b|\bhx-vars\b",
        r"[\"'](javascript|js):",
    ],
)
def test_nothing_is_inline(inline: str) -> None:
    pages = [path for path in files("*.html") if not any(part in str(path) for part in MAIL)]
    markup_in_code = files(*(f"{app}/*.py" for app in FLOORS))
    assert matching(inline, pages + markup_in_code, flags=re.IGNORECASE) == []


def test_every_page_comes_from_this_site_alone() -> None:
    """A script, font or picture from elsewhere would tell its host who reads what."""
    foreign = r"<(script|link|img|iframe|source)\b[^>]*(src|href)=[\"']?(https?:)?//"
    assert matching(foreign, files("*.html"), flags=re.IGNORECASE) == []
    assert matching(r"@import\s+(url\()?[\"']?(https?:)?//|url\([\"']?(https?:)?//", files("*.css")) == []


def test_the_admin_uses_no_class_that_nothing_styles() -> None:
    """The theme brings a style sheet with the utilities that it uses itself; any other name would do nothing.

    One name is a hook of the theme's scripts.
    """
    theme = resources("unfold").joinpath("static/unfold/css/styles.css").read_text()
    sheets = theme + "".join(path.read_text() for path in files("static/css/*.css"))
    styled = {name.replace("\\", "") for name in re.findall(r"\.((?:\\.|[\w-])+)", sheets)}
    pages = files("templates/admin/*.html")
    used = {
        (name, page.name)
        for page in pages
        for classes in re.findall(r'class="([^"]*)"', page.read_text())
        for name in re.sub(r"\{[%{].*?[%}]\}", " ", classes).split()
    }
    assert {(name, page) for name, page in used if name not in styled} == {("warn-unsaved-form", "editor.html")}
