"""The shop's pages as text. The two script tags of ``page`` are all that the community needs."""

from __future__ import annotations

import html
import json
from dataclasses import dataclass

from shelf import SHELF, Article, Customer, Purchase


@dataclass(frozen=True)
class Frame:
    """What stands around every page: where the community is, the widget's key, and whose page it is."""

    community: str
    widget: str
    customer: Customer

    def page(self, title: str, main: str, *, article: Article | None = None, left: bool = False) -> str:
        """A whole page. ``left`` is the first one after a log-out: the chat forgets with it."""
        basket, who = self.customer.basket, html.escape(self.customer.email)
        account = f"<a href='/account/'>{who or 'Sign in'}</a>"
        count = f"<b data-count{'' if basket.count else ' hidden'}>{basket.count}</b>"
        return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{html.escape(title)} · Nordlicht Shop</title><link rel="stylesheet" href="/shop.css">
<script src="/shop.js" defer></script></head>
<body data-context="{html.escape(self._context(article))}"{" data-known" if who else ""}{" data-left" if left else ""}>
<p class="bar">Free delivery from 49 €. A demo: nothing is sold here.</p>
<header><a class="logo" href="/">Nordlicht Shop</a><nav aria-label="Shop">{account}
<a href="{self.community}/">Community</a><a href="/baskets/{basket.number}/">Basket {count}</a></nav></header>
<main>{main}</main>{self._widget()}</body></html>"""

    def _widget(self) -> str:
        if not self.widget:
            return ""
        return f'<script src="{self.community}/widget.js?key={html.escape(self.widget)}" async></script>'

    def _context(self, article: Article | None) -> str:
        """What the page tells the widget: kept in the browser until its visitor asks something."""
        return json.dumps(context(self.customer, article))


def context(customer: Customer, article: Article | None = None) -> dict[str, object]:
    """Product and basket in the words of ``Kundenkreis.setContext``."""
    basket = customer.basket
    lines = [
        {"sku": line.sku, "name": SHELF[line.sku].name, "quantity": line.quantity, "price": str(SHELF[line.sku].price)}
        for line in basket.lines
    ]
    about = {"product": article.sku, "product_name": article.name} if article else {}
    worth = {"cart_value": str(basket.worth), "cart_currency": "EUR"} if lines else {}
    return {"phase": "before", **about, "cart": lines, **worth}


def shelf(community: str) -> str:
    """Everything there is."""
    cards = "".join(
        f'<li><a href="{article.path}">{_picture(article, community)}<strong>{html.escape(article.name)}</strong></a>'
        f"<span>{article.price} €</span></li>"
        for article in SHELF.values()
    )
    return f"<h1>Good coffee needs little</h1><ul class='shelf'>{cards}</ul>"


def product(article: Article, community: str) -> str:
    """One article; the script at the end is all that the block of reviews and questions needs."""
    facts = "".join(
        f"<dt>{html.escape(name.replace('_', ' ').capitalize())}</dt><dd>{html.escape(str(fact))}</dd>"
        for name, fact in article.facts.items()
    )
    return f"""<article class="product">
<div class="plate">{_picture(article, community)}</div>
<div><h1>{html.escape(article.name)}</h1><p>{html.escape(article.text)}</p><p class="price">{article.price} €</p>
<form method="post" action="/baskets/"><input type="hidden" name="sku" value="{article.sku}">
<button>Into the basket</button></form>
<ul class="ticks"><li>At your door in three days</li><li>Five years of warranty</li></ul>
<details><summary>Measurements</summary><dl>{facts}</dl></details></div></article>
<script src="{community}/embed.js" data-product="{article.sku}" async></script>"""


def basket(purchase: Purchase, complaint: str = "", code: str = "", email: str = "") -> str:
    """What is in it, what a code takes off, and the way to the order."""
    if not purchase.articles:
        return "<section class='basket'><h1>Your basket</h1><p>It is empty. <a href='/'>To the shelf</a></p></section>"
    place = f"/baskets/{purchase.number}"
    problem = f'<p class="problem" id="problem" role="alert">{html.escape(complaint)}</p>' if complaint else ""
    if purchase.reserved:
        coupon = f"""<form method="post" action="{place}/without-coupon/" class="line">
<span>Coupon</span><span>− {purchase.off} €</span><button class="quiet">Leave the code out</button></form>"""
    else:
        coupon = f"""<form method="post" action="{place}/coupon/"><label for="code">Coupon code</label>{problem}
<div class="row"><input id="code" name="code" required autocomplete="off" autocapitalize="characters" spellcheck="false"
maxlength="80" value="{html.escape(code)}"{' aria-describedby="problem" aria-invalid="true"' if complaint else ""}>
<button class="quiet">Use the code</button></div></form>"""
    return f"""<section class="basket"><h1>Your basket</h1>{_lines(purchase)}{coupon}
<p class="line total"><strong>To pay</strong><strong>{purchase.worth - purchase.off} €</strong></p>
<form method="post" action="{place}/order/"><label for="email">Your e-mail address</label>
<input id="email" name="email" type="email" required autocomplete="email" value="{html.escape(email)}">
<button>Buy</button></form></section>"""


def order(purchase: Purchase, community: str) -> str:
    """Thanks for it, or word that it came back."""
    off = f" A code took {purchase.off} € off." if purchase.redeemed else ""
    if purchase.returned:
        again = " Your code can be used again." if purchase.redeemed else ""
        return f"<h1>We have it back</h1><p>Order {purchase.number} is returned.{again}</p>"
    names = ", ".join(html.escape(SHELF[sku].name) for sku in purchase.articles)
    return f"""<h1>Thank you</h1>
<p>Order {purchase.number}: {names}, {purchase.worth - purchase.off} €.{off}</p>
<p>If you are a member of the community with this address, it now says that you own it:
<a href="{community}/">go and help somebody</a>.</p>
<form method="post" action="/orders/{purchase.number}/return/"><button class="quiet">Return it</button></form>"""


def account(customer: Customer) -> str:
    """Who the shop takes somebody for. A real one asks for a password."""
    if customer.email:
        return f"""<section class="basket"><h1>Hello</h1><p>You are {html.escape(customer.email)}.
The chat knows it too: the shop's server has signed it.</p>
<form method="post" action="/account/leave/"><button class="quiet">Sign out</button></form></section>"""
    return """<section class="basket"><h1>Sign in</h1><form method="post" action="/account/">
<label for="email">Your e-mail address</label>
<input id="email" name="email" type="email" required autocomplete="email" value="lena@demo.example">
<button>Sign in</button></form></section>"""


def _lines(purchase: Purchase) -> str:
    return "".join(
        f'<p class="line"><span>{html.escape(SHELF[line.sku].name)}{f" × {line.quantity}" if line.quantity > 1 else ""}'
        f"</span><span>{line.amount} €</span></p>"
        for line in purchase.lines
    )


def _picture(article: Article, community: str) -> str:
    return f'<img src="{community}/static/demo/{article.sku.lower()}.svg" alt="" width="400" height="300">'
