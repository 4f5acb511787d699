"""Posts are shown as they were meant and never executed."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser

import pytest
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from community import markdown

REL = 'rel="nofollow ugc noopener noreferrer"'
HARMLESS = markdown.TAGS
CHIP = markdown.Chip("Aurora <S1> & Co", "/products/aurora-s1/")
PRODUCTS = {"aurora-s1": CHIP, "Aurora-S1": CHIP}
SHOWN = f'<a href="/products/aurora-s1/" class="chip" {REL}>Aurora &lt;S1&gt; &amp; Co</a>'
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:")
SCHEMES = ("http://", "https://", "mailto:")

HOSTILE = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<<script>script>alert(1)<</script>/script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<details open ontoggle=alert(1)>",
    "<body onload=alert(1)>",
    "<form action=//evil.example><button>x</button></form>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<div hx-get='/x' hx-trigger=load data-hx-on='alert(1)'>",
    "</pre></code><script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#x0a;script:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](vbscript:msgbox(1))",
    "[x](file:///etc/passwd)",
    "[x](blob:https://here.example/1)",
    "[x](javascript&colon;alert(1))",
    "[x](<javascript:alert(1)>)",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    "[x]: data:text/html,<script>alert(1)</script>\n\n[x][x]",
    '[x](https://ok.example "onmouseover=alert(1) x=")',
    '[x](https://ok.example/"onmouseover="alert(1))',
    '[x](https://ok.example "\\" onmouseover=\\"alert(1)")',
    "![x](javascript:alert(1))",
    '![x" onerror="alert(1)](https://ok.example/x.png)',
    "![](x){onerror=alert(1)}",
    "https://ok.example/\"onmouseover='alert(1)'",
    "https://ok.example/<script>alert(1)</script>",
    "javascript://ok.example/%0aalert(1)",
    "`<script>alert(1)</script>`",
    "```\n<script>alert(1)</script>\n```",
    '```"onclick=alert(1)><script>\nx\n```',
    "~~~ html\n</code></pre><img src=x onerror=alert(1)>\n~~~",
    "    <script>alert(1)</script>",
    "|a|\n|-|\n|<script>alert(1)</script>|",
    "# <script>alert(1)</script>",
    "> <script>alert(1)</script>",
    "- <img src=x onerror=alert(1)>\n  - [y](javascript:1)",
    "**<b onmouseover=alert(1)>x</b>**",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\ufeff<script>alert(1)</script>",
    "<scr\x00ipt>alert(1)</scr\x00ipt>",
    "＜script＞alert(1)＜/script＞",
    "[x](https://ok.example/\u2028javascript:alert(1))",
    "{{ constructor.constructor('alert(1)')() }} {% raw %} ${alert(1)}",
]


class _Reader(HTMLParser):
    """Collects what a browser would act upon."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in HARMLESS:
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            if (tag, name) not in {("a", "href"), ("a", "title"), ("a", "rel"), ("ol", "start")}:
                self.faults.append(f"{tag}[{name}={value}]")
            if name == "href":
                self._check_address(value or "")

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"<!--{data}")

    def handle_decl(self, decl: str) -> None:
        self.faults.append(f"<!{decl}")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"<?{data}")

    def unknown_decl(self, data: str) -> None:
        self.faults.append(f"<![{data}")

    def _check_address(self, address: str) -> None:
        plain = "".join(letter for letter in address if letter > " ").lower()
        if SCHEME.match(plain) and not plain.startswith(SCHEMES):
            self.faults.append(address)


def faults(html: str) -> list[str]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.faults


@pytest.mark.parametrize("payload", HOSTILE)
def test_hostile_text_becomes_harmless_markup(payload: str) -> None:
    assert faults(markdown.render(payload)) == []
    assert faults(markdown.render_inline(payload)) == []


@pytest.mark.parametrize("payload", HOSTILE)
def test_an_excerpt_is_text_and_harmless_once_escaped(payload: str) -> None:
    assert faults(escape(markdown.excerpt(markdown.render(payload)))) == []


