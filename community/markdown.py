"""Markdown to safe HTML, once when it is written: stored pages are never rendered at read time."""

from __future__ import annotations

from functools import cache
from html import unescape

import nh3
from django.utils.text import Truncator
from markdown_it import MarkdownIt

TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h3", "h4", "hr", "li", "ol", "p", "pre", "s", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
INLINE_TAGS = {"a", "code", "em", "s", "strong"}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "linkify": True, "breaks": True}).enable(
        ["linkify", "table", "strikethrough"]
    )


def render(text: str) -> str:
    """Return the sanitised HTML of a post. Headings start at level 3, below the page's own."""
    tokens = _parser().parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h3" if token.tag in ("h1", "h2") else "h4"
    return _clean(_parser().renderer.render(tokens, _parser().options, {}), TAGS)


def render_inline(text: str) -> str:
    """Return the sanitised HTML of one paragraph, for comments."""
    return _clean(_parser().renderInline(" ".join(text.split())), INLINE_TAGS)


def excerpt(html: str, length: int = 300) -> str:
    """Return the first ``length`` characters of a rendered post as plain text."""
    text = nh3.clean(html.replace("</p>", "</p> ").replace("</li>", "</li> "), tags=set())
    return Truncator(" ".join(unescape(text).split())).chars(length)


def _clean(html: str, tags: set[str]) -> str:
    return nh3.clean(
        html, tags=tags, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="nofollow ugc noopener noreferrer"
    )
