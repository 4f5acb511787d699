"""Markdown to safe HTML, once when it is written: stored pages are never rendered at read time."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

import nh3
from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h3", "h4", "hr", "li", "ol", "p", "pre", "s", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
INLINE_TAGS = {"a", "code", "em", "s", "strong"}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}
#: Deeper quotes, lists and emphasis are shown flat: nesting is what makes parsing costly.
OPTIONS = {"html": False, "linkify": True, "breaks": True, "maxNesting": 20}
#: How a text names one of its author's pictures: ``![words for it](upload:token)``.
PICTURE = "upload:"
PICTURE_ATTRIBUTES = {"src", "alt", "width", "height", "loading", "decoding"}
MENTION = re.compile(r"@([a-z0-9][a-z0-9-]{1,28}[a-z0-9])(?![a-z0-9_])", re.IGNORECASE)
#: A product by the last part of its address: ``#aurora-s1``. A heading has a blank behind its sign.
PRODUCT = re.compile(r"#(\w[\w-]*)")
#: The one class that a text can bear, and the one element that bears it.
CHIP = "chip"
CHIP_SHOWN = re.compile(rf'<a [^>]*class="{CHIP}"[^>]*>([^<]*)</a>')
BLOCK_END = re.compile(r"</(?:p|li|h3|h4|pre|td|th)>|<br>")


@dataclass(frozen=True, slots=True)
class Picture:
    """What is known of a picture that a text may show."""

    address: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Chip:
    """What is known of a product that a text names."""

    name: str
    address: str


def _mention(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's own signature
    """Read ``@handle`` outside of code, links and addresses; a link where the member is known."""
    if state.src[state.pos] != "@" or state.linkLevel:
        return False
    before = state.src[state.pos - 1] if state.pos else " "
    found = MENTION.match(state.src, state.pos)
    if found is None or before.isalnum() or before in "/@._-":
        return False
    handle = found[1].lower()
    address = state.env.get("people", {}).get(handle)
    if not silent:
        state.env.setdefault("handles", {})[handle] = True
        if address is None:
            state.pending += found[0]
        else:
            _link(state, found[0], {"href": address})
    state.pos = found.end()
    return True


def _product(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser's own signature
    """Read ``#slug`` outside of code, links and addresses; a chip with its name where the product is known."""
    if state.src[state.pos] != "#" or state.linkLevel:
        return False
    before = state.src[state.pos - 1] if state.pos else " "
    found = PRODUCT.match(state.src, state.pos)
    if found is None or before.isalnum() or before in "/@#&.-":
        return False
    slug = found[1].rstrip("-_")
    if not silent:
        state.env.setdefault("slugs", {})[slug] = True
        chip: Chip | None = state.env.get("products", {}).get(slug)
        if chip is None:
            state.pending += f"#{slug}"
        else:
            _link(state, chip.name, {"href": chip.address, "class": CHIP})
    state.pos += 1 + len(slug)
    return True


def _link(state: StateInline, text: str, attributes: dict[str, str | int | float]) -> None:
    state.push("link_open", "a", 1).attrs = attributes
    state.push("text", "", 0).content = text
    state.push("link_close", "a", -1)


def _picture(renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: Any) -> str:
    """Show a picture that the text may show; of any other only words or a link, so that nothing is loaded."""
    token = tokens[at]
    source = str(token.attrGet("src") or "")
    words = renderer.renderInlineAsText(token.children or [], options, env)
    if picture := env.get("pictures", {}).get(source.removeprefix(PICTURE)):
        return (
            f'<img src="{escape(picture.address)}" alt="{escape(words)}" width="{picture.width}"'
            f' height="{picture.height}" loading="lazy" decoding="async">'
        )
    if source.startswith(PICTURE):
        return escape(words)
    return f'!<a href="{escape(source)}">{renderer.renderInline(token.children or [], options, env)}</a>'


