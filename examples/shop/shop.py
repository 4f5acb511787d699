"""A small shop that uses the community for real: its block on each product, its coupons, its API for each order.

Nothing but Python's standard library, so that every line shows what a shop has to do. Not a shop to sell with: it keeps
baskets and orders in memory and asks nobody for money. ``api.py`` beside it speaks with the community.
"""

from __future__ import annotations

import argparse
import html
import json
import os
import sys
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import URLError
from urllib.parse import parse_qs, quote, unquote, urlsplit

from api import Community, Discount, Line, Refused

HERE = Path(__file__).parent
LONGEST_FORM = 10_000


@dataclass(frozen=True)
class Article:
    """One thing on the shelf."""

    sku: str
    name: str
    text: str
    price: Decimal
    facts: dict[str, str | int]

    @property
    def path(self) -> str:
        return f"/products/{quote(self.sku, safe='')}/"


SHELF = {
    article.sku: article
    for article in (
        Article("AURORA-S1", "Aurora S1", "Single-boiler espresso machine, ready in six minutes.", Decimal("1290.00"),
                {"width_mm": 285, "boiler": "single", "ready_minutes": 6}),
        Article("AURORA-DUO", "Aurora Duo", "Dual boiler for those who brew and steam at once.", Decimal("2190.00"),
                {"width_mm": 340, "boiler": "dual", "ready_minutes": 9}),
        Article("MAHL-TWO", "Mahl Two", "Quiet grinder for espresso and filter.", Decimal("449.00"),
                {"burrs_mm": 64, "noise_db": 62}),
        Article("KETTLE-FJORD", "Fjord", "Gooseneck kettle with temperature control.", Decimal("79.00"),
                {"litres": "0.8"}),
    )
}  # fmt: skip


@dataclass
class Purchase:
    """A basket that becomes an order. Its number is there from the start: whatever is sent twice has the same name."""

    article: Article
    number: str = field(default_factory=lambda: f"W-{uuid.uuid4().hex[:12]}")
    reserved: Discount | None = None
    redeemed: Discount | None = None
    email: str = ""
    placed: datetime | None = None
    returned: bool = False

    @property
    def lines(self) -> list[Line]:
        return [Line(self.article.sku, 1, self.article.price)]

    @property
    def off(self) -> Decimal:
        discount = self.redeemed or self.reserved
        return discount.amount if discount else Decimal(0)


