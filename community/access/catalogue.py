"""Doors to what the shop sells and to what people talk about."""

from __future__ import annotations

from community.access.people import NotFound, Person
from community.models import Product, Topic
from community.queries import products


def product_for(person: Person, slug: str) -> Product:
    """A product on sale, also by an address that it had before. Raises ``NotFound``."""
    on_sale = products.active()
    product = on_sale.filter(slug=slug).first() or on_sale.filter(former_slugs__slug=slug).first()
    if product is None:
        raise NotFound
    return product


def product_named(person: Person, key: str) -> Product:
    """A product on sale by its SKU, as the shop calls it, or by its slug. Raises ``NotFound``."""
    product = products.called(key)
    if product is None:
        raise NotFound
    return product


def topic_for(person: Person, slug: str) -> Topic:
    """A topic. Raises ``NotFound``."""
    topic = Topic.objects.filter(slug=slug).first()
    if topic is None:
        raise NotFound
    return topic
