"""The scene of the demo: brand, topics, products, people with their accounts and roles. A second run adds nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.staticfiles import finders
from django.core.files import File
from django.db import transaction

from community.models import Brand, Member, Product, Topic
from community.services import avatars, brands, members, roles
from config import managers
from config.demo import catalogue
from config.demo.cast import PEOPLE
from config.demo.script import Person
from gamification.models import Badge, Level


@transaction.atomic
def build(*, now: datetime) -> tuple[dict[str, Member], dict[str, Topic], dict[str, Product]]:
    """Return people, topics and products by key, making those that are missing."""
    if not Brand.objects.exists():
        brands.store(brand=_brand())
        _rename()
    topics = {
        slug: Topic.objects.get_or_create(
            slug=slug, defaults={"name_de": german, "name_en": english, "position": position}
        )[0]
        for position, (slug, german, english) in enumerate(catalogue.TOPICS)
    }
    products = {
        slug: Product.objects.get_or_create(
            slug=slug,
            defaults={
                "sku": slug.upper(),
                "name": name,
                "price": Decimal(price),
                "summary_de": german,
                "summary_en": english,
                "picture": f"demo/{slug}.svg",
                "shop_url": f"{catalogue.BRAND['shop_url']}{slug}/",
                "position": position,
            },
        )[0]
        for position, (slug, name, price, german, english) in enumerate(catalogue.PRODUCTS)
    }
    return {person.key: _member(person, now) for person in PEOPLE}, topics, products


def _rename() -> None:
    """Call the first levels and badges by the trade's names, as a manager would in the admin."""
    for number, (german, english) in catalogue.LEVELS.items():
        Level.objects.filter(number=number).update(name=german, name_de=german, name_en=english)
    for slug, (german, english, glyph) in catalogue.BADGES.items():
        Badge.objects.filter(slug=slug).update(name=german, name_de=german, name_en=english, glyph=glyph)


def _brand() -> Brand:
    brand = Brand(**catalogue.BRAND)
    for field, name in ((brand.logo, "logo.svg"), (brand.hero, "hero.webp")):
        picture = finders.find(f"demo/{name}")
        if isinstance(picture, str):
            with open(picture, "rb") as file:  # noqa: PTH123 - the finder returns a string
                field.save(name, File(file), save=False)
    return brand


def _member(person: Person, now: datetime) -> Member:
    found = Member.objects.filter(email=person.email).first()
    if found is not None:
        return found
    joined = now - timedelta(days=person.joined_days)
    member = members.create(
        email=person.email,
        password=settings.DEMO_PASSWORD if person.account else None,
        display_name=person.name,
        language=person.language,
        at=joined,
        bio=person.bio,
        is_staff=person.account in ("manager", "superuser"),
        is_superuser=person.account == "superuser",
    )
    EmailAddress.objects.create(user=member, email=person.email, verified=True, primary=True)
    if person.account == "manager":
        member.groups.add(Group.objects.get(name=managers.NAME))
    for role in person.roles:
        roles.grant(member=member, role=role, by=None, at=joined)
    picture = finders.find(f"demo/people/{person.portrait}.webp") if person.portrait else None
    if isinstance(picture, str):
        with open(picture, "rb") as file:  # noqa: PTH123 - the finder returns a string
            avatars.put(member=member, picture=avatars.portrait(file))
    return member