PIECES = st.sampled_from(
    [*HOSTILE, "<", ">", '"', "'", "`", "```\n", "[", "](", ")", "!", "*", "_", "~~", "|", "\n", "\n\n", "> ", "- ",
     "javascript:", "https://e.example/", "&#x3c;", "\\", "<script>", "</script>", " onerror=alert(1) ", "\x00",
     "#aurora-s1", " #aurora-s1 ", ' class="chip"', "<a class=chip href=/x>"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=60)


@given(TEXTS)
def test_no_mixture_becomes_executable(text: str) -> None:
    assert faults(markdown.render(text)) == []
    assert faults(markdown.render_inline(text)) == []


@given(TEXTS)
def test_a_chip_is_all_that_bears_a_class_and_leads_to_its_product(text: str) -> None:
    for html in (markdown.render(text, products=PRODUCTS), markdown.render_inline(text, products=PRODUCTS)):
        assert faults(html.replace(SHOWN, "")) == []
        assert markdown.named_in(html) == ["Aurora <S1> & Co"] * html.count(SHOWN)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Try #aurora-s1.", f"<p>Try {SHOWN}.</p>\n"),
        ("#Aurora-S1", f"<p>{SHOWN}</p>\n"),
        ("**#aurora-s1**, _#aurora-s1_ (#aurora-s1) #aurora-s1-",
         f"<p><strong>{SHOWN}</strong>, <em>{SHOWN}</em> ({SHOWN}) {SHOWN}-</p>\n"),
        ("## Against #aurora-s1", f"<h3>Against {SHOWN}</h3>\n"),
        ("- #aurora-s1\n- #b", f"<ul>\n<li>{SHOWN}</li>\n<li>#b</li>\n</ul>\n"),
        ("> #aurora-s1", f"<blockquote>\n<p>{SHOWN}</p>\n</blockquote>\n"),
        ("# aurora-s1", "<h3>aurora-s1</h3>\n"),
        ("#unknown #1 C# C#aurora-s1 #", "<p>#unknown #1 C# C#aurora-s1 #</p>\n"),
        ("##aurora-s1 x/#aurora-s1 x@#aurora-s1", "<p>##aurora-s1 x/#aurora-s1 x@#aurora-s1</p>\n"),
        ("#aurora-s1x #aurora-s1-plus #aurora-s1ü #aurora", "<p>#aurora-s1x #aurora-s1-plus #aurora-s1ü #aurora</p>\n"),
        (r"\#aurora-s1 &#aurora-s1; &#35;aurora-s1", "<p>#aurora-s1 &amp;#aurora-s1; #aurora-s1</p>\n"),
        ("`#aurora-s1`", "<p><code>#aurora-s1</code></p>\n"),
        ("```chip\n#aurora-s1\n```", "<pre><code>#aurora-s1\n</code></pre>\n"),
        ("    #aurora-s1", "<pre><code>#aurora-s1\n</code></pre>\n"),
        ("[#aurora-s1](https://e.example)", f'<p><a href="https://e.example" {REL}>#aurora-s1</a></p>\n'),
        ("[x](#aurora-s1)", f'<p><a href="#aurora-s1" {REL}>x</a></p>\n'),
        ("https://e.example/#aurora-s1", f'<p><a href="https://e.example/#aurora-s1" {REL}>https://e.example/#aurora-s1</a></p>\n'),
        ("<https://e.example/?#aurora-s1>", f'<p><a href="https://e.example/?#aurora-s1" {REL}>https://e.example/?#aurora-s1</a></p>\n'),
        ("[x](https://e.example 'class=chip')",
         f'<p><a href="https://e.example" title="class=chip" {REL}>x</a></p>\n'),
        ("<a class=chip href=/x>x</a>", "<p>&lt;a class=chip href=/x&gt;x&lt;/a&gt;</p>\n"),
    ],
)  # fmt: skip
def test_a_product_is_a_chip_outside_of_code_links_and_addresses(written: str, shown: str) -> None:
    assert markdown.render(written, products=PRODUCTS) == shown


