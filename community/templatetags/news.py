"""The brand's news on the pages of others: ``{% latest_news %}`` and ``{% latest_news product=product %}``."""

from __future__ import annotations

from typing import Any

from django import template

from community.models import Product
from community.queries import news as queries

register = template.Library()


@register.inclusion_tag("news/latest.html")
def latest_news(product: Product | None = None, size: int = 3) -> dict[str, Any]:
    """Show the latest news in a section of its own, or nothing where there are none."""
    return {"news": queries.latest(size, product=product), "product": product}
