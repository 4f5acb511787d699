"""Doors to what the shop sells and to what people talk about."""

from __future__ import annotations

from community.access.people import NotFound, Person
from community.models import Product, Topic


def product_for(person: Person, slug: str) -> Product:
    """A product that is on sale or was. Raises ``NotFound``."""
    product = Product.objects.filter(slug=slug, is_active=True).first()
    if product is None:
        raise NotFound
    return product


def topic_for(person: Person, slug: str) -> Topic:
    """A topic. Raises ``NotFound``."""
    topic = Topic.objects.filter(slug=slug).first()
    if topic is None:
        raise NotFound
    return topic