class Shop(ThreadingHTTPServer):
    """The shop's server and what it remembers."""

    daemon_threads = True

    def __init__(self, host: str, port: int, community: Community) -> None:
        super().__init__((host, port), Pages)
        self.community = community
        self.origin = f"http://{host}:{self.server_address[1]}"
        self.purchases: dict[str, Purchase] = {}

    @cached_property
    def policy(self) -> str:
        """As strict as a shop's policy can be: of the community only what the block needs."""
        theirs = self.community.address
        return (
            f"default-src 'none'; script-src {theirs}; style-src 'self' {theirs}; connect-src {theirs}; "
            f"img-src {theirs}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        )

    def fill(self, article: Article) -> Purchase:
        """Put an article into a new basket."""
        purchase = Purchase(article)
        self.purchases[purchase.number] = purchase
        return purchase

    def use_code(self, purchase: Purchase, code: str) -> None:
        """Let the community keep the code for this basket."""
        self.drop_code(purchase)
        purchase.reserved = self.community.reserve(code, purchase.number, purchase.lines)

    def drop_code(self, purchase: Purchase) -> None:
        """Give the code back at once; a basket that is left behind loses it by itself."""
        reserved, purchase.reserved = purchase.reserved, None
        if reserved:
            self.community.release(reserved.token)

    def buy(self, purchase: Purchase, email: str) -> None:
        """Take the order: redeem its code, then tell the community. Every step may be repeated."""
        if purchase.reserved:
            try:
                purchase.redeemed = self.community.redeem(purchase.reserved.token, purchase.number, purchase.lines)
            except Refused:
                # The price has changed, so the customer has to see it before buying.
                purchase.reserved = None
                raise
        now = datetime.now(UTC)
        self.community.post_order(purchase.number, email, purchase.lines, "paid", now, now)
        purchase.email, purchase.placed = email, now

    def take_back(self, purchase: Purchase) -> None:
        """Take the article back, and let the customer have the code again."""
        if purchase.placed is None or purchase.returned:
            return
        if purchase.redeemed:
            self.community.refund(purchase.redeemed.token, purchase.number)
        self.community.post_order(
            purchase.number, purchase.email, purchase.lines, "returned", purchase.placed, datetime.now(UTC)
        )
        purchase.returned = True


class Pages(BaseHTTPRequestHandler):
    """The shop's pages."""

    server: Shop
    server_version = "DemoShop"

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        bought = self.server.purchases
        match path.strip("/").split("/"):
            case [""]:
                self._page("Shop", _shelf(self.server.community.address))
            case ["shop.css"]:
                self._answer(200, (HERE / "shop.css").read_text(), "text/css")
            case ["products", sku] if sku in SHELF:
                self._page(SHELF[sku].name, _product(SHELF[sku], self.server.community.address))
            case ["baskets", number] if number in bought and bought[number].placed is None:
                self._page("Your basket", _basket(bought[number]))
            case ["orders", number] if number in bought and bought[number].placed is not None:
                self._page("Thank you", _order(bought[number], self.server.community.address))
            case _:
                self._page("Nothing here", "<h1>There is nothing here</h1><p><a href='/'>To the shop</a></p>", 404)

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if self.headers.get("Origin") not in (None, self.server.origin) or length > LONGEST_FORM:
            return self._page("Refused", "<h1>That did not come from this shop</h1>", 403)
        form = {name: values[0].strip() for name, values in parse_qs(self.rfile.read(length).decode()).items()}
        number = unquote(urlsplit(self.path).path).strip("/").split("/")[1:2]
        purchase = self.server.purchases.get(number[0]) if number else None
        try:
            place = self._deed(purchase, form)
        except Refused as refusal:
            # Its sentence is meant for the customer; the basket stays as it is, without the code.
            page = _basket(purchase, refusal.detail, form.get("code", "")) if purchase else ""
            return self._page("Your basket", page, 409)
        except URLError as error:
            print(f"The community did not answer: {error}", file=sys.stderr)
            return self._page("Try again", "<h1>That did not work</h1><p>Nothing was charged. Try again.</p>", 502)
        if place is None:
            return self._page("Something is missing", "<h1>Which article, and whose address?</h1>", 400)
        return self._see(place)

    def _deed(self, purchase: Purchase | None, form: dict[str, str]) -> str | None:
        """Do what the address says, and return where to look next."""
        shop, email = self.server, form.get("email", "").lower()
        match self.path.strip("/").split("/"):
            case ["baskets"] if form.get("sku") in SHELF:
                return f"/baskets/{shop.fill(SHELF[form['sku']]).number}/"
            case ["baskets", number, "coupon"] if purchase and not purchase.placed:
                shop.use_code(purchase, form.get("code", ""))
                return f"/baskets/{number}/"
            case ["baskets", number, "without-coupon"] if purchase and not purchase.placed:
                shop.drop_code(purchase)
                return f"/baskets/{number}/"
            case ["baskets", number, "order"] if purchase and "@" in email:
                if not purchase.placed:
                    shop.buy(purchase, email)
                return f"/orders/{number}/"
            case ["orders", number, "return"] if purchase:
                shop.take_back(purchase)
                return f"/orders/{number}/"
        return None

    def _see(self, place: str) -> None:
        self.send_response(303)
        self.send_header("Location", place)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _page(self, title: str, main: str, status: int = 200) -> None:
        page = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{html.escape(title)} · Nordlicht Shop</title><link rel="stylesheet" href="/shop.css"></head>
<body><header><a href="/">Nordlicht Shop</a><span>A demo: nothing is sold here</span></header>
<main>{main}</main></body></html>"""
        self._answer(status, page, "text/html")

    def _answer(self, status: int, text: str, kind: str) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", self.server.policy)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing of every request."""


def _shelf(community: str) -> str:
    cards = "".join(
        f'<li><a href="{article.path}">{_picture(article, community)}<strong>{html.escape(article.name)}</strong></a>'
        f"<span>{article.price} €</span></li>"
        for article in SHELF.values()
    )
    return f"<h1>Good coffee needs little</h1><ul class='shelf'>{cards}</ul>"


def _product(article: Article, community: str) -> str:
    """The script at the end is all that the block needs."""
    return f"""<article class="product">
<div class="plate">{_picture(article, community)}</div>
<div><h1>{html.escape(article.name)}</h1><p>{html.escape(article.text)}</p><p class="price">{article.price} €</p>
<form method="post" action="/baskets/"><input type="hidden" name="sku" value="{article.sku}">
<button>Into the basket</button></form></div></article>
<script src="{community}/embed.js" data-product="{article.sku}" async></script>"""


def _basket(purchase: Purchase, complaint: str = "", code: str = "") -> str:
    """What is in it, what a code takes off, and the way to the order."""
    place, article = f"/baskets/{purchase.number}", purchase.article
    problem = f'<p class="problem" id="problem" role="alert">{html.escape(complaint)}</p>' if complaint else ""
    if purchase.reserved:
        coupon = f"""<form method="post" action="{place}/without-coupon/" class="line">
<span>Coupon</span><span>− {purchase.off} €</span><button class="quiet">Leave the code out</button></form>"""
    else:
        coupon = f"""<form method="post" action="{place}/coupon/"><label for="code">Coupon code</label>{problem}
<div class="row"><input id="code" name="code" required autocomplete="off" autocapitalize="characters" spellcheck="false"
maxlength="80" value="{html.escape(code)}"{' aria-describedby="problem" aria-invalid="true"' if complaint else ""}>
<button class="quiet">Use the code</button></div></form>"""
    return f"""<section class="basket"><h1>Your basket</h1>
<p class="line"><span>{html.escape(article.name)}</span><span>{article.price} €</span></p>{coupon}
<p class="line total"><strong>To pay</strong><strong>{article.price - purchase.off} €</strong></p>
<form method="post" action="{place}/order/"><label for="email">Your e-mail address</label>
<input id="email" name="email" type="email" required autocomplete="email"><button>Buy</button></form></section>"""


def _order(purchase: Purchase, community: str) -> str:
    article = purchase.article
    off = f" A code took {purchase.off} € off." if purchase.redeemed else ""
    if purchase.returned:
        again = " Your code can be used again." if purchase.redeemed else ""
        return f"<h1>We have it back</h1><p>Order {purchase.number} is returned.{again}</p>"
    return f"""<h1>Thank you</h1>
<p>Order {purchase.number}: {html.escape(article.name)}, {article.price - purchase.off} €.{off}</p>
<p>If you are a member of the community with this address, it now says that you own it:
<a href="{community}/">go and help somebody</a>.</p>
<form method="post" action="/orders/{purchase.number}/return/"><button class="quiet">Return it</button></form>"""


def _picture(article: Article, community: str) -> str:
    return f'<img src="{community}/static/demo/{article.sku.lower()}.svg" alt="" width="400" height="300">'


def key_from(stream: str) -> str:
    """The shop's key from what ``seed_demo --json`` prints."""
    return str(json.loads(stream)["api_keys"]["shop"])


def main() -> None:
    """Start the shop."""
    parser = argparse.ArgumentParser(description="A demo shop beside the community.")
    parser.add_argument("--community", default=os.environ.get("COMMUNITY", "http://localhost:8000"))
    parser.add_argument("--host", default="localhost")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8001")))
    options = parser.parse_args()
    key = os.environ.get("SHOP_KEY") or key_from(sys.stdin.read())
    shop = Shop(options.host, options.port, Community(options.community, key))
    for article in SHELF.values():
        told: dict[str, object] = {"name": article.name, "url": f"{shop.origin}{article.path}"}
        shop.community.put_product(article.sku, {**told, "price": str(article.price), "facts": article.facts})
    print(f"The shop is at {shop.origin}", flush=True)
    try:
        shop.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        shop.server_close()


if __name__ == "__main__":
    main()
