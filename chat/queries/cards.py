"""Product cards: what of a product travels in a message."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from community.models import Product


def card(product: Product, language: str) -> dict[str, Any]:
    """The product as a card in the reader's ``language``; the shop's page puts its ``sku`` into the cart."""
    summary = getattr(product, f"summary_{language}", "") or product.summary
    return {
        "sku": product.sku,
        "slug": product.slug,
        "name": product.name,
        "summary": summary,
        "price": None if product.price is None else str(product.price),
        "currency": product.currency,
        "picture": _picture(product.picture),
        "url": product.shop_url,
    }


def _picture(picture: str) -> str:
    """An address that lasts as long as the message: one without the digest of a release."""
    if not picture or picture.startswith(("http://", "https://", "/")):
        return picture
    return f"{settings.STATIC_URL}{picture}"