class _Parsers(threading.local):
    """A parser for each thread: the search for bare links keeps its place in the parser."""

    def __init__(self) -> None:
        self.parser = MarkdownIt("commonmark", OPTIONS).enable(["linkify", "table", "strikethrough"])
        self.parser.inline.ruler.before("link", "mention", _mention)
        self.parser.inline.ruler.before("link", "product", _product)
        self.parser.add_render_rule("image", _picture)
        # "config.py" and "README.md" are no addresses, although both end like a country.
        self.parser.linkify = LinkifyIt(options={"fuzzy_link": False, "fuzzy_email": False})
        for scheme in ("ftp:", "//"):
            self.parser.linkify.add(scheme, None)


_parsers = _Parsers()


def render(
    text: str,
    *,
    pictures: Mapping[str, Picture] | None = None,
    people: Mapping[str, str] | None = None,
    products: Mapping[str, Chip] | None = None,
) -> str:
    """Return the sanitised HTML of a post. Headings start at level 3, below the page's own.

    ``pictures`` are those that the text may show, by their token; ``people`` the profiles of whom it mentions, by
    their handle; ``products`` what it names, by the slug that it uses.
    """
    parser = _parsers.parser
    env = {"pictures": pictures or {}, "people": people or {}, "products": products or {}}
    tokens = parser.parse(text, env)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h3" if token.tag in ("h1", "h2") else "h4"
    return _clean(parser.renderer.render(tokens, parser.options, env), TAGS, pictures or {})


def render_inline(
    text: str, *, people: Mapping[str, str] | None = None, products: Mapping[str, Chip] | None = None
) -> str:
    """Return the sanitised HTML of one paragraph, for comments."""
    env = {"people": people or {}, "products": products or {}}
    return _clean(_parsers.parser.renderInline(" ".join(text.split()), env), INLINE_TAGS, {})


def mentioned_in(text: str) -> list[str]:
    """The handles that ``text`` mentions, in their order; whether members bear them is another question."""
    return _called_in(text, "@", "handles")


def products_in(text: str) -> list[str]:
    """The slugs that ``text`` uses as names of products, in their order; whether there are such is another question."""
    return _called_in(text, "#", "slugs")


def _called_in(text: str, sign: str, names: str) -> list[str]:
    if sign not in text:
        return []
    env: dict[str, Any] = {}
    _parsers.parser.parse(text, env)
    return list(env.get(names, {}))


def named_in(html: str) -> list[str]:
    """The names of the products that a rendered post shows as chips."""
    return [unescape(name) for name in CHIP_SHOWN.findall(html)] if CHIP in html else []


def pictures_in(text: str) -> set[str]:
    """The tokens of the pictures that ``text`` means to show."""
    if PICTURE not in text:
        return set()
    sources = [str(token.attrGet("src") or "") for token in _flat(_parsers.parser.parse(text))]
    return {source.removeprefix(PICTURE) for source in sources if source.startswith(PICTURE)}


def _flat(tokens: Sequence[Token]) -> list[Token]:
    return [inner for token in tokens for inner in (token, *_flat(token.children or []))]


def excerpt(html: str, length: int = 300) -> str:
    """Return at most ``length`` characters of a rendered post as plain text, cut between two words where it can be."""
    text = plain(html)
    if len(text) <= length:
        return text
    whole, _blank, _rest = text[:length].rpartition(" ")
    return f"{whole or text[: length - 1]}…"


def plain(html: str) -> str:
    """Return a rendered post as plain text in one line."""
    return " ".join(unescape(nh3.clean(BLOCK_END.sub(r"\g<0> ", html), tags=set())).split())


def _clean(html: str, tags: set[str], pictures: Mapping[str, Picture]) -> str:
    addresses = {picture.address for picture in pictures.values()}

    def known(tag: str, attribute: str, value: str) -> str | None:
        return None if attribute == "src" and value not in addresses else value

    return nh3.clean(
        html,
        tags=tags | {"img"} if addresses else tags,
        attributes={**ATTRIBUTES, "img": PICTURE_ATTRIBUTES} if addresses else ATTRIBUTES,
        attribute_filter=known,
        allowed_classes={"a": {CHIP}},
        url_schemes=SCHEMES,
        link_rel="nofollow ugc noopener noreferrer",
    )
