"""Doors to what the shop sells and to what people talk about."""

from __future__ import annotations

from django.db.models import Q

from community.access.people import NotFound, Person
from community.models import Product, Topic


def product_for(person: Person, slug: str) -> Product:
    """A product on sale, also by an address that it had before. Raises ``NotFound``."""
    products = Product.objects.filter(is_active=True)
    product = products.filter(slug=slug).first() or products.filter(former_slugs__slug=slug).first()
    if product is None:
        raise NotFound
    return product


def product_named(person: Person, key: str) -> Product:
    """A product on sale by its SKU, as the shop calls it, or by its slug. Raises ``NotFound``."""
    key = key.replace("\0", "")
    found = list(Product.objects.filter(Q(sku=key) | Q(slug=key), is_active=True).order_by("id")[:2])
    if not found:
        return product_for(person, key)
    return next((product for product in found if product.sku == key), found[0])


def topic_for(person: Person, slug: str) -> Topic:
    """A topic. Raises ``NotFound``."""
    topic = Topic.objects.filter(slug=slug).first()
    if topic is None:
        raise NotFound
    return topic
