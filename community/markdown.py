"""Markdown to safe HTML, once when it is written: stored pages are never rendered at read time."""

from __future__ import annotations

import re
import threading
from html import unescape

import nh3
from django.utils.text import Truncator
from linkify_it import LinkifyIt
from markdown_it import MarkdownIt

TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h3", "h4", "hr", "li", "ol", "p", "pre", "s", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
INLINE_TAGS = {"a", "code", "em", "s", "strong"}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}
#: Deeper quotes, lists and emphasis are shown flat: nesting is what makes parsing costly.
OPTIONS = {"html": False, "linkify": True, "breaks": True, "maxNesting": 20}
BLOCK_END = re.compile(r"</(?:p|li|h3|h4|pre|td|th)>|<br>")


class _Parsers(threading.local):
    """A parser for each thread: the search for bare links keeps its place in the parser."""

    def __init__(self) -> None:
        self.parser = MarkdownIt("commonmark", OPTIONS).enable(["linkify", "table", "strikethrough"]).disable("image")
        # "config.py" and "README.md" are no addresses, although both end like a country.
        self.parser.linkify = LinkifyIt(options={"fuzzy_link": False, "fuzzy_email": False})
        for scheme in ("ftp:", "//"):
            self.parser.linkify.add(scheme, None)


_parsers = _Parsers()


def render(text: str) -> str:
    """Return the sanitised HTML of a post. Headings start at level 3, below the page's own."""
    parser = _parsers.parser
    tokens = parser.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h3" if token.tag in ("h1", "h2") else "h4"
    return _clean(parser.renderer.render(tokens, parser.options, {}), TAGS)


def render_inline(text: str) -> str:
    """Return the sanitised HTML of one paragraph, for comments."""
    return _clean(_parsers.parser.renderInline(" ".join(text.split())), INLINE_TAGS)


def excerpt(html: str, length: int = 300) -> str:
    """Return the first ``length`` characters of a rendered post as plain text."""
    text = nh3.clean(BLOCK_END.sub(r"\g<0> ", html), tags=set())
    return Truncator(" ".join(unescape(text).split())).chars(length)


def _clean(html: str, tags: set[str]) -> str:
    return nh3.clean(
        html, tags=tags, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="nofollow ugc noopener noreferrer"
    )
