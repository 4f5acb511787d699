"""Products: told by the shop's server or kept by a manager."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from community import freshness
from community.models import FormerSlug, OrderLine, Product
from community.services import ownerships, shop_turns

SLUG = 60


@dataclass(frozen=True, slots=True)
class Told:
    """A product as the shop describes it at ``told_at``."""

    sku: str
    name: str
    url: str
    picture: str
    price: Decimal
    currency: str
    facts: dict[str, str]
    active: bool
    told_at: datetime


@transaction.atomic
def receive(*, told: Told) -> Product:
    """Take in what the shop says of a product and return the newest known state. What is older changes nothing.

    Texts that only the community has, its address here and its place on the shelf, stay as a manager left them.
    """
    shop_turns.take()
    product = Product.objects.filter(sku=told.sku).first()
    digest = _digest(told)
    if product and product.told_at and (told.told_at, digest) <= (product.told_at, product.told_digest):
        return product
    if product is None:
        product = Product(sku=told.sku, slug=_free_slug(told), position=Product.objects.count())
    product.name, product.shop_url, product.price, product.currency = told.name, told.url, told.price, told.currency
    product.facts, product.is_active = told.facts, told.active
    if told.picture or product.picture.startswith("http"):
        # A picture that a manager chose from the site's own stays until the shop sends one.
        product.picture = told.picture
    product.told_at, product.told_digest = told.told_at, digest
    _store(product)
    return product


@transaction.atomic
def store(*, product: Product) -> None:
    """Store what a manager entered, and link what was ordered under its SKU before; a former address leads on."""
    shop_turns.take()
    _store(product)


def _store(product: Product) -> None:
    before = Product.objects.filter(pk=product.pk).values_list("slug", flat=True).first()
    product.save()
    FormerSlug.objects.filter(slug=product.slug).delete()
    if before not in (None, product.slug):
        FormerSlug.objects.create(slug=before, product=product)
    unknown = OrderLine.objects.filter(sku=product.sku, product=None)
    owners = set(
        unknown.filter(order__customer__member__isnull=False).values_list("order__customer__member", flat=True)
    )
    if unknown.update(product=product):
        ownerships.refresh(members=owners, product=product)
    transaction.on_commit(freshness.changed)


def _free_slug(told: Told) -> str:
    """A readable address that no other product has or had."""
    base = slugify(told.name)[:SLUG].strip("-") or slugify(told.sku)[:SLUG] or "product"
    taken = Product.objects.filter(slug=base).exists() or FormerSlug.objects.filter(slug=base).exists()
    if not taken:
        return base
    return f"{base}-{get_random_string(5, '23456789abcdefghjkmnpqrstuvwxyz')}"


def _digest(told: Told) -> str:
    said = [told.name, told.url, told.picture, str(told.price), told.currency, sorted(told.facts.items()), told.active]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()