def test_a_comment_has_chips_too_and_a_plain_text_their_names() -> None:
    html = markdown.render_inline("#aurora-s1 or #mahl-one?", products=PRODUCTS)
    assert html == f"{SHOWN} or #mahl-one?"
    assert markdown.plain(html) == "Aurora <S1> & Co or #mahl-one?"
    assert markdown.excerpt(f"<p>{html}</p>", 12) == "Aurora <S1>…"


def test_the_slugs_of_a_text_are_told_once_in_their_order() -> None:
    assert markdown.products_in("#b-2 `#c` #a, #b-2 # d\n## e #f_ C#g https://e.example/#h") == ["b-2", "a", "f"]
    assert markdown.products_in("Nothing") == []


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("# One\n## Two\n### Three", "<h3>One</h3>\n<h3>Two</h3>\n<h4>Three</h4>\n"),
        ("one\ntwo", "<p>one<br>\ntwo</p>\n"),
        ("```js\na < b\n```", "<pre><code>a &lt; b\n</code></pre>\n"),
        ("- a\n  - b\n- c", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n<li>c</li>\n</ul>\n"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>\n'),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>\n"),
        ("~~old~~ **new**", "<p><s>old</s> <strong>new</strong></p>\n"),
        ("[shop](https://e.example 'T')", f'<p><a href="https://e.example" title="T" {REL}>shop</a></p>\n'),
        ("[mail](mailto:a@e.example)", f'<p><a href="mailto:a@e.example" {REL}>mail</a></p>\n'),
        ("see https://e.example/a?b=1&c=2.",
         f'<p>see <a href="https://e.example/a?b=1&amp;c=2" {REL}>https://e.example/a?b=1&amp;c=2</a>.</p>\n'),
        ("README.md and config.py", "<p>README.md and config.py</p>\n"),
        ("ftp://e.example //e.example a@e.example", "<p>ftp://e.example //e.example a@e.example</p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        ("![cup](https://e.example/x.png)", f'<p>!<a href="https://e.example/x.png" {REL}>cup</a></p>\n'),
        ("<b>bold</b>", "<p>&lt;b&gt;bold&lt;/b&gt;</p>\n"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_post_is_shown_as_meant(written: str, shown: str) -> None:
    assert markdown.render(written) == shown


def test_a_table_is_a_table() -> None:
    assert markdown.render("|a|b|\n|-|:-:|\n|1|2|") == (
        "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n"
        "<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>\n"
    )


def test_a_comment_is_one_paragraph_without_blocks() -> None:
    assert markdown.render_inline("# not a title\n\n- *no* `list`") == "# not a title - <em>no</em> <code>list</code>"


def test_nesting_stops_at_the_limit() -> None:
    quotes = markdown.render(">" * 500 + " deep")
    lists = markdown.render("\n".join(" " * 2 * depth + "- x" for depth in range(200)))
    assert 1 < quotes.count("<blockquote>") <= markdown.OPTIONS["maxNesting"]
    assert 1 < lists.count("<ul>") <= markdown.OPTIONS["maxNesting"]


def test_an_excerpt_keeps_words_apart_and_is_cut() -> None:
    html = markdown.render("# Title\nfirst *word*s\nsecond\n\n- one\n- two & three\n\n`<code>`")
    assert markdown.excerpt(html) == "Title first words second one two & three <code>"
    assert markdown.excerpt(html, 12) == "Title first…"
    assert markdown.excerpt(html, 14) == "Title first…"
    assert markdown.excerpt("<p>Siebträgermaschine</p>", 12) == "Siebträgerm…"


def test_threads_render_for_themselves() -> None:
    texts = [f"https://e.example/{number} and {'x' * (number % 50)} http://o.example/{number}" for number in range(200)]
    expected = [markdown.render(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(markdown.render, texts)) == expected
