"""Pages obey a strict Content-Security-Policy: no inline script, style or event handler anywhere."""

import re

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
