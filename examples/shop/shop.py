"""A small shop that uses the community for real: its block on each product, its coupons, its chat, its API for orders.

Nothing but Python's standard library, so that every line shows what a shop has to do. Not a shop to sell with: it keeps
baskets and orders in memory and asks nobody for money or passwords. ``api.py`` beside it speaks with the community,
``identity.py`` signs who a customer is, ``pages.py`` is what they see.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import sys
from datetime import UTC, datetime
from functools import cached_property
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import URLError
from urllib.parse import parse_qs, unquote, urlsplit

import identity
import pages
from api import Community, Refused
from shelf import SHELF, Customer, Purchase

HERE = Path(__file__).parent
FILES = {"shop.css": "text/css", "shop.js": "text/javascript"}
LONGEST_FORM = 10_000
COOKIE = "shop"


class Shop(ThreadingHTTPServer):
    """The shop's server and what it remembers."""

    daemon_threads = True

    def __init__(self, host: str, port: int, community: Community, widget: tuple[str, str] = ("", "")) -> None:
        super().__init__((host, port), Pages)
        self.community = community
        self.widget, self.secret = widget
        self.origin = f"http://{host}:{self.server_address[1]}"
        self.purchases: dict[str, Purchase] = {}
        self.customers: dict[str, Customer] = {}

    @cached_property
    def policy(self) -> str:
        """As strict as a shop's policy can be: of the community only what block and chat need."""
        theirs = self.community.address
        return (
            f"default-src 'none'; script-src 'self' {theirs}; style-src 'self' {theirs}; "
            f"connect-src 'self' {theirs}; img-src {theirs}; frame-src {theirs}; form-action 'self'; "
            "base-uri 'none'; frame-ancestors 'none'"
        )

    def fill(self, customer: Customer, sku: str) -> Purchase:
        """Put an article into the basket; what was bought begins a new one."""
        if customer.basket.placed is not None:
            customer.basket = Purchase()
        basket = customer.basket
        self.drop_code(basket)
        basket.articles[sku] = basket.articles.get(sku, 0) + 1
        self.purchases[basket.number] = basket
        return basket

    def use_code(self, purchase: Purchase, code: str) -> None:
        """Let the community keep the code for this basket."""
        self.drop_code(purchase)
        purchase.reserved = self.community.reserve(code, purchase.number, purchase.lines)

    def drop_code(self, purchase: Purchase) -> None:
        """Give the code back at once; a basket that is left behind loses it by itself."""
        reserved, purchase.reserved = purchase.reserved, None
        if reserved:
            self.community.release(reserved.token)

    def buy(self, customer: Customer, purchase: Purchase, email: str) -> None:
        """Take the order: redeem its code, then tell the community. Every step may be repeated."""
        if purchase.reserved:
            try:
                purchase.redeemed = self.community.redeem(purchase.reserved.token, purchase.number, purchase.lines)
            except Refused:
                # The price has changed, so the customer has to see it before buying.
                purchase.reserved = None
                raise
        now = datetime.now(UTC)
        purchase.conversation = customer.conversation
        self._report(purchase, email, "paid", now, now)
        purchase.email, purchase.placed = email, now
        customer.orders, customer.spent = customer.orders + 1, customer.spent + purchase.worth - purchase.off

    def take_back(self, purchase: Purchase) -> None:
        """Take the article back, and let the customer have the code again."""
        if purchase.placed is None or purchase.returned:
            return
        if purchase.redeemed:
            self.community.refund(purchase.redeemed.token, purchase.number)
        self._report(purchase, purchase.email, "returned", purchase.placed, datetime.now(UTC))
        purchase.returned = True

    def identity(self, customer: Customer) -> str:
        """What the shop vouches for, signed for the chat; empty for a stranger."""
        if not (customer.email and self.secret):
            return ""
        crm: dict[str, object] = {"orders": customer.orders, "spent": float(customer.spent)}
        return identity.token(self.widget, self.secret, customer.email, email=customer.email, crm=crm)

    def _report(self, purchase: Purchase, email: str, status: str, placed: datetime, changed: datetime) -> None:
        self.community.post_order(
            purchase.number, email, purchase.lines, status, placed, changed, purchase.conversation
        )


