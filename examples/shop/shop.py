"""A small shop that uses the community for real: its block on each product, and its API for each order.

Nothing but Python's standard library, so that every line shows what a shop has to do. Not a shop to sell with: it keeps
orders in memory and asks nobody for money.
"""

from __future__ import annotations

import argparse
import html
import json
import os
import sys
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qs, quote, unquote, urlsplit
from urllib.request import Request, urlopen

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


class Community:
    """The part of the community's API that a shop needs."""

    def __init__(self, address: str, key: str) -> None:
        self.address, self.key = address.rstrip("/"), key

    def put_article(self, article: Article, shop: str) -> None:
        """Say what is sold; called at every start, since the same word again changes nothing."""
        self._send("PUT", f"shop/products/{quote(article.sku, safe='')}/", {
            "name": article.name,
            "url": f"{shop}{article.path}",
            "price": str(article.price),
            "currency": "EUR",
            "facts": article.facts,
            "active": True,
        })  # fmt: skip

    def post_order(self, number: str, email: str, article: Article, placed: datetime) -> None:
        """Say what was bought. The key makes it safe to send again after a broken line."""
        self._send("POST", "shop/orders/", {
            "order": number,
            "customer": email,
            "email": email,
            "placed_at": placed.isoformat(),
            "lines": [{"sku": article.sku, "quantity": 1, "amount": str(article.price)}],
            "currency": "EUR",
            "status": "paid",
        }, {"Idempotency-Key": number})  # fmt: skip

    def _send(self, method: str, path: str, body: dict[str, object], headers: dict[str, str] | None = None) -> None:
        request = Request(  # noqa: S310 - the address is the operator's own
            f"{self.address}/api/v1/{path}",
            json.dumps(body).encode(),
            {"Content-Type": "application/json", "Authorization": f"Api-Key {self.key}", **(headers or {})},
            method=method,
        )
        with urlopen(request, timeout=10):  # noqa: S310 - as above
            pass


class Shop(ThreadingHTTPServer):
    """The shop's server and what it remembers."""

    daemon_threads = True

    def __init__(self, host: str, port: int, community: Community) -> None:
        super().__init__((host, port), Pages)
        self.community = community
        self.origin = f"http://{host}:{self.server_address[1]}"
        self.orders: dict[str, Article] = {}

    @cached_property
    def policy(self) -> str:
        """As strict as a shop's policy can be: of the community only what the block needs."""
        theirs = self.community.address
        return (
            f"default-src 'none'; script-src {theirs}; style-src 'self' {theirs}; connect-src {theirs}; "
            f"img-src {theirs}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        )

    def buy(self, article: Article, email: str) -> str:
        """Take an order and tell the community; returns its number."""
        number = f"W-{uuid.uuid4().hex[:12]}"
        self.community.post_order(number, email, article, datetime.now(UTC))
        self.orders[number] = article
        return number


class Pages(BaseHTTPRequestHandler):
    """The shop's pages."""

    server: Shop
    server_version = "DemoShop"

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        match path.strip("/").split("/"):
            case [""]:
                self._page("Shop", _shelf(self.server.community.address))
            case ["shop.css"]:
                self._answer(200, (HERE / "shop.css").read_text(), "text/css")
            case ["products", sku] if sku in SHELF:
                self._page(SHELF[sku].name, _product(SHELF[sku], self.server.community.address))
            case ["orders", number] if number in self.server.orders:
                article = self.server.orders[number]
                self._page("Thank you", _thanks(number, article, self.server.community.address))
            case _:
                self._page("Nothing here", "<h1>There is nothing here</h1><p><a href='/'>To the shop</a></p>", 404)

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if self.headers.get("Origin") not in (None, self.server.origin) or not 0 < length <= LONGEST_FORM:
            return self._page("Refused", "<h1>That did not come from this shop</h1>", 403)
        form = {name: values[0].strip() for name, values in parse_qs(self.rfile.read(length).decode()).items()}
        article, email = SHELF.get(form.get("sku", "")), form.get("email", "").lower()
        if self.path != "/orders/" or article is None or "@" not in email:
            return self._page("Something is missing", "<h1>Which article, and whose address?</h1>", 400)
        try:
            number = self.server.buy(article, email)
        except (HTTPError, URLError) as error:
            print(f"The community did not take the order: {error}", file=sys.stderr)
            return self._page(
                "Try again", "<h1>The order was not taken</h1><p>Nothing was charged. Try again.</p>", 502
            )
        self.send_response(303)
        self.send_header("Location", f"/orders/{number}/")
        self.send_header("Content-Length", "0")
        self.end_headers()
        return None

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
<form method="post" action="/orders/"><input type="hidden" name="sku" value="{article.sku}">
<label for="email">Your e-mail address</label><input id="email" name="email" type="email" required autocomplete="email">
<button>Buy</button></form></div></article>
<script src="{community}/embed.js" data-product="{article.sku}" async></script>"""


def _thanks(number: str, article: Article, community: str) -> str:
    return f"""<h1>Thank you</h1><p>Order {number}: {html.escape(article.name)}, {article.price} €.</p>
<p>If you are a member of the community with this address, it now says that you own it:
<a href="{community}/">go and help somebody</a>.</p>"""


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
        shop.community.put_article(article, shop.origin)
    print(f"The shop is at {shop.origin}", flush=True)
    try:
        shop.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        shop.server_close()


if __name__ == "__main__":
    main()
