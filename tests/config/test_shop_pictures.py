"""Pictures from the brand's shops, and from nowhere else."""

from __future__ import annotations

import pytest
from django.test import Client

from community.models import Brand
from community.services import brands

pytestmark = pytest.mark.django_db


def policy() -> dict[str, str]:
    header = Client().get("/products/")["Content-Security-Policy"]
    return {name: value for name, _, value in (part.strip().partition(" ") for part in header.split(";"))}


def test_pictures_come_from_the_site_alone_until_a_shop_is_named() -> None:
    before = policy()

    brands.store(brand=Brand(name="Nordlicht", shop_origins="https://shop.example"))
    brands.changed()
    after = policy()

    assert before["img-src"] == "'self' data:"
    assert after == {**before, "img-src": "'self' data: https://shop.example"}