class Pages(BaseHTTPRequestHandler):
    """The shop's pages."""

    server: Shop
    server_version = "DemoShop"
    cookie = ""

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        bought, community = self.server.purchases, self.server.community.address
        customer = self._customer()
        match path.strip("/").split("/"):
            case [""]:
                self._page("Shop", pages.shelf(community))
            case [name] if name in FILES:
                self._answer(200, (HERE / name).read_text(), FILES[name])
            case ["products", sku] if sku in SHELF:
                article = SHELF[sku]
                self._answer(200, self._frame().page(article.name, pages.product(article, community), article=article))
            case ["account"]:
                left = "left" in urlsplit(self.path).query
                self._answer(200, self._frame().page("Your account", pages.account(customer), left=left))
            case ["baskets", number] if number == customer.basket.number and customer.basket.placed is None:
                self._page("Your basket", pages.basket(customer.basket, email=customer.email))
            case ["orders", number] if number in bought and bought[number].placed is not None:
                self._page("Thank you", pages.order(bought[number], community))
            case _:
                self._page("Nothing here", "<h1>There is nothing here</h1><p><a href='/'>To the shop</a></p>", 404)

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if self.headers.get("Origin") not in (None, self.server.origin) or length > LONGEST_FORM:
            return self._page("Refused", "<h1>That did not come from this shop</h1>", 403)
        form = {name: values[0].strip() for name, values in parse_qs(self.rfile.read(length).decode()).items()}
        parts = unquote(urlsplit(self.path).path).strip("/").split("/")
        if self._told(parts, form):
            return None
        purchase = self.server.purchases.get(parts[1]) if len(parts) > 1 else None
        try:
            place = self._deed(parts, purchase, form)
        except Refused as refusal:
            # Its sentence is meant for the customer; the basket stays as it is, without the code.
            page = pages.basket(purchase, refusal.detail, form.get("code", "")) if purchase else ""
            return self._page("Your basket", page, 409)
        except URLError as error:
            print(f"The community did not answer: {error}", file=sys.stderr)
            return self._page("Try again", "<h1>That did not work</h1><p>Nothing was charged. Try again.</p>", 502)
        if place is None:
            return self._page("Something is missing", "<h1>Which article, and whose address?</h1>", 400)
        return self._see(place)

    def _told(self, parts: list[str], form: dict[str, str]) -> bool:
        """Answer what ``shop.js`` asks for the chat; whether it was that."""
        customer = self._customer()
        match parts:
            case ["identity"]:
                self._answer(200, self.server.identity(customer), "text/plain")
            case ["conversation"]:
                customer.conversation = form.get("token", "")[:200]
                self._answer(200, "", "text/plain")
            case ["baskets", "add"] if form.get("sku") in SHELF:
                basket = self.server.fill(customer, form["sku"])
                told = {"count": basket.count, "context": pages.context(customer)}
                self._answer(200, json.dumps(told), "application/json")
            case _:
                return False
        return True

    def _deed(self, parts: list[str], purchase: Purchase | None, form: dict[str, str]) -> str | None:
        """Do what the address says, and return where to look next."""
        shop, customer, email = self.server, self._customer(), form.get("email", "").lower()
        match parts:
            case ["baskets"] if form.get("sku") in SHELF:
                return f"/baskets/{shop.fill(customer, form['sku']).number}/"
            case ["baskets", number, "coupon" | "without-coupon" as what] if purchase and not purchase.placed:
                if what == "coupon":
                    shop.use_code(purchase, form.get("code", ""))
                else:
                    shop.drop_code(purchase)
                return f"/baskets/{number}/"
            case ["baskets", number, "order"] if purchase and "@" in email:
                if not purchase.placed:
                    shop.buy(customer, purchase, email)
                    customer.basket = Purchase()
                return f"/orders/{number}/"
            case ["orders", number, "return"] if purchase:
                shop.take_back(purchase)
                return f"/orders/{number}/"
            case ["account", *rest]:
                return self._sign(customer, email, leave=rest == ["leave"])
        return None

    def _sign(self, customer: Customer, email: str, *, leave: bool) -> str | None:
        if leave:
            # Another browser from here on: nothing of the one who left is in it.
            self.server.customers.pop(self.cookie, None)
            return "/account/?left"
        if "@" not in email:
            return None
        customer.email = email
        return "/account/"

    def _customer(self) -> Customer:
        """Whose browser it is, by a cookie that says nothing; whoever only looks gets none."""
        found = SimpleCookie(self.headers.get("Cookie", "")).get(COOKIE)
        known = self.cookie or (found.value if found else "")
        if not known and self.command == "GET":
            return Customer()
        self.cookie = known or secrets.token_urlsafe(16)
        return self.server.customers.setdefault(self.cookie, Customer())

    def _frame(self) -> pages.Frame:
        return pages.Frame(self.server.community.address, self.server.widget, self._customer())

    def _see(self, place: str) -> None:
        self.send_response(303)
        self.send_header("Location", place)
        self.send_header("Content-Length", "0")
        self._remember()
        self.end_headers()

    def _page(self, title: str, main: str, status: int = 200) -> None:
        self._answer(status, self._frame().page(title, main))

    def _answer(self, status: int, text: str, kind: str = "text/html") -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", self.server.policy)
        self.send_header("X-Content-Type-Options", "nosniff")
        self._remember()
        self.end_headers()
        self.wfile.write(body)

    def _remember(self) -> None:
        if self.cookie:
            self.send_header("Set-Cookie", f"{COOKIE}={self.cookie}; Path=/; HttpOnly; SameSite=Lax")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing of every request."""


def keys_from(stream: str) -> tuple[str, tuple[str, str]]:
    """The shop's key, and key and secret of its widget, from what ``seed_demo --json`` prints."""
    told = json.loads(stream)
    widget = (told.get("widget_keys", {}).get("shop", ""), told.get("widget_secrets", {}).get("shop", ""))
    return str(told["api_keys"]["shop"]), widget


def main() -> None:
    """Start the shop."""
    parser = argparse.ArgumentParser(description="A demo shop beside the community.")
    parser.add_argument("--community", default=os.environ.get("COMMUNITY", "http://localhost:8000"))
    parser.add_argument("--host", default="localhost")
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8001")))
    options = parser.parse_args()
    key, widget = (
        os.environ.get("SHOP_KEY", ""),
        (os.environ.get("WIDGET_KEY", ""), os.environ.get("WIDGET_SECRET", "")),
    )
    if not key:
        key, widget = keys_from(sys.stdin.read())
    shop = Shop(options.host, options.port, Community(options.community, key), widget)
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
