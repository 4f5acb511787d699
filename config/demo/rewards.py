"""What credits buy in the demo, and what has been redeemed; made through the services, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction

from community.models import Member
from gamification.models import Budget, CouponPool, Reward
from gamification.services import coupon_pools, redemptions, rewards

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Offer:
    """A reward; texts in German and English. ``code`` is (percent, most, from a basket of, codes)."""

    name: tuple[str, str]
    description: tuple[str, str]
    price: int
    kind: str = "parcel"
    picture: str = ""
    headline: str = ""
    worth: str = ""
    stock: int | None = None
    per_member: int | None = None
    min_level: int = 0
    code: tuple[str, str, str, int] | None = None


TEN = ("Zehn Prozent auf alles außer Maschinen", "Ten percent off anything but machines")
OFFERS = (
    Offer(
        ("Zehn-Prozent-Code", "Ten percent code"), TEN, 120,
        kind="coupon", headline="10 %", per_member=3, code=("10", "25.00", "0.00", 60),
    ),
    Offer(
        ("Polarnacht, 250 g", "Polar Night, 250 g"),
        ("Frisch geröstet, kommt mit der Post", "Freshly roasted, comes by post"), 150,
        picture="demo/beans-polarnacht.svg", worth="9.50",
    ),
    Offer(
        ("Latte-Art-Abend", "Latte art evening"),
        ("Online, 90 Minuten, mit Ingrid", "Online, 90 minutes, with Ingrid"), 200,
        kind="access", picture="demo/photos/latte.webp", stock=8, per_member=1, min_level=3,
    ),
    Offer(
        ("Probierset Mittsommer", "Midsummer tasting set"), ("Vier kleine Tüten", "Four small bags"), 320,
        picture="demo/beans-mittsommer.svg", worth="14.00", stock=40,
    ),
    Offer(
        ("25-Euro-Gutschein", "€25 voucher"),
        ("Ab 100 Euro Bestellwert", "For orders from €100"), 600,
        kind="coupon", headline="25 €", per_member=1, code=("", "25.00", "100.00", 20),
    ),
    Offer(
        ("Fjord-Kessel", "Fjord kettle"), ("Mit deinem Namen am Griff", "With your name on the handle"), 1800,
        picture="demo/kettle-fjord.svg", worth="69.00", stock=3, per_member=1,
    ),
    Offer(
        ("Mahl One", "Mahl One"), ("Für Geduldige", "The long game"), 6500,
        picture="demo/mahl-one.svg", worth="189.00", stock=2, per_member=1, min_level=4,
    ),
)  # fmt: skip


@transaction.atomic
def play(members: dict[str, Member], now: datetime) -> int:
    """Fill the catalogue and let some redeem; return how many rewards are new."""
    if Reward.objects.exists():
        return 0
    budget = Budget.objects.create(name="Prämien", currency="EUR", cap=Decimal("6000.00"))
    made = [_store(offer, budget, now) for offer in OFFERS]
    code, beans = made[0], made[1]
    rewards.redeem(reward=code, member=members["mara"], at=now - 2 * DAY)
    address = "Ben Okafor\nAm Speicher 4\n28195 Bremen"
    first = rewards.redeem(reward=beans, member=members["ben"], at=now - 9 * DAY, address=address)
    note = "Ist am Dienstag in die Post gegangen. Lass ihn dir schmecken."
    redemptions.fulfil(redemption=first, by=members["clara"], note=note, at=now - 7 * DAY)
    rewards.redeem(
        reward=beans, member=members["ingrid"], at=now - DAY / 2, address="Ingrid Solheim\nHafenweg 12\n24103 Kiel"
    )
    return len(made)


def _store(offer: Offer, budget: Budget, now: datetime) -> Reward:
    pool = None
    if offer.code:
        percent, most, minimum, count = offer.code
        pool = CouponPool.objects.create(
            name_de=offer.description[0] if percent else offer.name[0],
            name_en=offer.description[1] if percent else offer.name[1],
            budget=budget,
            percent=Decimal(percent) if percent else None,
            amount=Decimal(most),
            minimum=Decimal(minimum),
            valid_days=90,
            created_at=now - 30 * DAY,
        )
        coupon_pools.generate(pool=pool, count=count, at=now - 30 * DAY)
    return Reward.objects.create(
        name_de=offer.name[0],
        name_en=offer.name[1],
        description_de=offer.description[0],
        description_en=offer.description[1],
        kind=offer.kind,
        pool=pool,
        budget=budget if offer.worth else None,
        worth=Decimal(offer.worth) if offer.worth else None,
        picture=offer.picture,
        headline=offer.headline,
        price=offer.price,
        stock=offer.stock,
        per_member=offer.per_member,
        min_level=offer.min_level,
    )
