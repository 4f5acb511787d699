"""What the demo's shop told: its key, and who bought what. A second run says the same again, which changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.utils.crypto import salted_hmac

from community.models import ApiKey, Brand, Member, Order, Product
from community.services import api_keys, brands, orders

#: Where ``examples/shop`` stands unless told otherwise.
ORIGINS = ("http://localhost:8001", "http://127.0.0.1:8001")

#: Person, product, days ago, state.
PURCHASES = (
    ("mara", "aurora-s1", 735, Order.Status.DELIVERED),
    ("mara", "mahl-one", 735, Order.Status.DELIVERED),
    ("mara", "beans-polarnacht", 40, Order.Status.DELIVERED),
    ("aylin", "aurora-s1", 428, Order.Status.DELIVERED),
    ("aylin", "kettle-fjord", 210, Order.Status.DELIVERED),
    ("ingrid", "mahl-two", 190, Order.Status.DELIVERED),
    ("ingrid", "mahl-one", 600, Order.Status.DELIVERED),
    ("emil", "mahl-one", 745, Order.Status.DELIVERED),
    ("emil", "beans-mittsommer", 12, Order.Status.SHIPPED),
    ("felix", "aurora-s1", 21, Order.Status.DELIVERED),
    ("priya", "aurora-duo", 375, Order.Status.DELIVERED),
    ("sofia", "aurora-s1", 366, Order.Status.DELIVERED),
    ("jonas", "aurora-duo", 245, Order.Status.DELIVERED),
    ("lukas", "aurora-s1", 185, Order.Status.DELIVERED),
    ("tomasz", "mahl-one", 152, Order.Status.DELIVERED),
    ("nele", "kettle-fjord", 94, Order.Status.DELIVERED),
    ("nele", "mahl-two", 30, Order.Status.RETURNED),
    ("hannes", "aurora-duo", 58, Order.Status.DELIVERED),
    ("lena", "kettle-fjord", 10, Order.Status.DELIVERED),
    ("lena", "beans-mittsommer", 1, Order.Status.PLACED),
)


def play(people: Mapping[str, Member], products: Mapping[str, Product], now: datetime) -> None:
    """Let the demo's shop say what it sold, and let it show the community's blocks."""
    for number, (who, what, days, status) in enumerate(PURCHASES, start=1):
        product = products[what]
        # A whole day, so that a second run later the same day says the same.
        placed = now.replace(hour=9, minute=number, second=0, microsecond=0) - timedelta(days=days)
        name = f"NK-{1000 + number}"
        if Order.objects.filter(number=name).exists():
            continue
        orders.receive(
            told=orders.Told(
                number=name,
                customer=f"K-{people[who].pk}",
                email=people[who].email,
                placed_at=placed,
                updated_at=placed,
                status=status,
                currency="EUR",
                lines=(orders.Line(product.sku, 1, product.price or Decimal(0)),),
            ),
            at=now,
        )
    brand = Brand.objects.first()
    if brand is not None and not brand.shop_origins:
        brand.shop_origins = "\n".join(ORIGINS)
        brands.store(brand=brand)


def key(now: datetime) -> str:
    """The shop's key, made where it is missing. It follows from the site's secret, so it can be said again."""
    secret = salted_hmac("config.demo.shop", settings.DEMO_PASSWORD, algorithm="sha256").hexdigest()[:40]
    text = api_keys.written(secret)
    known = ApiKey.objects.filter(prefix=api_keys.prefix_of(secret)).first()
    if known is None:
        api_keys.create(name="Nordlicht Shop (Demo)", scopes=ApiKey.Scope.values, at=now, secret=secret)
    elif set(known.scopes) != set(ApiKey.Scope.values):
        # A demo from before there were coupons.
        api_keys.change(api_key=known, name=known.name, scopes=ApiKey.Scope.values, is_active=known.is_active)
    return text
