"""A product by whatever somebody calls it: the shop by its SKU, we by its slug, an old link by a former one."""

from __future__ import annotations

import pytest

from community.models import Product
from community.queries import products
from community.services import products as services
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def aurora() -> Product:
    """A product with a SKU, a slug and a former slug."""
    product = factories.product("aurora", sku="NK-100")
    product.slug = "aurora-s1"
    services.store(product=product)
    return product


@pytest.mark.parametrize("name", ["NK-100", "aurora-s1", "Aurora-S1", "aurora", "AURORA"])
def test_each_of_its_names_finds_it(name: str, aurora: Product) -> None:
    assert products.called(name) == aurora


@pytest.mark.parametrize("name", ["", "nk-100", "aurora-s2", "\0"])
def test_nothing_else_does(name: str, aurora: Product) -> None:
    assert products.called(name) is None


def test_nobody_finds_what_left_the_shop(aurora: Product) -> None:
    aurora.is_active = False
    services.store(product=aurora)
    assert [products.called(name) for name in ("NK-100", "aurora-s1", "aurora")] == [None, None, None]


def test_what_the_shop_calls_it_comes_before_what_we_call_another(aurora: Product) -> None:
    other = factories.product("grinder", sku="aurora-s1")
    assert products.called("aurora-s1") == other
