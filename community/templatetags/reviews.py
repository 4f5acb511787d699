"""Stars, what they add up to, and the structured form of a product with its reviews."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community import markdown
from community.links import absolute
from community.models import Product, Rating, Review
from community.models.review import STARS
from community.templatetags.seo import ESCAPES, TEXT
from community.templatetags.ui import picture

register = template.Library()

LISTED = 10


@register.simple_tag
def stars(value: float) -> SafeString:
    """Draw one to five stars and say how many they are; parts are rounded."""
    full = round(value)
    drawn = format_html_join(
        "",
        '<svg class="icon{}" aria-hidden="true"><use href="{}#star"/></svg>',
        ((" off" if place > full else "", static("icons.svg")) for place in range(1, 6)),
    )
    return format_html('<span class="stars" role="img" aria-label="{}">{}</span>', star_words(value), drawn)


@register.filter
def star_words(value: float) -> str:
    """Say "4.6 out of 5 stars" in the reader's language."""
    return _("%(stars)s out of 5 stars") % {"stars": mean(value)}


@register.filter
def mean(value: float) -> str:
    """Write an average with one place as the reader's language does; one review's stars without."""
    return formats.number_format(value, 0 if isinstance(value, int) else 1)


@register.simple_tag
def histogram(rating: Rating, chosen: int | None = None) -> list[dict[str, Any]]:
    """The rows of the distribution, the best first."""
    total = rating.count or 1
    return [
        {"stars": value, "count": rating.histogram[value], "share": round(100 * rating.histogram[value] / total)}
        | {"chosen": value == chosen}
        for value in STARS
    ]


@register.filter
def owned_for(since: date) -> str:
    """How long somebody has had it, in the largest whole unit."""
    today = timezone.localdate()
    months = (today.year - since.year) * 12 + today.month - since.month - (today.day < since.day)
    if months >= 12:
        return ngettext("Owned for %(n)d year", "Owned for %(n)d years", months // 12) % {"n": months // 12}
    if months >= 1:
        return ngettext("Owned for %(n)d month", "Owned for %(n)d months", months) % {"n": months}
    return _("Owned for a few weeks") if (today - since).days >= 14 else _("New owner")


@register.simple_tag
def verified_share(rating: Rating) -> int:
    """How many of a hundred reviews are verified purchases."""
    return round(100 * rating.verified / rating.count) if rating.count else 0


@register.simple_tag
def product_json_ld(product: Product, rating: Rating, reviews: Iterable[Review]) -> SafeString:
    """Describe a product with its rating as schema.org's Product: only reviews that count in the average.

    A data block: browsers never execute it, so the Content-Security-Policy lets it stand inline.
    """
    data = json.dumps(_product(product, rating, reviews), separators=(",", ":")).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{data}</script>')  # noqa: S308 - escaped the line before


def _product(product: Product, rating: Rating, reviews: Iterable[Review]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": product.name,
        "sku": product.sku,
        "url": absolute(product.get_absolute_url()),
    }
    if product.summary:
        found["description"] = product.summary
    if product.picture:
        address = picture(product)
        found["image"] = absolute(address)
    if product.price is not None:
        found["offers"] = {"@type": "Offer", "price": str(product.price), "priceCurrency": product.currency}
        if product.shop_url:
            found["offers"]["url"] = product.shop_url
    if rating.average is not None:
        found["aggregateRating"] = {
            "@type": "AggregateRating",
            "ratingValue": rating.average,
            "reviewCount": rating.count,
            "bestRating": 5,
            "worstRating": 1,
        }
    if listed := [_review(one) for one in reviews if one.is_visible and one.independent][:LISTED]:
        found["review"] = listed
    return found


def _review(review: Review) -> dict[str, Any]:
    return {
        "@type": "Review",
        "name": review.title,
        "reviewBody": markdown.excerpt(review.html, TEXT),
        "inLanguage": review.language,
        "datePublished": review.created_at.isoformat(),
        "author": {"@type": "Person", "name": review.author.display_name},
        "reviewRating": {"@type": "Rating", "ratingValue": review.stars, "bestRating": 5, "worstRating": 1},
    }
