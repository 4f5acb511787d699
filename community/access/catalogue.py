"""Doors to what the shop sells and to what people talk about."""

from __future__ import annotations

from django.db.models import Q

from community.access.people import NotFound, Person
from community.models import Product, Topic


def product_for(person: Person, slug: str) -> Product:
    """A product that is on sale or was. Raises ``NotFound``."""
    product = Product.objects.filter(slug=slug, is_active=True).first()
    if product is None:
        raise NotFound
    return product


def product_named(person: Person, key: str) -> Product:
    """A product on sale by its SKU, as the shop calls it, or by its slug. Raises ``NotFound``."""
    key = key.replace("\0", "")
    found = list(Product.objects.filter(Q(sku=key) | Q(slug=key), is_active=True).order_by("id")[:2])
    if not found:
        raise NotFound
    return next((product for product in found if product.sku == key), found[0])


def topic_for(person: Person, slug: str) -> Topic:
    """A topic. Raises ``NotFound``."""
    topic = Topic.objects.filter(slug=slug).first()
    if topic is None:
        raise NotFound
    return topic
